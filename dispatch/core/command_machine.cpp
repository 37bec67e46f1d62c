#include "dispatch/core/command_machine.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dispatch/core/assure.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/quhuhu/access_texts.hpp"

namespace lockhub::dispatch {

namespace {

using namespace std::chrono_literals;
using storage::command_settlement;
using storage::leased_command;

constexpr std::string_view expired_message = "下发超时";

// Grows with the command's age, because calls that were never made leave no count behind.
duration back_off_at_age(duration age) {
    constexpr std::array<duration, 5> steps = {8s, 15s, 30s, 2min, 10min};
    duration until{};
    for (const duration step : steps) {
        until += step;
        if (age < until) return step;
    }
    return steps.back();
}

duration wait_after_question(std::uint32_t questions) {
    constexpr std::array<duration, 3> steps = {15s, 30s, 60s};
    return steps[std::clamp<std::size_t>(questions, 1, steps.size()) - 1];
}

bool opens_door(const leased_command& command) {
    return command.command.verb == command_verb::open_door;
}

time_point unsent_expires_at(const leased_command& command, const command_rules& rules) {
    const duration validity = opens_door(command)
                                  ? std::min<duration>(limits::open_door_validity, rules.result_expires_after)
                                  : rules.result_expires_after;
    return command.opened_at + validity;
}

struct machine {
    const leased_command& command;
    const command_rules& rules;
    time_point now;

    command_settlement to(command_state next, std::string_view message) const {
        command_settlement out;
        out.id = command.id;
        out.lease_token = command.lease_token;
        out.next = next;
        out.message = std::string(clip_utf8(message, limits::attempt_message_bytes));
        return out;
    }

    void must_be(bool holds) const { assure(holds, "a command event that cannot come in this state"); }
    bool sending() const { return command.state == command_state::sending; }
    bool polling() const { return command.state == command_state::polling; }

    time_point unsent_expires_at() const { return dispatch::unsent_expires_at(command, rules); }
    time_point result_expires_at() const {
        const time_point from = command.accepted_at == time_point{} ? command.opened_at : command.accepted_at;
        return from + rules.result_expires_after;
    }

    command_settlement expired() const {
        auto out = to(command_state::expired, opens_door(command) ? quhuhu::order_expired_text : expired_message);
        out.final_code = code_of_failure;
        return out;
    }

    command_settlement failed(std::string_view message, std::int64_t vendor_code) const {
        auto out = to(command_state::rejected, message);
        out.final_code = code_of_failure;
        out.vendor_code = vendor_code;
        return out;
    }

    command_settlement done(std::string credential_ref) const {
        auto out = to(command_state::done, "");
        out.credential_ref = std::move(credential_ref);
        return out;
    }

    // What was to be taken away is not there.
    command_settlement already_removed(const reply::rejected& said) const {
        auto out = to(command_state::done, said.message);
        out.vendor_code = said.code;
        out.credential_gone = true;
        return out;
    }

    // Sent (again) later. Only when the cloud certainly has nothing of it.
    command_settlement pending(time_point due_at, std::string_view why) const {
        if (now >= unsent_expires_at()) return expired();
        auto out = to(command_state::pending, why);
        out.due_at = std::min(due_at, unsent_expires_at());
        return out;
    }

    command_settlement pending_after_back_off(std::string_view why, duration at_least = {}) const {
        return pending(now + std::max(back_off_at_age(now - command.opened_at), at_least), why);
    }

    command_settlement awaiting(time_point due_at, std::string_view message) const {
        auto out = to(command_state::awaiting, message);
        out.due_at = due_at;
        return out;
    }

    command_settlement newly_accepted(std::string ref, std::string credential_ref) const {
        auto out = awaiting(now + std::min(rules.result_poll_after, rules.result_expires_after), "");
        out.ref = std::move(ref);
        out.credential_ref = std::move(credential_ref);
        return out;
    }

    command_settlement uncertain(time_point due_at, std::string_view why) const {
        auto out = to(command_state::uncertain, why);
        out.due_at = due_at;
        return out;
    }

    command_settlement door_unknown() const { return to(command_state::unverifiable, quhuhu::door_unknown_text); }

    command_settlement still_no_result(std::string_view why) const {
        if (now >= result_expires_at()) return expired();
        return awaiting(std::min(now + rules.result_poll_after, result_expires_at()), why);
    }

    command_settlement still_in_doubt(time_point due_at, std::string_view why) const {
        if (now >= command.opened_at + rules.doubt_ends_after) return to(command_state::unverifiable, why);
        return uncertain(due_at, why);
    }

    command_settlement absent() const {
        if (polling()) return still_no_result("the cloud does not show it yet");
        const bool said_before = command.absent_probes > 0;
        auto out = said_before
                       ? pending(now, "the cloud has twice said that it knows nothing of it")
                       : uncertain(now + absent_twice_apart, "the cloud knows nothing of it; it is asked once more");
        out.asked_absent = true;
        return out;
    }

