#include "dispatch/call_turns.hpp"

#include <algorithm>

#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

namespace {

constexpr duration a_second = std::chrono::seconds(1);

}  // namespace

void call_turns::allow(call_ceilings ceilings) {
    const bool other_rate = ceilings.per_second != ceilings_.per_second;
    ceilings_ = ceilings;
    if (other_rate) {
        window_.reset();
        if (ceilings.per_second > 0) window_.emplace(ceilings.per_second, a_second);
    }
    grant();
}

void call_turns::pause(time_point until) {
    paused_until_ = until;
    for (auto& waiting : lines_) {
        for (auto* one : waiting) {
            if (one->until <= until) one->signal->wake();
        }
    }
}

void call_turns::call_ended() {
    --calling_;
    if (window_) window_->note(time_.now());
}

void call_turns::give_back(kind what) {
    --taken_by(what);
    call_ended();
    grant();
}

bool call_turns::has_place(line_of who) const {
    if (who == line_of::another_call) return true;  // it has one
    if (ceilings_.at_once > 0) return taken() < ceilings_.at_once;
    const auto what = who == line_of::commands ? kind::command : kind::question;
    return taken_[static_cast<std::size_t>(what)] < limits::commands_in_flight_per_account;
}

std::deque<call_turns::place*>* call_turns::next_line() {
    for (const auto who : {line_of::another_call, line_of::commands, line_of::questions}) {
        if (!line(who).empty() && has_place(who)) return &line(who);
    }
    return nullptr;
}

time_point call_turns::pause_end(time_point now) const {
    // Farther ahead than the longest pause, the clock was set back meanwhile.
    const bool paused = now < paused_until_ && paused_until_ <= now + limits::longest_busy_pause;
    return paused ? paused_until_ : now;
}

time_point call_turns::next_call_at(time_point now) {
    const time_point by_rate = window_ ? window_->next_room(now, calling_ + 1) : now;
    return std::max(by_rate, pause_end(now));
}

// Who is first and waits for nothing but time gets a look at the clock when that time comes.
void call_turns::grant() {
    if (closed_) return;
    const time_point now = time_.now();
    while (auto* next = next_line()) {
        place& first = *next->front();
        if (next_call_at(now) > now) return first.signal->wake();
        const auto what = next == &line(line_of::questions) ? kind::question : kind::command;
        if (next != &line(line_of::another_call)) ++taken_by(what);
        ++calling_;
        next->pop_front();
        first.granted = true;
        first.signal->wake();
    }
}

task<bool> call_turns::stand_in(line_of who, time_point until) {
    // Commands are bounded by their leases.
    if (closed_ || (who == line_of::questions && line(who).size() >= limits::questions_waiting)) co_return false;
    place own{waiters_.make_waiter(), until};
    line(who).push_back(&own);
    grant();
    for (;;) {
        const time_point now = time_.now();
        if (own.granted || closed_ || now >= until || pause_end(now) >= until) break;
        time_point look_again = until;
        if (line(who).front() == &own && has_place(who)) {
            if (const time_point next = next_call_at(now); next > now) look_again = std::min(until, next);
        }
        co_await own.signal->wait_until(look_again);
        if (!own.granted && look_again <= time_.now() && look_again < until) grant();
    }
    if (own.granted) co_return true;
    std::erase(line(who), &own);
    grant();
    co_return false;
}

task<std::optional<call_turns::turn>> call_turns::take(kind what, time_point until) {
    const bool granted = co_await stand_in(what == kind::command ? line_of::commands : line_of::questions, until);
    if (!granted) co_return std::nullopt;
    co_return turn(*this, what);
}

task<bool> call_turns::turn::again(time_point until) {
    of_->call_ended();
    const bool granted = co_await of_->stand_in(line_of::another_call, until);
    // What is given back at the end is a call under way.
    if (!granted) ++of_->calling_;
    co_return granted;
}

void call_turns::close() {
    closed_ = true;
    for (auto& waiting : lines_) {
        for (auto* one : waiting) one->signal->wake();
    }
}

}  // namespace lockhub::dispatch
