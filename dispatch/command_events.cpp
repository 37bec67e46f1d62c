#include "dispatch/command_events.hpp"

#include <utility>
#include <variant>

namespace lockhub::dispatch {

command_event_type event_of(call_result<command_answer> said) {
    if (!said) {
        auto& failure = said.error();
        if (failure.what == call_failure::kind::answer_lost)
            return command_event::reply_lost{std::move(failure.why.message)};
        if (failure.what == call_failure::kind::cannot_encode) {
            if (failure.why.code == errc::timeout) return command_event::too_late{};
            return command_event::cannot_encode{std::move(failure.why.message)};
        }
        return command_event::not_sent{std::move(failure.why.message), failure.not_before};
    }
    if (auto* refused = std::get_if<reply::renew_token>(&said->reply)) {
        return command_event::token_refused_again{std::move(refused->message)};
    }
    auto* again = std::get_if<reply::retry>(&said->reply);
    if (again && !again->certain && !certainly_not_done(said->http_status)) {
        return command_event::reply_lost{std::move(again->message)};
    }
    return command_event::replied{std::move(said->reply)};
}

command_event_type event_of(call_result<probe_reply> said) {
    if (said) return command_event::probed{std::move(*said)};
    auto& failure = said.error();
    if (failure.what == call_failure::kind::cannot_encode) return command_event::cannot_ask{};
    return command_event::no_answer{std::move(failure.why.message), failure.not_before};
}

command_event_type event_without_turn(command_state state, time_point paused_until) {
    const bool paused = paused_until != time_point{};
    std::string why = paused ? "the lock cloud is busy" : "other calls to the lock cloud took too long";
    if (state == command_state::sending) return command_event::not_sent{std::move(why), paused_until};
    return command_event::no_answer{std::move(why), paused_until};
}

}  // namespace lockhub::dispatch
