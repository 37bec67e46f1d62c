#include "dispatch/core/retry_schedule.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace lockhub::dispatch {

using namespace std::chrono_literals;

retry_schedule::retry_schedule() : steps_{8s, 15s, 30s, 2min, 10min, 30min, 2h, 6h, 12h, 24h} {}

retry_schedule::retry_schedule(std::vector<duration> steps) : steps_(std::move(steps)) {
    if (steps_.empty()) throw std::invalid_argument("a retry schedule needs one step at least");
    if (std::ranges::any_of(steps_, [](duration step) { return step <= duration::zero(); })) {
        throw std::invalid_argument("a step of a retry schedule must be longer than zero");
    }
}

std::optional<duration> retry_schedule::wait_after(std::uint32_t attempt, error_class why,
                                                   std::optional<duration> retry_after, double random) const {
    if (attempt > steps_.size()) return std::nullopt;
    const duration step = steps_[std::max<std::uint32_t>(attempt, 1) - 1];
    const double factor = 1.0 + retry_jitter * (2.0 * std::clamp(random, 0.0, 1.0) - 1.0);
    duration wait{static_cast<duration::rep>(static_cast<double>(step.count()) * factor)};
    if (why == error_class::timeout || why == error_class::http_429) wait = std::max(wait, least_wait_of_a_busy_target);
    if (retry_after) wait = std::max(wait, std::min(*retry_after, longest_retry_after));
    return wait;
}

}  // namespace lockhub::dispatch
