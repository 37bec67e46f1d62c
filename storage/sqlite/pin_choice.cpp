#include "storage/sqlite/pin_choice.hpp"

#include <charconv>
#include <set>
#include <vector>

#include "schemas/quhuhu/access_texts.hpp"
#include "schemas/quhuhu/lock_texts.hpp"
#include "storage/sqlite/command_outcome.hpp"
#include "storage/sqlite/free_number.hpp"
#include "storage/sqlite/verb_groups.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::optional<int> number_in(std::string_view ref) {
    int number = 0;
    const auto [end, ec] = std::from_chars(ref.data(), ref.data() + ref.size(), number);
    if (ec != std::errc{} || end != ref.data() + ref.size()) return std::nullopt;
    return number;
}

// Faces and fingerprints have numbers of their own.
bool names_pin(command_verb verb) {
    return is_pin_pair(verb) || is_freeze_pair(verb) || verb == command_verb::replace_pin;
}

std::optional<int> number_for_new_pin(workspace& w, const command_record& command, const cloud_traits& traits,
                                      time_point now) {
    std::set<int> asked_for;
    for (const auto& named : w.commands.credentials_named(command.lock_row, command.id)) {
        if (!names_pin(named.verb)) continue;
        if (const auto number = number_in(named.credential_ref)) asked_for.insert(*number);
    }
    std::vector<held_number> held;
    for (const auto& taken : w.credentials.taken_on(command.lock_row))
        if (const auto number = number_in(taken.credential_ref)) held.push_back({*number, taken.valid_until});
    return free_number(traits.first_pin_slot, traits.last_pin_slot, held, asked_for, now);
}

// A number once sent stays the action's: the cloud may have taken it after all.
bool keeps_number(const command_record& command) {
    return command.verb == command_verb::set_pin && command.sends > 0 && !command.credential_ref.empty();
}

bool choose_pin_to_set(workspace& w, command_record& command, const action_record& action, time_point now) {
    const auto* traits = w.accounts.find(command.account);
    const bool numbers = traits && traits->last_pin_slot > 0;
    if (numbers && keeps_number(command)) return true;
    const auto old = w.credentials.find_active(command.lock_row, action.room_row.value(), action.purpose(), now);
    command.verb = old ? command_verb::replace_pin : command_verb::set_pin;
    command.credential_ref = old.value_or("");
    if (old || !numbers) return true;
    const auto number = number_for_new_pin(w, command, *traits, now);
    if (number) {
        command.credential_ref = std::to_string(*number);
        return true;
    }
    finish_command(w, command,
                   {.state = command_state::rejected, .message = std::string(quhuhu::no_free_pin_number_text)});
    return false;
}

bool choose_pin_to_freeze(workspace& w, command_record& command, const action_record& action, time_point now) {
    const auto pin = w.credentials.find_active(command.lock_row, action.room_row.value(), action.purpose(), now);
    if (pin) {
        command.credential_ref = *pin;
        return true;
    }
    const auto why = action.manage ? quhuhu::no_manage_pin_text : quhuhu::no_guest_pin_text;
    finish_command(w, command, {.state = command_state::rejected, .message = std::string(why)});
    return false;
}

bool choose_pin_to_remove(workspace& w, command_record& command, const action_record& action, time_point now) {
    const auto pins =
        find_pins_to_remove(w, w.locks.at(command.lock_row), action.room_row.value(), action.purpose(), now);
    if (pins.next) {
        command.credential_ref = pins.next->credential_ref;
        return true;
    }
    command.credential_ref.clear();
    finish_command(w, command, {.state = command_state::done});
    return false;
}

// May stand on the lock under a reference that is known, and nobody knows whether they do.
std::vector<active_pin> doubtful_pins(workspace& w, std::int64_t lock_row, std::int64_t room_row,
                                      std::string_view purpose) {
    std::vector<active_pin> out;
    for (auto& doubt : w.commands.doubts_of(lock_row)) {
        const bool sets = doubt.verb == command_verb::set_pin || doubt.verb == command_verb::replace_pin;
        if (!sets || doubt.credential_ref.empty() || w.credentials.find(lock_row, doubt.credential_ref)) continue;
        const auto action = w.actions.find(doubt.action);
        if (!action || action->room_row != room_row || action->purpose() != purpose) continue;
        out.push_back({.credential_ref = std::move(doubt.credential_ref),
                       .computed = false,
                       .action = std::move(doubt.action),
                       .valid_until = action->valid_until});
    }
    return out;
}

// A repair that is about one PIN names it. False when the choice is as for any other command.
bool choose_for_repair(workspace& w, command_record& command) {
    const auto repair = w.repairs.find(command.action);
    if (!repair || repair->credential_ref.empty()) return false;
    const bool sets = command.verb == command_verb::set_pin || command.verb == command_verb::replace_pin;
    if (sets && !w.credentials.find(command.lock_row, repair->credential_ref)) return false;
    if (sets) command.verb = command_verb::replace_pin;
    command.credential_ref = repair->credential_ref;
    return true;
}

}  // namespace

pins_to_remove find_pins_to_remove(workspace& w, const lock_place& lock, std::int64_t room_row,
                                   std::string_view purpose, time_point now) {
    const auto* traits = w.accounts.find(lock.account);
    const bool takes_computed_back = !traits || traits->removes_offline_pins;
    pins_to_remove out;
    for (auto& pin : w.credentials.active_pins(lock.row, room_row, purpose, now)) {
        if (pin.computed && pin.over(now)) {
            w.credentials.mark_removed(lock.row, pin.credential_ref, now);
        } else if (pin.computed && !takes_computed_back) {
            out.stays = std::move(pin);
        } else {
            out.calls += 1;
            out.opens_lock = out.opens_lock || !pin.over(now);
            if (!out.next) out.next = std::move(pin);
        }
    }
    for (auto& pin : doubtful_pins(w, lock.row, room_row, purpose)) {
        out.calls += 1;
        out.opens_lock = out.opens_lock || !pin.over(now);
        if (!out.next) out.next = std::move(pin);
    }
    return out;
}

bool choose_pin(workspace& w, command_record& command, const action_record& action, time_point now) {
    if (choose_for_repair(w, command)) return true;
    switch (command.verb) {
        case command_verb::set_pin:
        case command_verb::replace_pin:
            return choose_pin_to_set(w, command, action, now);
        case command_verb::freeze_pin:
        case command_verb::unfreeze_pin:
            return choose_pin_to_freeze(w, command, action, now);
        case command_verb::remove_pin:
            return choose_pin_to_remove(w, command, action, now);
        default:
            return true;
    }
}

}  // namespace lockhub::storage::sqlite
