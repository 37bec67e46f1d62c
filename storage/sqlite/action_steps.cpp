#include "storage/sqlite/action_steps.hpp"

#include "schemas/quhuhu/access_texts.hpp"
#include "schemas/quhuhu/lock_texts.hpp"
#include "storage/sqlite/access_keeping.hpp"
#include "storage/sqlite/card_keeping.hpp"
#include "storage/sqlite/command_outcome.hpp"
#include "storage/sqlite/pin_choice.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr int lock_error_code = -1;

step_outcome failed(std::string_view text) {
    return {.next = std::nullopt, .final_code = lock_error_code, .message = std::string(text)};
}

// What an operator says late about a command must not undo what was done to the same PIN since: a newer action holds
// it.
bool taken_over(workspace& w, const command_record& command, const action_record& action) {
    if (command.state != command_state::unverifiable) return false;
    const auto holder = w.credentials.find(command.lock_row, command.credential_ref);
    return holder && holder->action > action.action;
}

step_outcome goes_on_with(command_verb next) {
    return {.next = next, .final_code = 0, .message = {}};
}

// Nothing says that a new PIN in the place of a frozen one is not frozen too. A repair leaves it as it is wanted.
bool must_be_unfrozen(workspace& w, const command_record& command) {
    if (command.verb != command_verb::replace_pin || w.repairs.find(command.action)) return false;
    const auto pin = w.credentials.find(command.lock_row, command.credential_ref);
    const auto* traits = w.accounts.find(command.account);
    return pin && pin->frozen && (!traits || traits->verbs.has(command_verb::unfreeze_pin));
}

step_outcome after_set(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (command.credential_ref.empty() || taken_over(w, command, action)) return {};
    w.credentials.save_active({.lock_row = command.lock_row,
                               .credential_ref = command.credential_ref,
                               .purpose = action.purpose(),
                               .room_row = action.room_row,
                               .action = action.action,
                               .valid_until = action.valid_until,
                               .changed_at = now,
                               .replaces = command.verb == command_verb::replace_pin});
    return must_be_unfrozen(w, command) ? goes_on_with(command_verb::unfreeze_pin) : step_outcome{};
}

step_outcome after_freezing(workspace& w, const command_record& command, const action_record& action) {
    if (!taken_over(w, command, action))
        w.credentials.set_frozen(command.lock_row, command.credential_ref, command.verb == command_verb::freeze_pin);
    return {};
}

rights_to_take rights_left(workspace& w, const command_record& command, const action_record& action, time_point now) {
    return find_rights_to_take(w, command.lock_row, action.room_row.value(), action.verb, action.holder, now);
}

step_outcome after_taking(workspace& w, const command_record& command, const action_record& action, time_point now) {
    note_taken_right(w, command, action, now);
    if (!rights_left(w, command, action, now).next) return {};
    // An operator's word on a call of long ago starts no others: they may have been given since.
    if (command.state == command_state::unverifiable) return failed(quhuhu::rights_left_text);
    return goes_on_with(command.verb);
}

// Whether they came, nobody needs to know any more: they are gone.
void end_doubts_about(workspace& w, const command_record& removal, const action_record& action) {
    for (auto& doubt : w.commands.doubts_of(removal.lock_row)) {
        const bool sets = doubt.verb == command_verb::set_pin || doubt.verb == command_verb::replace_pin;
        if (!sets || doubt.id == removal.id || doubt.credential_ref != removal.credential_ref) continue;
        const auto made = w.actions.find(doubt.action);
        if (!made || made->room_row != action.room_row || made->manage != action.manage) continue;
        finish_command(
            w, std::move(doubt),
            {.state = command_state::rejected, .message = "taken back before anybody knew what became of it"});
    }
}

step_outcome after_removal(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (taken_over(w, command, action)) return {};
    if (!command.credential_ref.empty()) {
        w.credentials.mark_removed(command.lock_row, command.credential_ref, now);
        end_doubts_about(w, command, action);
    }
    if (w.repairs.find(action.action)) return {};
    const auto left =
        find_pins_to_remove(w, w.locks.at(command.lock_row), action.room_row.value(), action.purpose(), now);
    if (left.next) return goes_on_with(command_verb::remove_pin);
    if (left.stays) return failed(quhuhu::computed_pin_stays_text(left.stays->valid_until));
    return {};
}

step_outcome after_reading(workspace& w, const command_record& command, action_record& action) {
    // An operator's word ends the whole action: there is no card to go on with.
    if (command.state == command_state::unverifiable && action.card.card_id.empty()) return {};
    if (action.card.card_id.empty()) return failed(quhuhu::no_card_text);
    if (!room_of_card(w, command.account, action.card.lock_uuid, action.hotel_row))
        return failed(quhuhu::card_without_room_text);
    if (action.verb == command_verb::read_card) return {};
    return goes_on_with(command_verb::clear_card);
}

void keep_card(workspace& w, const command_record& command, action_record& action, const card_facts& card) {
    if (command.verb == command_verb::read_card) action.card = card;
    if (command.verb == command_verb::make_card) action.card.card_id = card.card_id;
    w.actions.set_card(action.action, action.card);
}

}  // namespace

step_outcome apply_done_step(workspace& w, const command_record& command, action_record& action,
                             const std::optional<card_facts>& card, time_point now) {
    if (card) keep_card(w, command, action, *card);
    switch (command.verb) {
        case command_verb::set_pin:
        case command_verb::replace_pin:
            return after_set(w, command, action, now);
        case command_verb::remove_pin:
            return after_removal(w, command, action, now);
        case command_verb::freeze_pin:
        case command_verb::unfreeze_pin:
            return after_freezing(w, command, action);
        case command_verb::upload_face:
        case command_verb::upload_fingerprint:
        case command_verb::grant_access:
            note_given_right(w, command, action, now);
            return {};
        case command_verb::stop_face:
        case command_verb::stop_fingerprint:
        case command_verb::revoke_access:
            return after_taking(w, command, action, now);
        case command_verb::read_card:
            return after_reading(w, command, action);
        case command_verb::make_card:
            note_made_card(w, command.account, action, now);
            return {};
        case command_verb::clear_card:
            note_cleared_card(w, command.account, action.card.card_id, now);
            return {};
        case command_verb::lose_cards:
            if (action.valid_from) w.cards.mark_lost(command.lock_row, *action.valid_from, now);
            return {};
        default:
            return {};
    }
}

bool failed_without_harm(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (takes_right(action.verb))
        return right_is_over(w, command, action, now) && !rights_left(w, command, action, now).opens_lock;
    if (action.verb != command_verb::remove_pin) return false;
    const auto pin = w.credentials.find(command.lock_row, command.credential_ref);
    if (!pin || !pin->over(now)) return false;
    const auto left =
        find_pins_to_remove(w, w.locks.at(command.lock_row), action.room_row.value(), action.purpose(), now);
    return !left.opens_lock && !left.stays;
}

bool is_last_step(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (action.verb == command_verb::clear_card) return command.verb == command_verb::clear_card;
    if (takes_right(action.verb)) return rights_left(w, command, action, now).calls <= 1;
    if (action.verb == command_verb::set_pin) return !must_be_unfrozen(w, command);
    if (action.verb != command_verb::remove_pin) return true;
    const auto left =
        find_pins_to_remove(w, w.locks.at(command.lock_row), action.room_row.value(), action.purpose(), now);
    return left.calls <= 1 && !left.stays;
}

}  // namespace lockhub::storage::sqlite
