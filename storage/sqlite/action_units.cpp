#include "storage/sqlite/action_units.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/quhuhu/action_id.hpp"
#include "storage/sqlite/command_outcome.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr int id_tries = 64;

std::string fresh_action_id(workspace& w, time_point now) {
    for (int i = 0; i < id_tries; ++i) {
        auto id = quhuhu::password_action_id(now, w.seal.random_number());
        if (!w.actions.exists(id)) return id;
    }
    throw std::runtime_error("no free action id in this millisecond");
}

// Where an action goes, or why it cannot.
struct action_target {
    room_place room;
    lock_place lock;
};

result<action_target> find_target(workspace& w, const action_request& request, action_opened& answer) {
    const auto room = w.directory.find_room(request.pms.value, request.hotel.value, request.room.value);
    if (!room) {
        answer.what = action_opened::kind::unknown_room;
        return fail(errc::not_found, "no such room");
    }
    const auto lock = w.directory.lock_of_room(room->room_row, password_service);
    if (!lock) {
        answer.what = action_opened::kind::no_lock;
        return fail(errc::not_found, "the room has no lock");
    }
    action_target target{*room, w.locks.at(*lock)};
    answer.account = account_id(target.lock.account);
    answer.lock_uuid = target.lock.uuid;
    answer.cloud_home_id = target.lock.cloud_home_id;
    answer.cloud_room_id = target.lock.cloud_room_id;
    return target;
}

new_action action_row_of(const action_request& request, const room_place& room, std::string_view id, time_point now) {
    return {.action = id,
            .state = action_state::open,
            .pms = room.pms,
            .hotel = room.hotel,
            .room = room.room,
            .hotel_row = room.hotel_row,
            .room_row = room.room_row,
            .method = request.method,
            .verb = request.verb,
            .manage = request.manage,
            .request_key = blob::of(request.request_key).bytes,
            .sealed_pin = std::nullopt,
            .valid_until = request.valid_until,
            .operator_guid = request.operator_guid,
            .operator_name = request.operator_name,
            .callback = request.callback,
            .created_at = now,
            .final_code = std::nullopt,
            .message = {}};
}

void add_command(workspace& w, const action_target& target, std::string_view action, time_point now) {
    const bool may_go = w.commands.insert({.action = action,
                                           .account = target.lock.account,
                                           .lock_row = target.lock.row,
                                           .verb = command_verb::set_pin,  // or replace_pin, once it is sent
                                           .credential_ref = {},
                                           .opened_at = now});
    if (may_go) w.hints.command_due(target.lock.account, now);
}

}  // namespace

result<action_opened> open_action(workspace& w, const action_request& request) {
    action_opened answer;
    const auto target = find_target(w, request, answer);
    if (!target) return answer;
    const auto key = blob::of(request.request_key).bytes;
    if (const auto open = w.actions.find_open_request(key, target->room.room_row)) {
        answer.what = action_opened::kind::already_open;
        answer.action = action_id(open->action);
        if (!open->sealed_pin.empty()) answer.pin = w.seal.open(open->sealed_pin, open->action);
        return answer;
    }
    if (request.only_if_online && w.locks.state(target->lock.row).online == false) {
        answer.what = action_opened::kind::lock_offline;
        return answer;
    }
    const auto now = w.now();
    const auto id = fresh_action_id(w, now);
    auto row = action_row_of(request, target->room, id, now);
    const auto sealed = w.seal.seal(request.pin.reveal(), id);
    row.sealed_pin = sealed;
    w.actions.insert(row);
    add_command(w, *target, id, now);
    answer.what = action_opened::kind::opened;
    answer.action = action_id(id);
    return answer;
}

result<action_id> record_answered_action(workspace& w, const answered_action& answered) {
    const auto& request = answered.request;
    const auto room = w.directory.find_room(request.pms.value, request.hotel.value, request.room.value);
    if (!room) return fail(errc::not_found, "no such room");
    const auto now = w.now();
    const auto id = fresh_action_id(w, now);
    auto row = action_row_of(request, *room, id, now);
    std::string sealed;
    if (!request.pin.empty()) {
        sealed = w.seal.seal(request.pin.reveal(), id);
        row.sealed_pin = sealed;
    }
    row.state = action_state::succeeded;
    row.callback = std::nullopt;
    row.final_code = 0;
    row.message = answered.note;
    w.actions.insert(row);
    return action_id(id);
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
