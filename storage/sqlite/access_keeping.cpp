#include "storage/sqlite/access_keeping.hpp"

#include "schemas/quhuhu/access_texts.hpp"
#include "schemas/wire/number.hpp"
#include "storage/sqlite/command_outcome.hpp"
#include "storage/sqlite/free_number.hpp"
#include "storage/sqlite/verb_groups.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::optional<int> number_of(const command_record& command) {
    const auto number = wire::whole_number(command.credential_ref);
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<int> number_for_new_right(workspace& w, const command_record& command, right_kind kind,
                                        const cloud_traits& traits, time_point now) {
    std::vector<held_number> held;
    for (const auto& right : w.rights.active_on(command.lock_row, kind))
        if (right.number) held.push_back({*right.number, right.valid_until});
    return free_number(traits.first_biometric_slot, traits.last_biometric_slot, held, {}, now);
}

std::string_view no_number_text(right_kind kind) {
    return kind == right_kind::face ? quhuhu::no_free_face_number_text : quhuhu::no_free_fingerprint_number_text;
}

// A number once sent stays the action's: the lock may have taken it after all.
bool choose_number(workspace& w, command_record& command, const action_record& action, right_kind kind,
                   time_point now) {
    if (command.sends > 0 && !command.credential_ref.empty()) return true;
    const auto known = w.rights.find(command.lock_row, kind, action.holder);
    const auto* traits = w.accounts.find(command.account);
    auto number = known ? known->number : std::nullopt;
    if (!number && traits) number = number_for_new_right(w, command, kind, *traits, now);
    if (number) {
        command.credential_ref = std::to_string(*number);
        return true;
    }
    finish_command(w, command, {.state = command_state::rejected, .message = std::string(no_number_text(kind))});
    return false;
}

bool choose_right_to_take(workspace& w, command_record& command, const action_record& action, time_point now) {
    const auto rights =
        find_rights_to_take(w, command.lock_row, action.room_row.value(), action.verb, action.holder, now);
    command.credential_ref = rights.next && rights.next->number ? std::to_string(*rights.next->number) : std::string();
    if (rights.next) return true;
    finish_command(w, command, {.state = command_state::done});
    return false;
}

// The one a command names by its number, or its action by the holder.
std::optional<active_right> right_named(workspace& w, const command_record& command, const action_record& action) {
    const auto kind = right_of(command.verb).value();
    if (const auto number = number_of(command)) return w.rights.find_by_number(command.lock_row, kind, *number);
    return w.rights.find(command.lock_row, kind, action.holder);
}

// What an operator says late about a command must not undo what was done to the same right since.
bool taken_over(const command_record& command, const action_record& action, const std::optional<active_right>& right) {
    return command.state == command_state::unverifiable && right && right->action > action.action;
}

void save(workspace& w, const command_record& command, const action_record& action, std::string_view giver,
          time_point now) {
    const auto kind = right_of(command.verb).value();
    w.rights.save_active({.lock_row = command.lock_row,
                          .kind = kind,
                          .holder = action.holder,
                          .number = kind == right_kind::access ? std::nullopt : number_of(command),
                          .room_row = action.room_row.value(),
                          .action = giver,
                          .valid_until = action.valid_until,
                          .changed_at = now});
}

}  // namespace

rights_to_take find_rights_to_take(workspace& w, std::int64_t lock_row, std::int64_t room_row, command_verb verb,
                                   std::string_view holder, time_point now) {
    rights_to_take out;
    for (auto& right : w.rights.active_of(lock_row, room_row, right_of(verb).value(), holder, now)) {
        out.calls += 1;
        out.opens_lock = out.opens_lock || !right.over(now);
        if (!out.next) out.next = std::move(right);
    }
    return out;
}

bool choose_right(workspace& w, command_record& command, const action_record& action, time_point now) {
    const auto kind = right_of(command.verb);
    if (!kind) return true;
    if (takes_right(command.verb)) return choose_right_to_take(w, command, action, now);
    return *kind == right_kind::access || choose_number(w, command, action, *kind, now);
}

void note_given_right(workspace& w, const command_record& command, const action_record& action, time_point now) {
    const auto before = w.rights.find(command.lock_row, right_of(command.verb).value(), action.holder);
    if (!taken_over(command, action, before)) save(w, command, action, action.action, now);
}

void note_taken_right(workspace& w, const command_record& command, const action_record& action, time_point now) {
    const auto right = right_named(w, command, action);
    if (right && !taken_over(command, action, right))
        w.rights.mark_removed(command.lock_row, right_of(command.verb).value(), right->holder, now);
}

void note_possible_right(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (!gives_right(command.verb)) return;
    const auto known = w.rights.find(command.lock_row, right_of(command.verb).value(), action.holder);
    if (!known) return save(w, command, action, action.action, now);
    // It keeps its number, which this command names too; but it may be valid longer now.
    const bool longer = known->valid_until && (!action.valid_until || *action.valid_until > *known->valid_until);
    if (longer) save(w, command, action, known->action, now);
}

void note_refuted_right(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (command.state != command_state::unverifiable || !gives_right(command.verb)) return;
    const auto kind = right_of(command.verb).value();
    const auto right = w.rights.find(command.lock_row, kind, action.holder);
    if (right && right->action == action.action) w.rights.mark_removed(command.lock_row, kind, action.holder, now);
}

bool right_is_over(workspace& w, const command_record& command, const action_record& action, time_point now) {
    const auto right = right_named(w, command, action);
    return right && right->over(now);
}

}  // namespace lockhub::storage::sqlite
