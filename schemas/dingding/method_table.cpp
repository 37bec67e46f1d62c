#include "schemas/dingding/method_table.hpp"

#include <array>

namespace lockhub::dingding {

namespace {

using enum vendor_parameter::type;

// --- 5 房屋管理. Homes and rooms carry their owner's own ids.

constexpr vendor_parameter the_home{.name = "home_id", .required = true};
constexpr vendor_parameter the_room{.name = "room_id", .required = true};

// The table of 5.1 is lost in the text at hand: the members are those of update_home and, from country on, those of the
// vendor's own test calls. Only the id is sure to be required.
constexpr std::array add_home{the_home,
                              vendor_parameter{.name = "location"},
                              vendor_parameter{.name = "home_name"},
                              vendor_parameter{.name = "description"},
                              vendor_parameter{.name = "home_type", .what = whole_number},
                              vendor_parameter{.name = "country"},
                              vendor_parameter{.name = "city"},
                              vendor_parameter{.name = "zone"},
                              vendor_parameter{.name = "block"}};
// sp_state 1: not installed; 2: may be managed. What is left out stays as it is.
constexpr std::array update_home{the_home,
                                 vendor_parameter{.name = "sp_state", .what = whole_number, .lowest = 1, .highest = 2},
                                 vendor_parameter{.name = "location"}, vendor_parameter{.name = "home_name"},
                                 vendor_parameter{.name = "description"}};
constexpr std::array one_home{the_home};
constexpr std::array some_homes{vendor_parameter{.name = "home_id", .what = text_list, .required = true}};
// The document and the vendor's own test calls say home_id, clients in the field home_ids.
constexpr std::array homes_with_devices{vendor_parameter{
    .name = "home_id", .what = text_list, .required = true, .other_name = "home_ids", .sent_under_both = true}};
constexpr std::array described_room{the_home, the_room, vendor_parameter{.name = "room_name", .required = true},
                                    vendor_parameter{.name = "room_description", .required = true}};
// Without its home where room ids are unique.
constexpr std::array one_room{vendor_parameter{.name = "home_id"}, the_room};

// --- 6 设备管理. A lock is named by its uuid, which counts first, or by its room.

constexpr vendor_parameter home{.name = "home_id"};
constexpr vendor_parameter room{.name = "room_id"};
constexpr vendor_parameter uuid{.name = "uuid"};
constexpr vendor_parameter password_id{.name = "password_id", .what = whole_number, .required = true};
constexpr vendor_parameter offset{.name = "offset", .what = whole_number, .lowest = 0};
constexpr vendor_parameter count{.name = "count", .what = whole_number, .lowest = 1};
constexpr vendor_parameter start_time{.name = "start_time", .what = time_seconds};
constexpr vendor_parameter end_time{.name = "end_time", .what = time_seconds};
constexpr vendor_parameter phone_number{
    .name = "phonenumber", .what = digits, .required = true, .from_account = true, .lowest = 1, .highest = 20};
constexpr vendor_parameter name{.name = "name"};
constexpr vendor_parameter description{.name = "description"};
// Flat in every client, for update_password too, where the document nests them in `permission`; it misspells the first.
// Without both the password lasts for ever.
constexpr vendor_parameter permission_begin{
    .name = "permission_begin", .what = time_seconds, .other_name = "permisson_begin"};
constexpr vendor_parameter permission_end{.name = "permission_end", .what = time_seconds};
// Later generations take them; the first is base64 of AES-128-CBC under the token.
constexpr vendor_parameter encrypted_password{.name = "encrypted_password", .what = base64, .secret = true};
constexpr vendor_parameter is_send_location{.name = "is_send_location", .what = boolean};

constexpr vendor_parameter pin{.name = "password", .what = digits, .secret = true, .lowest = 6, .highest = 6};

constexpr std::array a_lock{home, room, uuid};
constexpr std::array a_center{home, uuid};
constexpr std::array a_password{home, room, uuid, password_id};
constexpr std::array new_password{
    home,
    room,
    uuid,
    phone_number,
    vendor_parameter{.name = "is_default", .what = whole_number, .required = true, .lowest = 0, .highest = 1},
    pin,
    encrypted_password,
    is_send_location,
    name,
    description,
    permission_begin,
    permission_end};
// The document requires the PIN and says beside it that the call changes times, name or description: clients that
// change those leave it out.
constexpr std::array changed_password{
    home,         room, uuid,        password_id,      pin,           encrypted_password, is_send_location,
    phone_number, name, description, permission_begin, permission_end};
constexpr std::array lock_events{home, room, uuid, offset, count, start_time, end_time};
constexpr std::array lock_events_range{home, room, uuid, start_time, end_time};

constexpr std::array lock_choice{parameter_choice{"uuid", "room_id"}};
constexpr std::array center_choice{parameter_choice{"uuid", "home_id"}};
constexpr std::array pin_choice{parameter_choice{"uuid", "room_id"},
                                parameter_choice{"password", "encrypted_password"}};

// --- 7 设备操作记录

constexpr vendor_parameter actor{.name = "operator"};
constexpr vendor_parameter operation{.name = "op_id"};
constexpr std::array operations{home, room, uuid, actor, operation, offset, count, start_time, end_time};
constexpr std::array operations_range{home, room, uuid, actor, operation, start_time, end_time};

// --- 8 预约安装. time: 100 the whole day, 101 morning, 102 afternoon, 103 evening, or a stamp in seconds. Their sample
// URLs lack /openapi; section 4.2 fixes it for every call.

constexpr vendor_parameter visit_time{.name = "time", .what = whole_number, .lowest = 100};
constexpr vendor_parameter note{.name = "note"};
constexpr std::array new_order{the_home,
                               vendor_parameter{.name = "date", .what = time_seconds, .required = true},
                               vendor_parameter{.name = "time", .what = whole_number, .required = true, .lowest = 100},
                               vendor_parameter{.name = "name", .required = true},
                               vendor_parameter{.name = "phone", .required = true},
                               note};
constexpr std::array changed_order{the_home,
                                   vendor_parameter{.name = "date", .what = time_seconds},
                                   visit_time,
                                   name,
                                   vendor_parameter{.name = "phone"},
                                   note};

// find_home_state and find_home_device may be asked by GET too; a POST keeps the token out of the URL.
constexpr std::array<vendor_method, 28> table{{
    {.name = "access_token", .section = "4.1", .http_method = "POST"},
    {.name = "add_home", .section = "5.1", .http_method = "POST", .parameters = add_home, .changes = true},
    {.name = "update_home", .section = "5.2", .http_method = "POST", .parameters = update_home, .changes = true},
    {.name = "del_home", .section = "5.3", .http_method = "POST", .parameters = one_home, .changes = true},
    {.name = "find_home_state", .section = "5.4", .http_method = "POST", .parameters = one_home},
    {.name = "find_home_states", .section = "5.5", .http_method = "POST", .parameters = some_homes},
    {.name = "find_home_device", .section = "5.6", .http_method = "POST", .parameters = one_home},
    {.name = "find_home_devices", .section = "5.7", .http_method = "POST", .parameters = homes_with_devices},
    {.name = "add_room", .section = "5.8", .http_method = "POST", .parameters = described_room, .changes = true},
    {.name = "update_room", .section = "5.9", .http_method = "POST", .parameters = described_room, .changes = true},
    {.name = "del_room", .section = "5.10", .http_method = "POST", .parameters = one_room, .changes = true},
    {.name = "get_center_info",
     .section = "6.1",
     .http_method = "GET",
     .parameters = a_center,
     .choices = center_choice},
    {.name = "get_lock_info", .section = "6.2", .http_method = "GET", .parameters = a_lock, .choices = lock_choice},
    {.name = "fetch_passwords", .section = "6.3", .http_method = "GET", .parameters = a_lock, .choices = lock_choice},
    {.name = "get_default_password_plaintext",
     .section = "6.4",
     .http_method = "GET",
     .parameters = a_lock,
     .choices = lock_choice},
    {.name = "get_dynamic_password_plaintext",
     .section = "6.5",
     .http_method = "GET",
     .parameters = a_lock,
     .choices = lock_choice},
    {.name = "add_password",
     .section = "6.6",
     .http_method = "POST",
     .parameters = new_password,
     .changes = true,
     .choices = pin_choice},
    {.name = "update_password",
     .section = "6.7",
     .http_method = "POST",
     .parameters = changed_password,
     .changes = true,
     .choices = lock_choice},
    {.name = "delete_password",
     .section = "6.8",
     .http_method = "POST",
     .parameters = a_password,
     .changes = true,
     .choices = lock_choice},
    {.name = "frozen_password",
     .section = "6.9",
     .http_method = "POST",
     .parameters = a_password,
     .changes = true,
     .choices = lock_choice},
    {.name = "unfrozen_password",
     .section = "6.10",
     .http_method = "POST",
     .parameters = a_password,
     .changes = true,
     .choices = lock_choice},
    {.name = "get_lock_events",
     .section = "6.11",
     .http_method = "GET",
     .parameters = lock_events,
     .choices = lock_choice},
    // The document's URL is misspelled; clients call it so.
    {.name = "count_lock_events",
     .section = "6.12",
     .http_method = "GET",
     .parameters = lock_events_range,
     .choices = lock_choice,
     .other_name = "count_lock_envents"},
    {.name = "search_device_op_log",
     .section = "7.3",
     .http_method = "GET",
     .parameters = operations,
     .choices = lock_choice},
    {.name = "count_device_op_log",
     .section = "7.4",
     .http_method = "GET",
     .parameters = operations_range,
     .choices = lock_choice},
    {.name = "order_add", .section = "8.1", .http_method = "POST", .parameters = new_order, .changes = true},
    {.name = "order_update", .section = "8.2", .http_method = "POST", .parameters = changed_order, .changes = true},
    {.name = "find_orders", .section = "8.3", .http_method = "POST", .parameters = some_homes},
}};

}  // namespace

std::span<const vendor_method> method_table() {
    return table;
}

}  // namespace lockhub::dingding
