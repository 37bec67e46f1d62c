#include "storage/sqlite/action_units.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/quhuhu/action_id.hpp"
#include "storage/sqlite/access_keeping.hpp"
#include "storage/sqlite/action_end.hpp"
#include "storage/sqlite/action_steps.hpp"
#include "storage/sqlite/action_target.hpp"
#include "storage/sqlite/card_keeping.hpp"
#include "storage/sqlite/command_outcome.hpp"
#include "storage/sqlite/drift_keeping.hpp"
#include "storage/sqlite/pin_choice.hpp"
#include "storage/sqlite/seal_contexts.hpp"
#include "storage/sqlite/superseding.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr int id_tries = 64;

bool is_about_card(command_verb verb) {
    return runs_at_reader(verb) || verb == command_verb::lose_cards;
}

rivals rivals_of(const action_request& request, std::int64_t room_row) {
    return {.room_row = room_row, .verb = request.verb, .manage = request.manage, .holder = request.holder};
}

std::string action_id_for(workspace& w, command_verb verb, time_point now) {
    if (!is_about_card(verb)) return quhuhu::password_action_id(now, w.seal.random_number());
    const auto high = static_cast<std::uint64_t>(w.seal.random_number()) << 32;
    return quhuhu::card_action_id(now, high | w.seal.random_number());
}

std::string fresh_action_id(workspace& w, command_verb verb, time_point now) {
    for (int i = 0; i < id_tries; ++i) {
        auto id = action_id_for(w, verb, now);
        if (!w.actions.exists(id)) return id;
    }
    throw std::runtime_error("no free action id in this millisecond");
}

new_action action_row_of(const action_request& request, const action_target& target, std::string_view id,
                         time_point now) {
    new_action row{.action = id,
                   .state = action_state::open,
                   .pms = request.pms.value,
                   .hotel = request.hotel.value,
                   .room = request.room.value,
                   .hotel_row = target.hotel_row,
                   .room_row = target.room_row(),
                   .method = request.method,
                   .verb = request.verb,
                   .manage = request.manage,
                   .request_key = blob::of(request.request_key).bytes,
                   .sealed_pin = std::nullopt,
                   .valid_from = std::nullopt,
                   .valid_until = request.valid_until,
                   .reader_id = request.reader_id,
                   .card_lock_uuid = {},
                   .holder = request.holder,
                   .holder_name = request.holder_name,
                   .operator_guid = request.operator_guid,
                   .operator_name = request.operator_name,
                   .callback = request.callback,
                   .created_at = now,
                   .final_code = std::nullopt,
                   .message = {}};
    const bool card_of_room = request.verb == command_verb::make_card || request.verb == command_verb::lose_cards;
    if (card_of_room) row.card_lock_uuid = target.lock.value().uuid;
    return row;
}

// Writes the row with the PIN sealed, if there is one.
void insert_action(workspace& w, new_action& row, const secret& pin) {
    std::string sealed;
    if (!pin.empty()) {
        sealed = w.seal.seal(pin.reveal(), row.action);
        row.sealed_pin = sealed;
    }
    w.actions.insert(row);
}

// Fixed now: cards of one stay carry the same beginning, whenever they come to be made, and a call that is repeated
// must not differ from the first.
std::optional<time_point> beginning_of(workspace& w, const action_request& request, const action_target& target) {
    if (request.verb == command_verb::make_card) return stay_for_card(w, target.lock.value().row, request.valid_until);
    if (request.verb == command_verb::lose_cards) return end_stay(w, target.lock.value().row);
    if (gives_right(request.verb) && !request.valid_from) return std::chrono::floor<std::chrono::seconds>(w.now());
    return request.valid_from;
}

// The first of its commands; further steps follow when it is done.
command_verb first_step(command_verb verb) {
    return verb == command_verb::clear_card ? command_verb::read_card : verb;
}

