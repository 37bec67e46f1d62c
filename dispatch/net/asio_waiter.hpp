#pragma once
// Waiting on the machine's own timers, for the running hub.
#include <memory>

#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::dispatch {

// Deadlines are wall-clock times, sleeps are steady: the wall clock is read again at least every 30 seconds, so a clock
// that was set forward or back is noticed by then. `time` outlives the waiters. io thread only.
class asio_waiters : public waiter_factory {
  public:
    asio_waiters(executor where, const clock& time) : where_(where), time_(time) {}

    std::unique_ptr<waiter> make_waiter() override;

  private:
    executor where_;
    const clock& time_;
};

}  // namespace lockhub::dispatch
