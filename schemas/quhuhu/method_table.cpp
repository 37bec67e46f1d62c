#include "schemas/quhuhu/method_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lockhub::quhuhu {
namespace {

constexpr method_field hotel{field::hotel_no, "hotelNo", status::missing_hotel_no};
constexpr method_field room{field::room_id, "roomId", status::missing_room_id};
constexpr method_field rooms{field::room_ids, "roomIds", status::missing_room_id};
constexpr method_field reader{field::reader_id, "readCardId", status::missing_reader_id};
constexpr method_field start{field::start_time, "startTime", status::missing_start_date};
constexpr method_field end{field::end_time, "endTime", status::missing_end_date};
constexpr method_field page_number{field::page_number, "pageNum", status::bad_page_number};
constexpr method_field page_size{field::page_size, "pageSize", status::bad_page_size};
constexpr method_field operator_guid{field::operator_guid, "operatorGuid", status::missing_operator_guid};
constexpr method_field operator_name{field::operator_name, "operatorName", status::missing_operator_name};

constexpr method_field optional_types{field::room_type_codes, "roomTypeCodes", status::ok};
constexpr method_field optional_rooms{field::room_ids, "roomIds", status::ok};
constexpr method_field optional_pwd{field::pwd, "pwd", status::ok};
constexpr method_field optional_start{field::start_time, "startTime", status::ok};
constexpr method_field optional_end{field::end_time, "endTime", status::ok};

// lockhub's own
constexpr method_field guest{field::guest_id, "guestId", status::missing_field};
constexpr method_field face{field::face, "face", status::missing_field};
constexpr method_field fingerprint{field::fingerprint, "fingerprint", status::missing_field};
constexpr method_field mobile{field::mobile, "mobile", status::missing_field};
constexpr method_field optional_guest{field::guest_id, "guestId", status::ok};
constexpr method_field optional_guest_name{field::guest_name, "guestName", status::ok};

constexpr std::array lock_info{hotel, optional_types, optional_rooms, operator_guid, operator_name};
constexpr std::array state_batch{hotel, rooms, operator_guid, operator_name};
constexpr std::array lock_log{hotel, rooms, start, end, page_number, page_size, operator_guid, operator_name};
constexpr std::array enable_pwd{hotel, room, optional_pwd, optional_end, operator_guid, operator_name};
constexpr std::array one_room{hotel, room, operator_guid, operator_name};
constexpr std::array one_hotel{hotel, operator_guid, operator_name};
constexpr std::array make_card{hotel, room, reader, optional_end, operator_guid, operator_name};
constexpr std::array card_at_reader{hotel, reader, operator_guid, operator_name};

constexpr std::array enable_face{hotel, room, guest, face, optional_start, end, operator_guid, operator_name};
constexpr std::array enable_fingerprint{hotel,          room, guest,         fingerprint,
                                        optional_start, end,  operator_guid, operator_name};
constexpr std::array of_a_guest{hotel, room, optional_guest, operator_guid, operator_name};
constexpr std::array grant_access{hotel,          room, mobile,        optional_guest_name,
                                  optional_start, end,  operator_guid, operator_name};
constexpr std::array revoke_access{hotel, room, mobile, operator_guid, operator_name};
constexpr std::array operation_log{hotel, room, start, end, page_number, page_size, operator_guid, operator_name};
constexpr std::array some_rooms{hotel, optional_rooms, operator_guid, operator_name};

constexpr auto methods = std::to_array<method_description>({
    {method::query_room_lock_info, "queryRoomLockInfo", lock_info},
    {method::query_state_batch, "queryStateBatch", state_batch},
    {method::query_lock_log, "queryLockLog", lock_log},
    {method::enable_guest_pwd, "enableGuestPwd", enable_pwd},
    {method::query_guest_pwd, "queryGuestPwd", one_room},
    {method::disable_guest_pwd, "disableGuestPwd", one_room},
    {method::enable_manage_pwd, "enableManagePwd", enable_pwd},
    {method::query_manage_pwd, "queryManagePwd", one_room},
    {method::disable_manage_pwd, "disableManagePwd", one_room},
    {method::query_read_card, "queryReadCard", one_hotel},
    {method::add_room_card, "addRoomCard", make_card},
    {method::query_room_card, "queryRoomCard", card_at_reader},
    {method::return_room_card, "returnRoomCard", card_at_reader},
    {method::disable_room_card, "disableRoomCard", one_room},
    {method::open_door, "openDoor", one_room},
    {method::freeze_guest_pwd, "freezeGuestPwd", one_room},
    {method::unfreeze_guest_pwd, "unfreezeGuestPwd", one_room},
    {method::enable_face, "enableFace", enable_face},
    {method::disable_face, "disableFace", of_a_guest},
    {method::enable_fingerprint, "enableFingerprint", enable_fingerprint},
    {method::disable_fingerprint, "disableFingerprint", of_a_guest},
    {method::grant_access, "grantAccess", grant_access},
    {method::revoke_access, "revokeAccess", revoke_access},
    {method::query_operation_log, "queryOperationLog", operation_log},
    {method::query_room_abilities, "queryRoomAbilities", some_rooms},
});
static_assert(methods.size() == method_count);

constexpr bool stands_in_enum_order() {
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (std::to_underlying(methods[i].what) != static_cast<int>(i)) return false;
    }
    return true;
}
static_assert(stands_in_enum_order());

}  // namespace

const method_description& describe(method m) {
    return methods.at(static_cast<std::size_t>(std::to_underlying(m)));
}

std::string_view wire_name(method m) {
    return describe(m).wire_name;
}

std::optional<method> method_from(std::string_view wire_name) {
    const auto at = std::ranges::find(methods, wire_name, &method_description::wire_name);
    if (at == methods.end()) return std::nullopt;
    return at->what;
}

}  // namespace lockhub::quhuhu
