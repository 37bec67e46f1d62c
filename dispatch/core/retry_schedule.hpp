#pragma once
// When a failed delivery is tried again. Pure: the random number and the wait the target asked for come in.
#include <cstdint>
#include <optional>
#include <vector>

#include "schemas/core/time.hpp"
#include "schemas/domain/delivery.hpp"

namespace lockhub::dispatch {

inline constexpr double retry_jitter = 0.2;  // a step is stretched or shortened by this part
inline constexpr duration least_wait_of_a_busy_target = std::chrono::seconds(60);  // after a timeout or a 429
inline constexpr duration longest_retry_after = std::chrono::hours(24);            // beyond: cut

class retry_schedule {
  public:
    retry_schedule();  // 8 s, 15 s, 30 s, 2 min, 10 min, 30 min, 2 h, 6 h, 12 h, 24 h
    explicit retry_schedule(std::vector<duration> steps);  // throws std::invalid_argument: none, or one not above zero

    const std::vector<duration>& steps() const { return steps_; }

    // The wait before the next attempt when attempt number `attempt` (1 is the first) failed; nullopt when the schedule
    // is used up. `random` is in [0, 1). A target's Retry-After can only make the wait longer.
    std::optional<duration> wait_after(std::uint32_t attempt, error_class why, std::optional<duration> retry_after,
                                       double random) const;

  private:
    std::vector<duration> steps_;
};

}  // namespace lockhub::dispatch
