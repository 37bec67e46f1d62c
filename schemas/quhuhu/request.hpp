#pragma once
// Requests of the lockapi: the 14 methods of document 000, section 五, and lockhub's own in the same style; their
// required fields in the order they are checked, and one validated value for the rest of the program.
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/quhuhu/status.hpp"
#include "schemas/wire/form.hpp"

namespace lockhub::quhuhu {

enum class method {
    query_room_lock_info,
    query_state_batch,
    query_lock_log,
    enable_guest_pwd,
    query_guest_pwd,
    disable_guest_pwd,
    enable_manage_pwd,
    query_manage_pwd,
    disable_manage_pwd,
    query_read_card,
    add_room_card,
    query_room_card,
    return_room_card,
    disable_room_card,
    // lockhub's own
    open_door,
    freeze_guest_pwd,
    unfreeze_guest_pwd,
    enable_face,
    disable_face,
    enable_fingerprint,
    disable_fingerprint,
    grant_access,
    revoke_access,
    query_operation_log,
    query_room_abilities,
};
inline constexpr std::size_t documented_method_count = 14;
inline constexpr std::size_t method_count = 25;

std::string_view wire_name(method m);  // "enableGuestPwd"
std::optional<method> method_from(std::string_view wire_name);

struct request {
    method what = method::query_room_lock_info;
    pms_id pms;
    std::string version;
    hotel_no hotel;
    std::string operator_guid;
    std::string operator_name;
    room_id room;                // methods with one room
    std::vector<room_id> rooms;  // methods with a comma list; may be empty for queryRoomLockInfo
    std::vector<std::string> room_type_codes;
    secret pwd;  // empty: none given
    std::optional<time_point> start_time;
    std::optional<time_point> end_time;  // nullopt: for ever
    std::string reader_id;
    std::string guest_id;    // whose face or finger it is: the PMS's own name of the guest; "" of disable: everybody's
    std::string guest_name;  // grantAccess
    std::string mobile;      // grantAccess, revokeAccess
    secret face;             // base64 of a JPEG or PNG picture
    secret fingerprint;      // hexadecimal digits
    int page_number = 1;
    int page_size = 20;
};

// What is wrong with a request: the document's code, its text, and our word on which field.
struct refusal {
    status code = status::unknown_error;
    std::string message;  // Chinese
};

// Checks, in the document's order: hmac's presence last, because the caller verifies it then. `path_pms` is the pmsId
// in the path; a different one in the form is refused as unknown_pms. Versions served: "1.1.0" and "1.0".
std::variant<request, refusal> parse_request(method what, std::string_view path_pms, const wire::form& fields);

}  // namespace lockhub::quhuhu
