#pragma once
// Who lives where: PMS, hotel, room type, room, and the lock of a room. Rows of the directory file.
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"

namespace lockhub {

// One line of the directory CSV; fields named as its header names them.
struct directory_row {
    std::string pms_id;
    std::string hotel_no;
    std::string hotel_name;
    std::string room_type_code;
    std::string room_type_name;
    std::string room_id;
    std::string room_no;
    std::string floor_no;
    std::string cloud_account;  // empty with lock_uuid: a room without a lock
    std::string lock_uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;

    bool operator==(const directory_row&) const = default;
};

inline constexpr std::string_view directory_csv_header =
    "pms_id,hotel_no,hotel_name,room_type_code,room_type_name,room_id,room_no,floor_no,cloud_account,lock_uuid,"
    "cloud_home_id,cloud_room_id";

// RFC 4180 with or without a byte-order mark, LF or CRLF; columns in any order, all twelve must be there. UTF-8.
// Fails on the first error with its line and column ("line 7, column room_id: is empty"): required values (pms_id,
// hotel_no, room_type_code, room_id), lengths, one room twice, one lock for two rooms, a lock_uuid without
// cloud_account, more than limits::directory_rows rows.
result<std::vector<directory_row>> parse_directory_csv(std::string_view text);
std::string write_directory_csv(const std::vector<directory_row>& rows);

}  // namespace lockhub
