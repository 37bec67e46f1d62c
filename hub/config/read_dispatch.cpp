#include <fmt/format.h>

#include "hub/config/durations.hpp"
#include "hub/config/sections.hpp"

namespace lockhub::hub {

namespace {

using namespace std::chrono_literals;

// A call must end before its lease does, or another attempt could begin beside it.
constexpr duration longest_call = limits::lease_duration - 10s;

void read_schedule(section& in, std::vector<duration>& into) {
    std::vector<std::string> texts;
    if (!in.read("retry_schedule", texts)) return;
    if (texts.empty() || texts.size() > limits::retry_steps) {
        in.problem("retry_schedule", fmt::format("'retry_schedule' must have 1 to {} steps", limits::retry_steps));
        return;
    }
    std::vector<duration> steps;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto step = parse_duration(texts[i]);
        if (!step || *step < 1s || *step > 24h * 7) {
            in.problems().add(in.item_at("retry_schedule", i),
                              fmt::format("'{}' in 'retry_schedule' is no duration from \"1s\" to \"7d\"", texts[i]));
            continue;
        }
        steps.push_back(*step);
    }
    into = std::move(steps);
}

}  // namespace

void read_dispatch(const setting& table, dispatch_config& into, findings& found) {
    section in(table, "[dispatch]", found.problems);
    read_schedule(in, into.retry_schedule);
    in.read("callback_timeout", into.callback_timeout, 100ms, longest_call);
    in.read("vendor_timeout", into.vendor_timeout, 100ms, longest_call);
    in.read("result_poll_after", into.result_poll_after, 1s, 24h);
    in.read("result_expires_after", into.result_expires_after, 2s, 24h * 7);
    in.read("doubt_ends_after", into.doubt_ends_after, 5s, 24h * 7);
    if (into.result_expires_after <= into.result_poll_after) {
        const auto key = in.has("result_expires_after") ? "result_expires_after" : "result_poll_after";
        in.problem(key, fmt::format("'result_expires_after' ({}) must be longer than 'result_poll_after' ({})",
                                    write_duration(into.result_expires_after), write_duration(into.result_poll_after)));
    }
    in.finish();
}

}  // namespace lockhub::hub
