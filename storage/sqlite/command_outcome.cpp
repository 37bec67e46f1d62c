#include "storage/sqlite/command_outcome.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "storage/sqlite/access_keeping.hpp"
#include "storage/sqlite/action_end.hpp"
#include "storage/sqlite/action_steps.hpp"
#include "storage/sqlite/drift_keeping.hpp"

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

struct outcome {
    std::optional<command_verb> next;
    action_outcome end;
};

outcome outcome_of(workspace& w, const command_record& command, action_record& action, const command_end& end,
                   time_point now) {
    const auto state = action_after(end.state);
    const bool no_answer = state == action_state::failed || state == action_state::expired;
    if (no_answer && failed_without_harm(w, command, action, now))
        return {.next = std::nullopt, .end = {action_state::succeeded, 0, end.message}};
    if (state != action_state::succeeded) {
        note_refuted_right(w, command, action, now);
        const int code = end.final_code != 0 ? end.final_code : lock_error_code;
        return {.next = std::nullopt, .end = {.state = state, .final_code = code, .message = end.message}};
    }
    auto done = apply_done_step(w, command, action, end.card, now);
    if (done.next) return {.next = done.next, .end = {}};
    if (done.final_code == 0) return {.next = std::nullopt, .end = {state, 0, end.message}};
    return {.next = std::nullopt, .end = {action_state::failed, done.final_code, std::move(done.message)}};
}

void take_next_step(workspace& w, const command_record& before, const action_record& action, command_verb verb,
                    time_point now) {
    if (action.state == action_state::unverifiable) w.actions.set_state(action.action, action_state::open, "");
    const bool may_go = w.commands.insert_next_step({.action = before.action,
                                                     .account = before.account,
                                                     .lock_row = before.lock_row,
                                                     .verb = verb,
                                                     .credential_ref = {},
                                                     .opened_at = now});
    if (may_go) w.hints.command_due(before.account, now);
}

void let_next_go(workspace& w, std::int64_t lock_row, time_point now) {
    if (const auto next = w.commands.let_next_go(lock_row, now)) w.hints.command_due(next->key, next->due_at);
}

}  // namespace

command_settled finish_command(workspace& w, command_record command, const command_end& end) {
    const auto now = w.now();
    auto action = w.actions.find(command.action);
    if (!action || is_final(action->state))
        throw std::logic_error("a command ends whose action has its answer already");
    // What is taken back is what the call named, whatever the result calls it.
    if (!end.credential_ref.empty() && command.verb != command_verb::remove_pin)
        command.credential_ref = end.credential_ref;
    const auto outcome = outcome_of(w, command, *action, end, now);
    const bool was_called = is_leased(command.state);
    command.state = end.state;
    w.commands.finish(command, now, end.message, end.vendor_code);
    if (was_called) tell_of_gateway(w, command);
    if (outcome.next) {
        take_next_step(w, command, *action, *outcome.next, now);
    } else {
        end_action(w, *action, command.account, outcome.end, now);
    }
    note_pin_end(w, command, *action, outcome.next ? std::nullopt : std::optional(outcome.end), now);
    let_next_go(w, command.lock_row, now);
    if (outcome.next) return {.finished = false, .action = action_state::open};
    return {.finished = true, .action = outcome.end.state};
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

void note_acceptance(workspace& w, const command_record& command) {
    const auto action = w.actions.find(command.action);
    if (!action || !is_last_step(w, command, *action, w.now())) return;
    w.hints.action_moved({.action = action_id(command.action),
                          .state = action_state::open,
                          .accepted = true,
                          .final_code = std::nullopt,
                          .message = {}});
}

void leave_to_operator(workspace& w, command_record command, const std::string& message, std::int64_t vendor_code) {
    const auto now = w.now();
    command.state = command_state::unverifiable;
    w.commands.wait(command, now, message, vendor_code);
    if (const auto action = w.actions.find(command.action)) note_possible_right(w, command, *action, now);
    tell_of_gateway(w, command);
    w.actions.set_state(command.action, action_state::unverifiable, message);
    w.hints.action_moved({.action = action_id(command.action),
                          .state = action_state::unverifiable,
                          .accepted = false,
                          .final_code = std::nullopt,
                          .message = message});
    if (const auto action = w.actions.find(command.action)) note_pin_doubt(w, command, *action, now);
    let_next_go(w, command.lock_row, now);
}

void take_back(workspace& w, command_record leased, time_point now) {
    leased.state = leased.state == command_state::polling ? command_state::awaiting : command_state::uncertain;
    w.commands.wait(leased, now, "the hub stopped during this call", 0);
    w.hints.command_due(leased.account, now);
}

void tell_of_gateway(workspace& w, const command_record& ended) {
    const auto gateway = w.locks.gateway_of(ended.lock_row);
    if (gateway.empty()) return;
    if (const auto next = w.commands.next_due_behind(ended.account, gateway)) w.hints.command_due(ended.account, *next);
}

}  // namespace lockhub::storage::sqlite
