#include "dispatch/call_turns.hpp"

#include <algorithm>

#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

void call_turns::allow(std::size_t at_once) {
    at_once_ = at_once;
    grant();
}

void call_turns::give_back() {
    --taken_;
    grant();
}

void call_turns::grant() {
    while (taken_ < at_once_ && waiting() > 0) {
        auto& next = commands_.empty() ? questions_ : commands_;
        place& first = *next.front();
        next.pop_front();
        ++taken_;
        first.granted = true;
        first.signal->wake();
    }
}

task<std::optional<call_turns::turn>> call_turns::take(kind what, time_point until) {
    if (closed_ || waiting() >= limits::questions_waiting) co_return std::nullopt;
    place own{waiters_.make_waiter()};
    line(what).push_back(&own);
    grant();
    while (!own.granted && !closed_ && time_.now() < until) {
        co_await own.signal->wait_until(until);
    }
    if (own.granted) co_return turn(*this);
    std::erase(line(what), &own);
    co_return std::nullopt;
}

void call_turns::close() {
    closed_ = true;
    for (auto* waiting : commands_) waiting->signal->wake();
    for (auto* waiting : questions_) waiting->signal->wake();
}

}  // namespace lockhub::dispatch
