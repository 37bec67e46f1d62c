#include "dispatch/directory_puller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "dispatch/core/directory_pull.hpp"
#include "dispatch/core/rate_window.hpp"
#include "dispatch/delivery_roster.hpp"

namespace lockhub::dispatch {

namespace {

// When the gate cannot say when there will be room again.
constexpr duration longest_gate_wait = std::chrono::milliseconds(100);

std::unexpected<directory_failure> failed(std::string why, std::string message) {
    return std::unexpected(directory_failure{std::move(why), std::move(message)});
}

}  // namespace

struct directory_puller::parts {
    struct pms_state {
        bool under_way = false;
        rate_window pulls{limits::directory_pulls_per_pms, identical_span};
    };

    // A PMS while it is being asked. Counted when it ends: no call of it was later.
    class turn {
      public:
        turn(pms_state& of, const clock& time) : of_(of), time_(time) { of_.under_way = true; }
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;
        ~turn() {
            of_.under_way = false;
            of_.pulls.note(time_.now());
        }

      private:
        pms_state& of_;
        const clock& time_;
    };

    task<directory_outcome> pull(directory_source source);
    task<directory_outcome> make_calls(directory_source source);
    task<bool> pass_gate(pms_id pms, time_point until);
    task<transport_result> call(wire::http_request request, const directory_source& source);

    transport& network;
    waiter_factory& waiters;
    const clock& time;
    directory_puller_options options;
    std::unordered_map<std::string, pms_state> systems;  // references stay good
    bool stopping = false;
};

task<directory_outcome> directory_puller::parts::pull(directory_source source) {
    auto& state = systems[source.pms.value];
    const time_point now = time.now();
    if (state.under_way) co_return failed("busy", "the PMS is being asked already");
    if (!state.pulls.allows(now)) {
        const auto wait = state.pulls.next_room(now) - now;
        co_return failed("too_often",
                         fmt::format("the PMS was asked {} times in the last 30 s; again in {}",
                                     limits::directory_pulls_per_pms, format_duration(wait + std::chrono::seconds(1))));
    }
    const turn mine(state, time);
    auto outcome = co_await make_calls(std::move(source));
    co_return outcome;
}

task<directory_outcome> directory_puller::parts::make_calls(directory_source source) {
    const time_point until = time.now() + options.pull_timeout;
    directory_pull steps(source);
    for (auto request = steps.next(); request; request = steps.next()) {
        const bool passed = co_await pass_gate(source.pms, until);
        if (stopping) co_return failed("interrupted", "the hub stops");
        if (!passed)
            co_return failed("timeout", fmt::format("{}: not told within {}", to_string(steps.asking()),
                                                    format_duration(options.pull_timeout)));
        const auto answer = co_await call(*std::move(request), source);
        if (auto taken = steps.take(answer); !taken) co_return std::unexpected(std::move(taken.error()));
    }
    co_return steps.finish();
}

// False when the time for the whole pull is over first.
task<bool> directory_puller::parts::pass_gate(pms_id pms, time_point until) {
    const auto wait = waiters.make_waiter();
    while (!stopping && time.now() < until) {
        const time_point now = time.now();
        const time_point at = options.gate.begin ? options.gate.begin(pms) : now;
        if (at <= now) co_return true;
        const time_point soon = std::min(now + longest_gate_wait, until);
        co_await wait->wait_until(std::min(at, soon));
    }
    co_return false;
}

task<transport_result> directory_puller::parts::call(wire::http_request request, const directory_source& source) {
    struct at_end {
        const call_gate& gate;
        pms_id pms;
        ~at_end() {
            if (gate.end) gate.end(pms);
        }
    } const leave{options.gate, source.pms};
    const transport_options how{.timeout = options.call_timeout, .private_addresses = source.private_addresses};
    auto answer = co_await network.send(std::move(request), how);
    co_return answer;
}

directory_puller::directory_puller(transport& network, waiter_factory& waiters, const clock& time,
                                   directory_puller_options options)
    : parts_(std::make_unique<parts>(network, waiters, time, std::move(options))) {}

directory_puller::~directory_puller() = default;

task<directory_outcome> directory_puller::pull(directory_source source) {
    return parts_->pull(std::move(source));
}

void directory_puller::stop() {
    parts_->stopping = true;
}

}  // namespace lockhub::dispatch
