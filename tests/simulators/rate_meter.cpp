#include "tests/simulators/rate_meter.hpp"

#include <algorithm>

namespace lockhub::simulators {

namespace {

// A window is half open: what happened exactly one width ago is no longer in it.
std::size_t slide(std::deque<time_point>& window, time_point at, duration width) {
    window.push_back(at);
    while (window.front() <= at - width) window.pop_front();
    return window.size();
}

}  // namespace

void rate_meter::count(const std::string& request, time_point at) {
    most_in_a_second_ = std::max(most_in_a_second_, slide(last_second_, at, std::chrono::seconds(1)));
    constexpr std::size_t many = 10'000;  // then requests that fell silent are forgotten
    if (last_30s_.size() > many) {
        std::erase_if(last_30s_,
                      [&](const auto& entry) { return entry.second.back() <= at - std::chrono::seconds(30); });
    }
    most_identical_ = std::max(most_identical_, slide(last_30s_[request], at, std::chrono::seconds(30)));
}

}  // namespace lockhub::simulators
