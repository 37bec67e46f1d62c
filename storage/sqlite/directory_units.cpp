#include "storage/sqlite/directory_units.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/sqlite/directory_import.hpp"

namespace lockhub::storage::sqlite {

namespace {

lock_binder::effect effect_of(bool dry_run) {
    return dry_run ? lock_binder::effect::directory_only : lock_binder::effect::all;
}

// What `change` writes, or would write.
template <class Change>
result<directory_changed> write_or_try(workspace& w, bool dry_run, Change change) {
    if (!dry_run) {
        auto changed = change();
        if (changed) w.known.forget();
        return changed;
    }
    w.db.execute("SAVEPOINT dry_run");
    auto changed = change();
    w.db.execute("ROLLBACK TO dry_run; RELEASE dry_run");
    return changed;
}

result<directory_changed> save_rows(workspace& w, const directory_change& change) {
    directory_import import(w, change.keep_bindings, effect_of(change.dry_run));
    for (const auto& row : change.rows)
        if (auto saved = import.save(row); !saved) return std::unexpected(std::move(saved.error()));
    return import.finish();
}

result<nothing> check(const lock_binding& binding) {
    if (binding.lock_uuid.empty()) return nothing{};
    if (binding.account.value.empty()) return fail(errc::invalid_input, "a lock needs the account of its lock cloud");
    if (binding.lock_uuid.starts_with(reader_uuid_prefix))
        return fail(errc::invalid_input, fmt::format("{} is a card reader, no lock", binding.lock_uuid));
    for (const auto* field :
         {&binding.account.value, &binding.lock_uuid, &binding.cloud_home_id, &binding.cloud_room_id})
        if (field->size() > limits::id_bytes)
            return fail(errc::invalid_input, fmt::format("an id of more than {} bytes", limits::id_bytes));
    return nothing{};
}

// A binding that says nothing of the cloud's home and room leaves what is known of them.
std::int64_t list_lock(workspace& w, const lock_binding& binding) {
    auto home = binding.cloud_home_id;
    auto room = binding.cloud_room_id;
    if (home.empty() && room.empty())
        if (auto known = w.locks.find(binding.account.value, binding.lock_uuid)) {
            home = std::move(known->cloud_home_id);
            room = std::move(known->cloud_room_id);
        }
    return w.locks.add_listed(binding.account.value, binding.lock_uuid, home, room, w.now());
}

result<directory_changed> tie(workspace& w, const lock_binding& binding, const room_place& room) {
    directory_report report;
    lock_binder binder(w, report, effect_of(binding.dry_run));
    std::optional<std::int64_t> lock;
    if (!binding.lock_uuid.empty()) lock = list_lock(w, binding);
    const auto tied = binder.tie(room, binding.service, lock);
    if (!tied) return std::unexpected(tied.error());
    (*tied ? report.changed.rooms_changed : report.changed.rooms_unchanged) += 1;
    return std::move(report.changed);
}

}  // namespace

result<directory_changed> change_directory(workspace& w, const directory_change& change) {
    if (change.rows.size() > limits::directory_rows)
        return fail(errc::too_large,
                    fmt::format("{} rows, at most {} are taken", change.rows.size(), limits::directory_rows));
    auto changed = write_or_try(w, change.dry_run, [&] { return save_rows(w, change); });
    if (changed && !change.dry_run)
        w.audit.add(w.now(), change.actor, "change_directory", fmt::format("{} rooms", change.rows.size()), "",
                    changed->rooms_added + changed->rooms_changed);
    return changed;
}

result<directory_changed> bind_lock(workspace& w, const lock_binding& binding) {
    if (auto sound = check(binding); !sound) return std::unexpected(std::move(sound.error()));
    const auto room = w.directory.find_room(binding.pms.value, binding.hotel.value, binding.room.value);
    if (!room)
        return fail(errc::not_found, fmt::format("hotel {} of {} has no room {}", binding.hotel.value,
                                                 binding.pms.value, binding.room.value));
    auto changed = write_or_try(w, binding.dry_run, [&] { return tie(w, binding, *room); });
    if (changed && !binding.dry_run)
        w.audit.add(
            w.now(), binding.actor, binding.lock_uuid.empty() ? "unbind_lock" : "bind_lock",
            fmt::format(
                "room {} of hotel {} ({}), {}: {}", room->room, room->hotel, room->pms, to_string(binding.service),
                binding.lock_uuid.empty() ? "none" : fmt::format("{}/{}", binding.account.value, binding.lock_uuid)),
            "", changed->rooms_changed);
    return changed;
}

}  // namespace lockhub::storage::sqlite
