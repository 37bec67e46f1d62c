#include "schemas/quhuhu/pms_directory.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <utility>

#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/hmac.hpp"

namespace lockhub::quhuhu {

namespace {

constexpr std::string_view served_version = "1.1.0";

using hotel_and_code = std::pair<std::string_view, std::string_view>;

}  // namespace

std::string_view to_string(directory_service service) {
    switch (service) {
        case directory_service::hotels:
            return "hotels";
        case directory_service::room_types:
            return "room types";
        case directory_service::rooms:
            return "rooms";
    }
    return "";
}

wire::form directory_fields(const directory_question& question) {
    wire::form fields;
    if (!question.hotels.empty()) fields.add("hotelNos", fmt::format("{}", fmt::join(question.hotels, ",")));
    if (question.room_type_codes.empty()) return fields;
    std::vector<std::string> by_hotel;
    for (const auto& codes : question.room_type_codes) by_hotel.push_back(fmt::format("{}", fmt::join(codes, "|")));
    fields.add("roomTypeCodes", fmt::format("{}", fmt::join(by_hotel, ",")));
    return fields;
}

std::string directory_form(const directory_question& question, const pms_id& pms, const secret& key) {
    wire::form fields = directory_fields(question);
    fields.add("version", std::string(served_version));
    fields.add("pmsId", pms.value);
    const auto hmac = make_hmac(fields, key);
    fields.add("hmac", hmac);
    return fields.encode();
}

result<std::vector<directory_row>> directory_rows(const pms_id& pms, const std::vector<pms_hotel>& hotels,
                                                  const std::vector<pms_room_type>& room_types,
                                                  const std::vector<pms_room>& rooms) {
    if (rooms.size() > limits::directory_rows)
        return fail(errc::too_large,
                    fmt::format("the PMS has {} rooms, at most {} are taken", rooms.size(), limits::directory_rows));
    std::map<std::string_view, std::string_view> hotel_names;
    for (const auto& hotel : hotels) hotel_names.emplace(hotel.hotel_no, hotel.name);
    std::map<hotel_and_code, std::string_view> type_names;
    for (const auto& type : room_types) type_names.emplace(hotel_and_code(type.hotel_no, type.code), type.name);

    std::map<hotel_and_code, const pms_room*> seen;
    std::vector<directory_row> rows;
    rows.reserve(rooms.size());
    for (const auto& room : rooms) {
        const auto [earlier, fresh] = seen.emplace(hotel_and_code(room.hotel_no, room.room_id), &room);
        if (!fresh && *earlier->second == room) continue;
        if (!fresh)
            return fail(errc::invalid_input,
                        fmt::format("room {} of hotel {} is there twice, as {} ({}) and as {} ({})", room.room_id,
                                    room.hotel_no, earlier->second->room_no, earlier->second->room_type_code,
                                    room.room_no, room.room_type_code));
        directory_row row;
        row.pms_id = pms.value;
        row.hotel_no = room.hotel_no;
        row.hotel_name = hotel_names[room.hotel_no];
        row.room_type_code = room.room_type_code;
        row.room_type_name = type_names[{room.hotel_no, room.room_type_code}];
        row.room_id = room.room_id;
        row.room_no = room.room_no;
        row.floor_no = room.floor_no;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace lockhub::quhuhu
