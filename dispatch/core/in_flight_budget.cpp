#include "dispatch/core/in_flight_budget.hpp"

#include <algorithm>

#include "dispatch/core/assure.hpp"

namespace lockhub::dispatch {

std::size_t in_flight_budget::room(key who) const {
    if (free() == 0) return 0;
    const std::size_t share = std::min(most(who), std::max<std::size_t>(1, free() / part_of_free_));
    const std::size_t used = in_flight(who);
    return used < share ? std::min(share - used, free()) : 0;
}

void in_flight_budget::set_most(key who, std::size_t calls) {
    if (who >= most_of_.size()) most_of_.resize(who + 1, 0);
    most_of_[who] = calls;
}

void in_flight_budget::take(key who, std::size_t calls) {
    assure(calls <= free(), "more calls in flight than the hub allows");
    if (who >= used_by_.size()) used_by_.resize(who + 1, 0);
    used_by_[who] += static_cast<std::uint32_t>(calls);
    used_ += calls;
}

void in_flight_budget::give_back(key who, std::size_t calls) {
    assure(calls <= in_flight(who), "a call ended that never began");
    used_by_[who] -= static_cast<std::uint32_t>(calls);
    used_ -= calls;
}

}  // namespace lockhub::dispatch
