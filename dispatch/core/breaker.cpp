#include "dispatch/core/breaker.hpp"

#include <algorithm>

namespace lockhub::dispatch {

std::string_view to_string(breaker_state state) {
    switch (state) {
        case breaker_state::closed:
            return "closed";
        case breaker_state::open:
            return "open";
        case breaker_state::half_open:
            return "half_open";
    }
    return "closed";
}

bool means_no_contact(error_class why) {
    switch (why) {
        case error_class::timeout:
        case error_class::dns:
        case error_class::tls:
        case error_class::connection_refused:
        case error_class::connection_lost:
        case error_class::address_forbidden:
        case error_class::bad_url:
            return true;
        default:
            return false;
    }
}

bool breaker::allows(time_point now) const {
    return state_ == breaker_state::closed || wants_probe(now);
}

void breaker::begin(time_point now) {
    if (wants_probe(now)) state_ = breaker_state::half_open;
}

void breaker::contact() {
    state_ = breaker_state::closed;
    failures_ = 0;
    back_off_ = duration::zero();
}

void breaker::no_contact(time_point now) {
    if (state_ == breaker_state::open) return;
    ++failures_;
    if (state_ == breaker_state::half_open || failures_ >= settings_.failures_to_open) open(now);
}

void breaker::abandoned(time_point now) {
    if (state_ != breaker_state::half_open) return;
    state_ = breaker_state::open;
    open_until_ = now;
}

void breaker::open(time_point now) {
    back_off_ =
        back_off_ == duration::zero() ? settings_.first_back_off : std::min(back_off_ * 2, settings_.longest_back_off);
    state_ = breaker_state::open;
    open_until_ = now + back_off_;
}

}  // namespace lockhub::dispatch
