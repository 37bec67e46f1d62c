#pragma once
// At most `limit` calls in any stretch of time of length `span`, wherever it begins. Exact: a call leaves the window
// when `span` has passed to the millisecond. A clock that was set back makes no call later than now: what then lies
// ahead counts as made now. Holds `limit` times at most. Not thread-safe.
#include <cstddef>
#include <vector>

#include "schemas/core/time.hpp"

namespace lockhub::dispatch {

class rate_window {
  public:
    rate_window(std::size_t limit, duration span);  // throws std::invalid_argument for a limit of zero or no span

    // How many calls may begin at `now`.
    std::size_t room(time_point now);
    bool allows(time_point now) { return room(now) > 0; }

    // The earliest time at which `calls` calls may begin together, if none is noted meanwhile: `now` when they may at
    // once, time_point::max() when the limit never lets that many.
    time_point next_room(time_point now, std::size_t calls = 1);

    // A call was made. Also restores: times come in any order, only the latest `limit` are kept.
    void note(time_point at);

    bool idle(time_point now) { return room(now) == limit_; }

  private:
    // The index-th latest call, 0 being the latest.
    time_point latest(std::size_t index) const;

    std::size_t limit_;
    duration span_;
    std::vector<time_point> calls_;  // a ring once it has `limit_` entries, oldest at head_
    std::size_t head_ = 0;
};

}  // namespace lockhub::dispatch