    // --- replies
    command_settlement operator()(const reply::accepted& said) const {
        return newly_accepted(said.ref, said.credential_ref);
    }
    command_settlement operator()(const reply::done& said) const {
        auto out = done(said.facts.credential_ref);
        out.lock = {said.facts.online, said.facts.battery_percent, said.facts.signal_percent};
        out.card = said.facts.card;
        return out;
    }
    command_settlement operator()(const reply::rejected& said) const {
        const auto verb = command.command.verb;
        if (said.credential_unknown && verb == command_verb::remove_pin) return already_removed(said);
        if (!said.credential_unknown || verb != command_verb::replace_pin) {
            auto out = failed(said.message, said.code);
            out.lock.online = said.online;
            return out;
        }
        auto out = pending(now, "the lock has no such PIN any more; a new one is set");
        out.credential_gone = true;
        return out;
    }
    command_settlement operator()(const reply::retry& said) const {
        return pending_after_back_off(said.message, said.after.value_or(duration::zero()));
    }
    command_settlement operator()(const reply::renew_token&) const {
        must_be(false);
        return {};
    }

    // --- answers to a question
    command_settlement operator()(const probe::absent&) const { return absent(); }
    command_settlement operator()(const probe::running& said) const {
        auto out = polling() ? still_no_result("under way") : newly_accepted("", said.credential_ref);
        out.credential_ref = said.credential_ref;
        return out;
    }
    command_settlement operator()(const probe::done& said) const {
        auto out = done(said.credential_ref);
        out.card = said.card;
        return out;
    }
    command_settlement operator()(const probe::failed& said) const { return failed(said.message, 0); }
    command_settlement operator()(const probe::undecided& said) const {
        if (polling()) return still_no_result(said.message);
        return to(command_state::unverifiable, said.message);
    }
    command_settlement operator()(const probe::unclear& said) const {
        if (polling()) return still_no_result(said.message);
        return still_in_doubt(now + wait_after_question(command.probes), said.message);
    }

    // --- events
    command_settlement operator()(const command_event::replied& event) const {
        must_be(sending());
        return std::visit(*this, event.reply);
    }
    command_settlement operator()(const command_event::token_refused_again& event) const {
        must_be(sending());
        return pending_after_back_off(event.message);
    }
    command_settlement operator()(const command_event::not_sent& event) const {
        must_be(sending());
        auto out = pending(std::max(now + back_off_at_age(now - command.opened_at), event.not_before), event.why);
        out.count_attempt = false;
        return out;
    }
    command_settlement operator()(const command_event::reply_lost& event) const {
        must_be(sending());
        if (opens_door(command)) return door_unknown();
        return uncertain(now + first_probe_after, event.why);
    }
    command_settlement operator()(const command_event::too_late&) const {
        must_be(sending());
        auto out = expired();
        out.count_attempt = false;
        return out;
    }
    command_settlement operator()(const command_event::cannot_encode& event) const {
        must_be(sending());
        auto out = failed(event.why, 0);
        out.count_attempt = false;
        return out;
    }
    command_settlement operator()(const command_event::probed& event) const {
        must_be(!sending());
        return std::visit(*this, event.reply);
    }
    command_settlement operator()(const command_event::no_answer& event) const {
        must_be(!sending());
        if (polling()) return still_no_result(event.why);
        return still_in_doubt(std::max(now + wait_after_question(command.probes), event.not_before), event.why);
    }
    command_settlement operator()(const command_event::cannot_ask&) const {
        must_be(!sending());
        if (opens_door(command)) return door_unknown();
        if (!polling()) return to(command_state::unverifiable, "the reply was lost, and this cloud cannot be asked");
        if (now >= result_expires_at()) return expired();
        return awaiting(result_expires_at(), "");
    }
    command_settlement operator()(const command_event::interrupted&) const {
        auto out = sending()   ? to(command_state::pending, "the hub stopped")
                   : polling() ? awaiting(now, "the hub stopped")
                               : uncertain(now, "the hub stopped");
        out.due_at = now;
        out.count_attempt = false;
        return out;
    }
};

}  // namespace

bool certainly_not_done(int http_status) {
    if (http_status == 408) return false;
    return http_status == 503 || (http_status >= 400 && http_status < 500);
}

bool expired_unsent(const leased_command& command, const command_rules& rules, time_point now) {
    return command.state == command_state::sending && now >= unsent_expires_at(command, rules);
}

command_settlement settle_expired(const leased_command& command) {
    const command_rules rules;
    auto out = machine{command, rules, {}}.expired();
    out.count_attempt = false;
    return out;
}

command_settlement settle_command(const leased_command& command, const command_event_type& event,
                                  const command_rules& rules, time_point now) {
    return std::visit(machine{command, rules, now}, event);
}

}  // namespace lockhub::dispatch
