#include "storage/sqlite/command_units.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/quhuhu/access_texts.hpp"
#include "storage/sqlite/access_keeping.hpp"
#include "storage/sqlite/command_description.hpp"
#include "storage/sqlite/command_outcome.hpp"
#include "storage/sqlite/lock_units.hpp"
#include "storage/sqlite/pin_choice.hpp"
#include "storage/sqlite/seal_contexts.hpp"

namespace lockhub::storage::sqlite {

namespace {

// A call that begins counts at once: after a crash it may have reached the cloud.
void count_call(command_record& command) {
    command.lease_token += 1;
    if (command.state == command_state::pending) {
        command.state = command_state::sending;
        command.sends += 1;
        command.probes = 0;
        command.absent_probes = 0;
        return;
    }
    command.state = command.state == command_state::uncertain ? command_state::probing : command_state::polling;
    command.probes += 1;
}

void apply_counters(command_record& command, const command_settlement& s, time_point now) {
    const bool was_sending = command.state == command_state::sending;
    if (!s.count_attempt) {
        if (was_sending && command.sends > 0) command.sends -= 1;
        if (!was_sending && command.probes > 0) command.probes -= 1;
    } else if (!was_sending) {
        command.absent_probes = s.asked_absent ? command.absent_probes + 1 : 0;
    }
    if (s.next == command_state::awaiting && (was_sending || command.accepted_at == time_point{}))
        command.accepted_at = now;
    if (!s.ref.empty()) command.ref = s.ref;
    if (!s.credential_ref.empty() && command.verb != command_verb::remove_pin)
        command.credential_ref = s.credential_ref;
}

// What the call is about is decided when it is made, not when its action was opened: by then other actions have ended.
bool choose_subject(workspace& w, command_record& command, time_point now) {
    if (command.state != command_state::pending) return true;
    const auto action = w.actions.find(command.action);
    if (!action) throw std::logic_error("a command without its action");
    return choose_pin(w, command, *action, now) && choose_right(w, command, *action, now);
}

// A door that opens late opens for somebody else.
void end_stale_orders(workspace& w, std::string_view account, time_point now) {
    for (auto& order : w.commands.stale_orders(account, now - limits::open_door_validity, limits::lease_batch))
        finish_command(w, std::move(order),
                       {.state = command_state::expired, .message = std::string(quhuhu::order_expired_text)});
}

}  // namespace

result<std::vector<leased_command>> lease_commands(workspace& w, const command_lease_request& request) {
    const auto now = w.now();
    std::vector<leased_command> out;
    for (const auto& share : request.shares) {
        const auto& account = share.account.value;
        for (auto& lost : w.commands.expired_leases(account, now, limits::lease_batch)) take_back(w, lost, now);
        end_stale_orders(w, account, now);
        auto calls = w.commands.calls_of_gateways(account, w.accounts.calls_per_gateway(account));
        for (auto& command : w.commands.due(account, now, share.limit, calls)) {
            if (!choose_subject(w, command, now)) {
                if (!command.gateway.empty()) --calls.by_gateway[command.gateway];
                continue;
            }
            count_call(command);
            w.commands.lease(command, request.owner, now + request.lease);
            out.push_back(describe(w, command));
        }
        if (const auto next = w.commands.next_due(account, calls)) w.hints.command_due(account, *next);
    }
    return out;
}

result<command_settled> settle_command(workspace& w, const command_settlement& s) {
    auto command = w.commands.find(s.id.value);
    if (!command) return fail(errc::not_found, fmt::format("command {} is not known", s.id.value));
    if (!is_leased(command->state) || command->lease_token != s.lease_token)
        return fail(errc::conflict, fmt::format("the lease of command {} has moved on", s.id.value));
    if (is_leased(s.next)) return fail(errc::invalid_input, "a settlement cannot lease");
    const auto now = w.now();
    note_condition(w, command->lock_row, s.lock, now);
    if (s.credential_gone) w.credentials.mark_gone(command->lock_row, command->credential_ref, now);
    const bool newly_accepted = s.next == command_state::awaiting && command->state != command_state::polling;
    apply_counters(*command, s, now);
    if (is_final(s.next))
        return finish_command(w, std::move(*command),
                              {.state = s.next,
                               .final_code = s.final_code,
                               .credential_ref = {},
                               .message = s.message,
                               .vendor_code = s.vendor_code,
                               .card = s.card});
    if (s.next == command_state::unverifiable) {
        leave_to_operator(w, std::move(*command), s.message, s.vendor_code);
        return command_settled{.finished = false, .action = action_state::unverifiable};
    }
    // The result may have overtaken the answer that names its reference.
    if (!command->ref.empty()) {
        if (const auto parked = w.parked_results.claim(command->account, command->ref))
            return apply_result_to(w, *command, parked->content);
    }
    command->state = s.next;
    w.commands.wait(*command, s.due_at, s.message, s.vendor_code);
    tell_of_gateway(w, *command);
    w.hints.command_due(command->account, s.due_at);
    if (newly_accepted) note_acceptance(w, *command);
    return command_settled{.finished = false, .action = action_state::open};
}

result<nothing> save_token(workspace& w, const token_to_save& save) {
    const auto& account = save.account.value;
    w.tokens.save(account, w.seal.seal(save.token.value.reveal(), token_context(account)), save.token.expires_at);
    return nothing{};
}

result<std::vector<std::pair<account_id, access_token>>> load_tokens(workspace& w, const nothing&) {
    std::vector<std::pair<account_id, access_token>> out;
    for (const auto& row : w.tokens.load())
        out.emplace_back(account_id(row.account),
                         access_token{w.seal.open(row.sealed_token, token_context(row.account)), row.expires_at});
    return out;
}

}  // namespace lockhub::storage::sqlite
