#include "storage/sqlite/reconciliation_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "schemas/core/name_table.hpp"
#include "schemas/core/utf8.hpp"
#include "storage/sqlite/drift_keeping.hpp"
#include "storage/sqlite/inventory_comparison.hpp"

namespace lockhub::storage {

namespace {

constexpr name_table<drift_state, drift_state::settled> states{{"open", "repairing", "suspended", "settled"}};
constexpr name_table<drift_verb, drift_verb::accept> verbs{{"resume", "accept"}};
static_assert(states.whole());
static_assert(verbs.whole());

}  // namespace

std::string_view to_string(drift_state state) {
    return states.of(state);
}
std::optional<drift_state> drift_state_from(std::string_view name) {
    return states.find(name);
}
std::string_view to_string(drift_verb verb) {
    return verbs.of(verb);
}

}  // namespace lockhub::storage

namespace lockhub::storage::sqlite {

namespace {

constexpr duration first_retry = std::chrono::seconds(30);

leased_inventory as_leased(lock_place place) {
    return {account_id(std::move(place.account)), std::move(place.uuid), std::move(place.cloud_home_id),
            std::move(place.cloud_room_id)};
}

bool worth_comparing(workspace& w, std::int64_t lock_row, time_point now) {
    return w.credentials.worth_comparing(lock_row, now) || !w.commands.doubts_of(lock_row).empty() ||
           !w.differences.on_lock(lock_row).empty();
}

void lease_for(workspace& w, const inventory_lease_request::share& share, duration lease, time_point now,
               std::vector<leased_inventory>& out) {
    const auto& account = share.account.value;
    std::size_t room_left = share.limit;
    while (room_left > 0) {
        const auto due = w.inventories.due(account, now, room_left);
        if (due.empty()) return;
        for (const auto lock : due) {
            if (!worth_comparing(w, lock, now)) {
                w.inventories.erase(lock);
                continue;
            }
            w.inventories.set_due(lock, now + lease);
            out.push_back(as_leased(w.locks.at(lock)));
            room_left -= 1;
        }
    }
}

result<lock_place> find_lock(workspace& w, const account_id& account, const std::string& uuid) {
    auto lock = w.locks.find(account.value, uuid);
    if (!lock) return fail(errc::not_found, fmt::format("{}: nobody heard of lock {}", account.value, uuid));
    return *std::move(lock);
}

result<std::vector<std::int64_t>> rooms_wished(workspace& w, const inventory_wish& wish) {
    if (!wish.room.value.empty()) {
        const auto room = w.directory.find_room(wish.pms.value, wish.hotel.value, wish.room.value);
        if (!room)
            return fail(errc::not_found, fmt::format("hotel {} has no room {}", wish.hotel.value, wish.room.value));
        return std::vector{room->room_row};
    }
    const auto hotel = w.directory.find_hotel(wish.pms.value, wish.hotel.value);
    if (!hotel) return fail(errc::not_found, fmt::format("hotel {} is not known", wish.hotel.value));
    std::vector<std::int64_t> out;
    for (const auto& room : w.directory.rooms_of_hotel(*hotel)) out.push_back(room.room_row);
    return out;
}

void accept(workspace& w, const difference_record& d, const drift_change& change, time_point now) {
    switch (d.kind) {
        case drift_kind::pin_missing:
            w.credentials.set_wanted(d.lock_row, d.credential_ref, false);
            break;
        case drift_kind::pin_left:
            if (w.credentials.find(d.lock_row, d.credential_ref)) {
                w.credentials.set_wanted(d.lock_row, d.credential_ref, true);
            } else {
                w.credentials.save_active({.lock_row = d.lock_row,
                                           .credential_ref = d.credential_ref,
                                           .purpose = purpose_of(d.manage),
                                           .room_row = d.room_row,
                                           .action = d.action,
                                           .valid_until = d.found_until,
                                           .changed_at = now});
            }
            break;
        case drift_kind::validity_differs:
            w.credentials.set_valid_until(d.lock_row, d.credential_ref, d.found_until);
            break;
        case drift_kind::frozen_differs:
            w.credentials.set_frozen(d.lock_row, d.credential_ref, d.found_frozen);
            break;
        case drift_kind::computed_stays:
        case drift_kind::pin_foreign:
            w.credentials.accept(d.lock_row, d.credential_ref);
            break;
        case drift_kind::unverifiable:
            break;
    }
    w.differences.settle(d.id, fmt::format("accepted by {}: {}", change.actor, change.reason), now);
}

}  // namespace

result<inventories_leased> lease_inventories(workspace& w, const inventory_lease_request& request) {
    const auto now = w.now();
    inventories_leased out;
    for (const auto& share : request.shares) {
        lease_for(w, share, request.lease, now, out.locks);
        const auto next = w.inventories.next_due(share.account.value);
        if (next) out.next_due = out.next_due ? std::min(*out.next_due, *next) : *next;
    }
    return out;
}

result<std::vector<leased_inventory>> wish_inventories(workspace& w, const inventory_wish& wish) {
    const auto rooms = rooms_wished(w, wish);
    if (!rooms) return std::unexpected(rooms.error());
    const auto now = w.now();
    std::vector<leased_inventory> out;
    std::set<std::int64_t> taken;
    for (const auto room : *rooms) {
        const auto lock = w.directory.lock_of_room(room, password_service);
        if (!lock || !taken.insert(*lock).second) continue;
        auto place = w.locks.at(*lock);
        if (std::ranges::find(wish.accounts, place.account, &account_id::value) == wish.accounts.end()) continue;
        w.inventories.hasten(*lock, place.account, now + wish.lease);
        w.inventories.set_due(*lock, now + wish.lease);
        out.push_back(as_leased(std::move(place)));
    }
    return out;
}

result<inventory_applied> apply_inventory(workspace& w, const inventory_report& report) {
    if (report.credentials.size() > limits::inventory_credentials)
        return fail(errc::too_large, fmt::format("{} PINs on one lock, at most {} are compared",
                                                 report.credentials.size(), limits::inventory_credentials));
    const auto lock = find_lock(w, report.account, report.lock_uuid);
    if (!lock) return std::unexpected(lock.error());
    const auto now = w.now();
    const auto compare_again = [&](time_point at) {
        w.inventories.set_due(lock->row, at);
        w.hints.inventory_due(lock->account, at);
    };
    const auto known = w.inventories.find(lock->row);
    const bool busy = w.commands.lock_busy(lock->row);
    if (busy || (known && known->touched_at >= report.asked_at)) {
        compare_again(now + (busy ? duration(comparison_after_commands) : duration(comparison_after_change)));
        return inventory_applied{};
    }
    inventory_applied out;
    out.compared = true;
    const auto doubts = judge_doubts(w, *lock, report);
    const auto noted = note_differences(w, *lock, report, now);
    out.doubts_settled = doubts.settled;
    out.found = noted.found;
    out.settled = noted.settled;
    repair_choice repair;
    if (report.repair) repair = repair_one(w, *lock, noted.mendable_ones, now);
    out.repair = repair.opened;
    const bool soon = doubts.again_soon || repair.again_soon;
    const auto next = now + (soon ? duration(confirmation_after) : report.again_after);
    w.inventories.hasten(lock->row, lock->account, next);
    w.inventories.compared(lock->row, now, next);
    w.hints.inventory_due(lock->account, next);
    return out;
}

result<nothing> fail_inventory(workspace& w, const inventory_failure& failure) {
    const auto lock = find_lock(w, failure.account, failure.lock_uuid);
    if (!lock) return std::unexpected(lock.error());
    const auto known = w.inventories.find(lock->row);
    if (!known) return nothing{};
    constexpr std::uint32_t most_doublings = 16;
    const auto wait = first_retry * (1 << std::min(known->failures, most_doublings));
    const auto at = w.now() + std::min<duration>(wait, failure.again_after);
    w.inventories.failed(lock->row, at, clip_utf8(failure.message, limits::attempt_message_bytes));
    w.hints.inventory_due(lock->account, at);
    return nothing{};
}

result<nothing> change_difference(workspace& w, const drift_change& change) {
    const auto difference = w.differences.find(change.id);
    if (!difference) return fail(errc::not_found, fmt::format("difference {} is not known", change.id));
    const auto& d = *difference;
    const auto refuse = [&](std::string_view why) {
        return fail(errc::conflict, fmt::format("difference {} {}", d.id, why));
    };
    if (d.state == drift_state::settled) return refuse("is settled");
    if (d.state == drift_state::repairing) return refuse("is being repaired");
    if (d.kind == drift_kind::unverifiable)
        return refuse(fmt::format("is about action {}, which `action decide` ends", d.action));
    if (change.verb == drift_verb::resume && d.state != drift_state::suspended) return refuse("is not suspended");
    const auto now = w.now();
    if (change.verb == drift_verb::accept) {
        accept(w, d, change, now);
    } else {
        w.differences.restart(d.id, now);
        compare_soon(w, d.lock_row, d.account, now);
    }
    w.audit.add(now, change.actor, fmt::format("drift_{}", to_string(change.verb)),
                fmt::format("difference {} {}", d.id, to_string(d.kind)), change.reason, 1);
    return nothing{};
}

}  // namespace lockhub::storage::sqlite
