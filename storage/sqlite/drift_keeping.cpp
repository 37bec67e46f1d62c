#include "storage/sqlite/drift_keeping.hpp"

namespace lockhub::storage::sqlite {

namespace {

bool sets(command_verb verb) {
    return verb == command_verb::set_pin || verb == command_verb::replace_pin;
}

// Said within the request that asked for it: then the PMS goes on with the PIN as it was.
bool pms_was_told(const command_record& command, time_point now) {
    return command.accepted_at == time_point{} && now < command.opened_at + limits::lockapi_request_timeout;
}

void note_repair_end(workspace& w, const repair_record& repair, const std::string& account, std::int64_t lock_row,
                     const action_outcome& end, time_point now) {
    const auto difference = w.differences.find(repair.difference);
    if (!difference || difference->state != drift_state::repairing) return;
    if (end.state == action_state::superseded) {
        w.repairs.erase(repair.action);
        w.differences.set_state(difference->id, drift_state::open, "a PMS asked for something else");
        return;
    }
    const bool helped = end.state == action_state::succeeded;
    w.differences.set_state(difference->id, drift_state::open,
                            helped ? std::string_view("repaired, to be confirmed") : std::string_view(end.message));
    compare_soon(w, lock_row, account,
                 now + (helped ? duration(confirmation_after) : duration(comparison_after_trouble)));
}

// The PMS has another wish for the room now: what was tried for the last one does not count against it.
void restart_room(workspace& w, const command_record& command, const action_record& action, time_point now) {
    for (const auto& difference : w.differences.on_lock(command.lock_row)) {
        if (difference.room_row != action.room_row || difference.manage != action.manage) continue;
        if (difference.kind == drift_kind::unverifiable) continue;
        w.differences.restart(difference.id, now);
        compare_soon(w, command.lock_row, command.account, now + confirmation_after);
    }
}

}  // namespace

bool is_about_pin(command_verb verb) {
    return sets(verb) || verb == command_verb::remove_pin || verb == command_verb::freeze_pin ||
           verb == command_verb::unfreeze_pin;
}

bool can_be_compared(workspace& w, std::string_view account) {
    const auto* traits = w.accounts.find(account);
    return traits && traits->verbs.has(command_verb::read_pins);
}

void compare_soon(workspace& w, std::int64_t lock_row, std::string_view account, time_point at) {
    if (!can_be_compared(w, account)) return;
    w.inventories.hasten(lock_row, account, at);
    w.hints.inventory_due(account, at);
}

void note_pin_end(workspace& w, const command_record& command, const action_record& action,
                  const std::optional<action_outcome>& end, time_point now) {
    if (!is_about_pin(command.verb) || !action.room_row) return;
    if (can_be_compared(w, command.account)) {
        w.inventories.touch(command.lock_row, command.account, now, now + first_comparison_after);
        w.hints.inventory_due(command.account, now + first_comparison_after);
    }
    if (const auto doubt = w.differences.find_doubt(command.lock_row, action.action))
        w.differences.settle(doubt->id, end ? to_string(end->state) : std::string_view("done"), now);
    if (!end) return;
    if (sets(command.verb) && end->state == action_state::succeeded)
        w.credentials.unwant_missing(command.lock_row, *action.room_row, action.purpose());
    if (const auto repair = w.repairs.find(action.action))
        return note_repair_end(w, *repair, command.account, command.lock_row, *end, now);
    const bool failed = end->state == action_state::failed || end->state == action_state::expired;
    if (!failed) return restart_room(w, command, action, now);
    if (command.verb == command_verb::remove_pin && !pms_was_told(command, now))
        w.credentials.unwant_present(command.lock_row, *action.room_row, action.purpose());
    if (!pms_was_told(command, now)) compare_soon(w, command.lock_row, command.account, now + comparison_after_trouble);
}

void note_pin_doubt(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (!is_about_pin(command.verb) || !can_be_compared(w, command.account)) return;
    w.differences.see({.kind = drift_kind::unverifiable,
                       .account = command.account,
                       .lock_row = command.lock_row,
                       .subject = command.action,
                       .room_row = action.room_row,
                       .manage = action.manage,
                       .credential_ref = command.credential_ref,
                       .action = command.action,
                       .name = {},
                       .wanted_until = action.valid_until,
                       .found_until = std::nullopt},
                      now);
    w.inventories.touch(command.lock_row, command.account, now, now);
    compare_soon(w, command.lock_row, command.account, now + comparison_after_trouble);
}

void note_removal_asked(workspace& w, const lock_place& lock, std::int64_t room_row, bool manage, time_point now) {
    w.credentials.unwant_missing(lock.row, room_row, purpose_of(manage));
    if (w.differences.unwant_doubts(lock.row, room_row, manage) == 0) return;
    compare_soon(w, lock.row, lock.account, now);
}

void note_lock_back(workspace& w, std::int64_t lock_row, std::string_view account, time_point now) {
    if (w.differences.on_lock(lock_row).empty()) return;
    w.differences.restart_of_lock(lock_row, now);
    compare_soon(w, lock_row, account, now + comparison_after_change);
}

void note_change_at_door(workspace& w, std::int64_t lock_row, std::string_view account, time_point now) {
    if (!can_be_compared(w, account)) return;
    const bool known = w.inventories.find(lock_row).has_value();
    if (!known && !w.credentials.worth_comparing(lock_row, now)) return;
    w.differences.restart_of_lock(lock_row, now);
    w.inventories.touch(lock_row, account, now, now);
    compare_soon(w, lock_row, account, now + comparison_after_change);
}

}  // namespace lockhub::storage::sqlite
