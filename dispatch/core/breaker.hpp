#pragma once
// Stops calling a target that cannot be reached, and finds out with one call at a time when it can be again.
// Contact of any kind closes it: a target that refuses is alive. Pure; not thread-safe.
#include <cstdint>
#include <string_view>

#include "schemas/core/time.hpp"
#include "schemas/domain/delivery.hpp"

namespace lockhub::dispatch {

struct breaker_settings {
    std::uint32_t failures_to_open = 5;                   // in a row
    duration first_back_off = std::chrono::seconds(10);   // doubles with each failed probe …
    duration longest_back_off = std::chrono::minutes(5);  // … up to this
};

enum class breaker_state : std::uint8_t { closed, open, half_open };
std::string_view to_string(breaker_state state);

// True when an attempt that ended so says that the target could not be reached at all.
bool means_no_contact(error_class why);

class breaker {
  public:
    explicit breaker(breaker_settings settings = {}) : settings_(settings) {}

    breaker_state state() const { return state_; }
    // While open: when a probe may go out. Otherwise time_point::min().
    time_point open_until() const { return state_ == breaker_state::open ? open_until_ : time_point::min(); }
    std::uint32_t failures_in_a_row() const { return failures_; }

    bool allows(time_point now) const;
    // True when only one call may begin now: it is the probe.
    bool wants_probe(time_point now) const { return state_ == breaker_state::open && now >= open_until_; }

    // A call begins; only when allowed. From open it is the probe and makes the breaker half-open.
    void begin(time_point now);
    void contact();
    // Calls that began before the breaker opened and fail later change nothing.
    void no_contact(time_point now);
    // The call ended without saying anything about the target (interrupted, or never made): a probe may go out again.
    void abandoned(time_point now);

  private:
    void open(time_point now);

    breaker_settings settings_;
    breaker_state state_ = breaker_state::closed;
    std::uint32_t failures_ = 0;
    duration back_off_{};
    time_point open_until_{};
};

}  // namespace lockhub::dispatch
