#include "storage/sqlite/directory_import.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lockhub::storage::sqlite {

namespace {

using kind = directory_difference::kind;

std::string describe(std::string_view room_no, std::string_view floor_no, std::string_view room_type_code) {
    return fmt::format("{}, floor {}, {}", room_no, floor_no, room_type_code);
}

}  // namespace

directory_import::directory_import(workspace& w, bool keep_bindings, lock_binder::effect how)
    : w_(w), keep_bindings_(keep_bindings), binder_(w, report_, how) {}

result<nothing> directory_import::save(const directory_row& row) {
    const auto hotel_row = save_hotel(row);
    const auto type_row = save_room_type(row, hotel_row);
    const auto added_before = report_.changed.rooms_added;
    const auto [room_row, differs] = save_room(row, hotel_row, type_row);
    const bool added = report_.changed.rooms_added != added_before;
    rooms_.push_back(room_row);
    const auto tied = tie(row, hotel_row, room_row);
    if (!tied) return std::unexpected(tied.error());
    if (!added) (differs || *tied ? report_.changed.rooms_changed : report_.changed.rooms_unchanged) += 1;
    return nothing{};
}

directory_changed directory_import::finish() {
    std::ranges::sort(rooms_);
    for (const auto& [hotel_row, name] : hotels_)
        for (const auto& room : w_.directory.rooms_of_hotel(hotel_row)) {
            if (std::ranges::binary_search(rooms_, room.room_row)) continue;
            report_.changed.rooms_missing += 1;
            report_.add(kind::room_missing, name.pms, name.hotel, room.room, room.room_no, "");
        }
    return std::move(report_.changed);
}

std::int64_t directory_import::save_hotel(const directory_row& row) {
    const auto hotel = w_.directory.save_hotel(row.pms_id, row.hotel_no, row.hotel_name);
    if (hotel.added) {
        report_.changed.hotels_added += 1;
        report_.add(kind::hotel_added, row.pms_id, row.hotel_no, "", "", row.hotel_name);
    }
    if (hotel.name_before)
        report_.add(kind::hotel_renamed, row.pms_id, row.hotel_no, "", *hotel.name_before, row.hotel_name);
    hotels_.try_emplace(hotel.row, row.pms_id, row.hotel_no);
    return hotel.row;
}

std::int64_t directory_import::save_room_type(const directory_row& row, std::int64_t hotel_row) {
    const auto type = w_.directory.save_room_type(hotel_row, row.room_type_code, row.room_type_name);
    if (type.added) {
        report_.changed.room_types_added += 1;
        report_.add(kind::room_type_added, row.pms_id, row.hotel_no, row.room_type_code, "", row.room_type_name);
    }
    if (type.name_before)
        report_.add(kind::room_type_renamed, row.pms_id, row.hotel_no, row.room_type_code, *type.name_before,
                    row.room_type_name);
    return type.row;
}

std::pair<std::int64_t, bool> directory_import::save_room(const directory_row& row, std::int64_t hotel_row,
                                                          std::int64_t type_row) {
    room_attributes wanted{.room_row = 0, .room_type_row = type_row, .room_no = row.room_no, .floor_no = row.floor_no};
    const auto after = describe(row.room_no, row.floor_no, row.room_type_code);
    const auto known = w_.directory.room_attributes_of(hotel_row, row.room_id);
    if (!known) {
        report_.changed.rooms_added += 1;
        report_.add(kind::room_added, row.pms_id, row.hotel_no, row.room_id, "", after);
        return {w_.directory.add_room(hotel_row, row.room_id, wanted), true};
    }
    wanted.room_row = known->room_row;
    if (*known == wanted) return {known->room_row, false};
    w_.directory.update_room(wanted);
    report_.add(kind::room_changed, row.pms_id, row.hotel_no, row.room_id,
                describe(known->room_no, known->floor_no, w_.directory.room_type_code(known->room_type_row)), after);
    return {known->room_row, true};
}

result<bool> directory_import::tie(const directory_row& row, std::int64_t hotel_row, std::int64_t room_row) {
    if (keep_bindings_) return false;
    std::optional<std::int64_t> lock;
    if (!row.lock_uuid.empty())
        lock = w_.locks.add_listed(row.cloud_account, row.lock_uuid, row.cloud_home_id, row.cloud_room_id, w_.now());
    return binder_.tie({room_row, hotel_row, row.pms_id, row.hotel_no, row.room_id}, lock_service::password, lock);
}

}  // namespace lockhub::storage::sqlite
