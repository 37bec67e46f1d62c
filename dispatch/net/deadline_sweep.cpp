#include "dispatch/net/deadline_sweep.hpp"

#include <algorithm>

namespace lockhub::dispatch {

deadline_sweep::~deadline_sweep() {
    *alive_ = false;
}

void deadline_sweep::rest() {
    armed_ = false;
    timer_.cancel();
}

void deadline_sweep::add(entry& one, duration from_now) {
    one.deadline_ = after(from_now);
    entries_.push_back(one);
    if (!armed_ || one.deadline_ < timer_.expiry()) arm(one.deadline_);
}

steady_timer::time_point deadline_sweep::after(duration d) {
    probe_.expires_after(d);
    return probe_.expiry();
}

void deadline_sweep::arm(steady_timer::time_point when) {
    armed_ = true;
    timer_.expires_at(when);
    timer_.async_wait([this, alive = alive_](boost::system::error_code ec) {
        if (!ec && *alive) sweep();
    });
}

void deadline_sweep::sweep() {
    armed_ = false;
    const auto now = after(duration::zero());
    entries passed;
    for (auto it = entries_.begin(); it != entries_.end();) {
        auto& one = *it++;
        if (one.deadline_ <= now) {
            entries_.erase(entries_.iterator_to(one));
            passed.push_back(one);
        }
    }
    while (!passed.empty()) {
        auto& one = passed.front();
        passed.pop_front();
        one.deadline_passed();
    }
    if (entries_.empty()) return;
    const auto earliest = std::ranges::min_element(entries_, {}, [](const entry& e) { return e.deadline_; });
    arm(earliest->deadline_);
}

}  // namespace lockhub::dispatch