std::string open_new_action(workspace& w, const action_request& request, const action_target& target, time_point now) {
    const auto id = fresh_action_id(w, request.verb, now);
    auto row = action_row_of(request, target, id, now);
    row.valid_from = beginning_of(w, request, target);
    insert_action(w, row, request.pin);
    if (!request.biometric.empty())
        w.biometrics.insert(id, w.seal.seal(request.biometric.reveal(), biometric_context(id)));
    const bool may_go = w.commands.insert({.action = id,
                                           .account = target.account,
                                           .lock_row = lane_of_target(w, request, target),
                                           .verb = first_step(request.verb),
                                           .credential_ref = {},
                                           .opened_at = now});
    if (may_go) w.hints.command_due(target.account, now);
    if (!may_go && request.verb == command_verb::open_door)
        w.hints.command_due(target.account, now + limits::open_door_validity);
    return id;
}

// Recorded, so that the PMS's request has its action and its answer like any other.
std::string record_nothing_to_do(workspace& w, const action_request& request, const action_target& target,
                                 time_point now) {
    const auto id = fresh_action_id(w, request.verb, now);
    auto row = action_row_of(request, target, id, now);
    row.state = action_state::succeeded;
    row.final_code = 0;
    row.message = right_of(request.verb) ? "nothing of that holder is known" : "no such PIN is known";
    insert_action(w, row, {});
    call_back(w, w.actions.find(id).value(), target.account, 0, now);
    return id;
}

// Whether a call is needed to leave the room without a PIN of this purpose. Sets the answer when none is.
bool needs_removal(workspace& w, const action_request& request, const action_target& target, time_point now,
                   action_opened& answer) {
    const auto room_row = target.room_row().value();
    const auto pins = find_pins_to_remove(w, target.lock.value(), room_row, purpose_of(request.manage), now);
    if (pins.opens_lock || has_open_rival(w, rivals_of(request, room_row))) return true;
    if (pins.stays) {
        answer.what = action_opened::kind::cannot_remove;
        answer.pin_valid_until = pins.stays->valid_until;
        return false;
    }
    // What is over can wait for a lock that can be reached.
    if (pins.next && !believed_offline(w, target.lock.value(), now)) return true;
    answer.what = action_opened::kind::nothing_to_do;
    answer.action = action_id(record_nothing_to_do(w, request, target, now));
    return false;
}

bool needs_taking(workspace& w, const action_request& request, const action_target& target, time_point now,
                  action_opened& answer) {
    const auto room_row = target.room_row().value();
    const auto& lock = target.lock.value();
    const auto rights = find_rights_to_take(w, lock.row, room_row, request.verb, request.holder, now);
    if (rights.opens_lock || has_open_rival(w, rivals_of(request, room_row))) return true;
    if (rights.next && !believed_offline(w, lock, now)) return true;
    answer.what = action_opened::kind::nothing_to_do;
    answer.action = action_id(record_nothing_to_do(w, request, target, now));
    return false;
}

// A PIN that is being set may be frozen; which one it is is decided when the call is made.
bool has_pin_to_freeze(workspace& w, const action_request& request, const action_target& target, time_point now,
                       action_opened& answer) {
    const auto room_row = target.room_row().value();
    const auto pin = w.credentials.find_active(target.lock.value().row, room_row, purpose_of(request.manage), now);
    const rivals changes{
        .room_row = room_row, .verb = command_verb::set_pin, .manage = request.manage, .holder = request.holder};
    if (pin || has_open_rival(w, changes)) return true;
    answer.what = action_opened::kind::no_such_pin;
    return false;
}

// False when there is nothing to send; then the answer says why.
bool has_work(workspace& w, const action_request& request, const action_target& target, time_point now,
              action_opened& answer) {
    if (request.verb == command_verb::remove_pin) return needs_removal(w, request, target, now, answer);
    if (takes_right(request.verb)) return needs_taking(w, request, target, now, answer);
    if (is_freeze_pair(request.verb)) return has_pin_to_freeze(w, request, target, now, answer);
    return true;
}

// Cards are made at a reader, and access granted to a phone is the cloud's own business.
bool reaches_lock(command_verb verb) {
    return !is_about_card(verb) && right_of(verb) != right_kind::access;
}

