#include "storage/sqlite/command_outcome.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/quhuhu/callback.hpp"
#include "storage/sqlite/lane.hpp"
#include "storage/sqlite/lane_keeping.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr int lock_error_code = -1;

action_state action_after(command_state state) {
    switch (state) {
        case command_state::done:
            return action_state::succeeded;
        case command_state::rejected:
            return action_state::failed;
        case command_state::expired:
            return action_state::expired;
        case command_state::superseded:
            return action_state::superseded;
        default:
            throw std::logic_error("a command that is not final gives no action its end");
    }
}

void call_back(workspace& w, const action_record& action, int final_code, time_point now) {
    const auto payload = quhuhu::result_payload(action.action, final_code);
    enqueue(w, {.lane = lane_of_room(action.room_row, lane_class::results),
                .kind = *action.callback,
                .pms = action.pms,
                .hotel = action.hotel,
                .room = action.room,
                .room_row = action.room_row,
                .action = action.action,
                .event = std::nullopt,
                .push = std::nullopt,
                .payload = payload,
                .created_at = now,
                .held_reason = w.policies.reason_to_hold(action.pms, *action.callback, {})});
}

void note_credential(workspace& w, const command_record& command, const action_record& action, time_point now) {
    if (command.credential_ref.empty()) return;
    if (command.verb == command_verb::set_pin || command.verb == command_verb::replace_pin)
        w.credentials.save_active({.lock_row = command.lock_row,
                                   .credential_ref = command.credential_ref,
                                   .purpose = action.manage ? "manage" : "guest",
                                   .room_row = action.room_row,
                                   .action = action.action,
                                   .valid_until = action.valid_until,
                                   .changed_at = now});
    if (command.verb == command_verb::remove_pin)
        w.credentials.mark_removed(command.lock_row, command.credential_ref, now);
}

void let_next_go(workspace& w, std::int64_t lock_row, time_point now) {
    if (const auto next = w.commands.let_next_go(lock_row, now)) w.hints.command_due(next->key, next->due_at);
}

}  // namespace

command_settled finish_command(workspace& w, command_record command, const command_end& end) {
    const auto now = w.now();
    const auto action = w.actions.find(command.action);
    if (!action || is_final(action->state))
        throw std::logic_error("a command ends whose action has its answer already");
    const auto state = action_after(end.state);
    int code = 0;
    if (state != action_state::succeeded) code = end.final_code != 0 ? end.final_code : lock_error_code;
    command.state = end.state;
    if (!end.credential_ref.empty()) command.credential_ref = end.credential_ref;
    w.commands.finish(command, now, end.message, end.vendor_code);
    w.actions.finish(command.action, state, code, end.message, now);
    if (state == action_state::succeeded) note_credential(w, command, *action, now);
    if (action->callback) call_back(w, *action, code, now);
    let_next_go(w, command.lock_row, now);
    return {.finished = true, .action = state};
}

command_settled apply_result_to(workspace& w, const command_record& command, const command_result& content) {
    if (content.ok)
        return finish_command(w, command,
                              {.state = command_state::done,
                               .final_code = 0,
                               .credential_ref = content.credential_ref,
                               .message = {},
                               .vendor_code = content.code});
    return finish_command(w, command,
                          {.state = command_state::rejected,
                           .final_code = lock_error_code,
                           .credential_ref = content.credential_ref,
                           .message = fmt::format("{} came back with code {}", content.service, content.code),
                           .vendor_code = content.code});
}

void leave_to_operator(workspace& w, command_record command, const std::string& message, std::int64_t vendor_code) {
    const auto now = w.now();
    command.state = command_state::unverifiable;
    w.commands.wait(command, now, message, vendor_code);
    w.actions.set_state(command.action, action_state::unverifiable, message);
    let_next_go(w, command.lock_row, now);
}

void take_back(workspace& w, command_record leased, time_point now) {
    leased.state = leased.state == command_state::polling ? command_state::awaiting : command_state::uncertain;
    w.commands.wait(leased, now, "the hub stopped during this call", 0);
    w.hints.command_due(leased.account, now);
}

}  // namespace lockhub::storage::sqlite
