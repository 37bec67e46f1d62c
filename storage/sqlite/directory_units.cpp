#include "storage/sqlite/directory_units.hpp"

#include <fmt/format.h>

namespace lockhub::storage::sqlite {

namespace {

// True when the room's lock is another one now.
bool rebind(workspace& w, const directory_row& row, std::int64_t room_row, directory_changed& counts) {
    const auto before = w.directory.lock_of_room(room_row, password_service);
    if (row.lock_uuid.empty()) {
        if (!before) return false;
        w.directory.unbind(room_row, password_service);
        counts.locks_unbound += 1;
        return true;
    }
    const auto lock = w.locks.add_listed(row.cloud_account, row.lock_uuid, row.cloud_home_id, row.cloud_room_id);
    if (before == lock) return false;
    counts.locks_unbound += static_cast<std::uint64_t>(w.directory.unbind_elsewhere(room_row, password_service, lock));
    if (before) counts.locks_unbound += 1;
    w.directory.bind(room_row, password_service, lock);
    counts.locks_bound += 1;
    return true;
}

void save_room(workspace& w, const directory_row& row, directory_changed& counts) {
    const auto hotel = w.directory.save_hotel(row.pms_id, row.hotel_no, row.hotel_name);
    counts.hotels_added += hotel.added ? 1 : 0;
    const auto type = w.directory.save_room_type(hotel.row, row.room_type_code, row.room_type_name);
    counts.room_types_added += type.added ? 1 : 0;
    room_attributes wanted{.room_row = 0, .room_type_row = type.row, .room_no = row.room_no, .floor_no = row.floor_no};
    const auto known = w.directory.room_attributes_of(hotel.row, row.room_id);
    if (!known) {
        const auto room_row = w.directory.add_room(hotel.row, row.room_id, wanted);
        counts.rooms_added += 1;
        rebind(w, row, room_row, counts);
        return;
    }
    wanted.room_row = known->room_row;
    const bool differs = known->room_type_row != wanted.room_type_row || known->room_no != wanted.room_no ||
                         known->floor_no != wanted.floor_no;
    if (differs) w.directory.update_room(wanted);
    const bool rebound = rebind(w, row, known->room_row, counts);
    (differs || rebound ? counts.rooms_changed : counts.rooms_unchanged) += 1;
}

}  // namespace

result<directory_changed> change_directory(workspace& w, const directory_change& change) {
    if (change.rows.size() > limits::directory_rows)
        return fail(errc::too_large,
                    fmt::format("{} rows, at most {} are taken", change.rows.size(), limits::directory_rows));
    directory_changed counts;
    if (change.dry_run) w.db.execute("SAVEPOINT dry_run");
    for (const auto& row : change.rows) save_room(w, row, counts);
    if (change.dry_run) {
        w.db.execute("ROLLBACK TO dry_run; RELEASE dry_run");
        return counts;
    }
    w.known.forget();
    w.audit.add(w.now(), change.actor, "change_directory", fmt::format("{} rooms", change.rows.size()), "",
                counts.rooms_added + counts.rooms_changed);
    return counts;
}

result<directory_changed> bind_lock(workspace&, const lock_binding&) {
    return fail(errc::unsupported, "bind_lock");
}

}  // namespace lockhub::storage::sqlite