// The same request again. What was asked for in between and not sent yet is undone by it.
void answer_open_action(workspace& w, const action_request& request, const action_record& open, action_opened& answer) {
    if (open.room_row) supersede_unsent(w, rivals_of(request, *open.room_row), open.action);
    answer.what = action_opened::kind::already_open;
    answer.action = action_id(open.action);
    if (!open.sealed_pin.empty()) answer.pin = w.seal.open(open.sealed_pin, open.action);
    const auto command = w.commands.find_of_action(open.action);
    const bool taken =
        command && (command->state == command_state::awaiting || command->state == command_state::polling);
    answer.accepted = taken && is_last_step(w, *command, open, w.now());
}

}  // namespace

result<action_opened> open_action(workspace& w, const action_request& request) {
    action_opened answer;
    const auto target = find_target(w, request, answer);
    if (!target) return answer;
    const auto key = blob::of(request.request_key).bytes;
    if (const auto open = w.actions.find_open_request(key, target->hotel_row, target->room_row())) {
        answer_open_action(w, request, *open, answer);
        return answer;
    }
    const auto now = w.now();
    const bool removes = request.verb == command_verb::remove_pin;
    const bool takes_back = removes || takes_right(request.verb);
    if (takes_back) supersede_unsent(w, rivals_of(request, target->room_row().value()));
    if (removes) note_removal_asked(w, target->lock.value(), target->room_row().value(), request.manage, now);
    if (!has_work(w, request, *target, now, answer)) return answer;
    if (reaches_lock(request.verb) && request.only_if_online && believed_offline(w, target->lock.value(), now)) {
        answer.what = action_opened::kind::lock_offline;
        return answer;
    }
    if (!takes_back && target->room) supersede_unsent(w, rivals_of(request, target->room->room_row));
    answer.what = action_opened::kind::opened;
    answer.action = action_id(open_new_action(w, request, *target, now));
    return answer;
}

result<action_id> record_answered_action(workspace& w, const answered_action& answered) {
    const auto& request = answered.request;
    action_opened ignored;
    auto target = find_target(w, request, ignored);
    if (!target) return fail(errc::not_found, "no such room, or it has no lock");
    const auto now = w.now();
    supersede_unsent(w, rivals_of(request, target->room_row().value()));
    const auto id = fresh_action_id(w, request.verb, now);
    auto row = action_row_of(request, *target, id, now);
    row.state = action_state::succeeded;
    row.callback = std::nullopt;
    row.final_code = 0;
    row.message = answered.note;
    insert_action(w, row, request.pin);
    if (!request.pin.empty())
        w.credentials.save_active(
            {.lock_row = target->lock.value().row,
             .credential_ref = fmt::format("{}{}", computed_ref_prefix, id),
             .purpose = purpose_of(request.manage),
             .room_row = target->room_row(),
             .action = id,
             .valid_until = answered.pin_valid_until ? answered.pin_valid_until : request.valid_until,
             .changed_at = now,
             .computed = true});
    return action_id(id);
}

std::string open_repair_action(workspace& w, const action_request& request, const action_target& target) {
    return open_new_action(w, request, target, w.now());
}

result<nothing> decide_action(workspace& w, const action_verdict& verdict) {
    const auto command = w.commands.find_of_action(verdict.action.value);
    if (!command) return fail(errc::not_found, fmt::format("action {} is not known", verdict.action.value));
    if (command->state != command_state::unverifiable)
        return fail(errc::conflict, fmt::format("action {} is not unverifiable, its command is {}",
                                                verdict.action.value, to_string(command->state)));
    finish_command(w, *command,
                   {.state = verdict.succeeded ? command_state::done : command_state::rejected,
                    .final_code = 0,
                    .credential_ref = {},
                    .message = fmt::format("decided by {}: {}", verdict.actor, verdict.reason),
                    .vendor_code = 0});
    w.audit.add(w.now(), verdict.actor, verdict.succeeded ? "decide_succeeded" : "decide_failed",
                fmt::format("action {}", verdict.action.value), verdict.reason, 1);
    return nothing{};
}

}  // namespace lockhub::storage::sqlite
