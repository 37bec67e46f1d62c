#pragma once
// A loop's way to rest: until the time it found, or until something earlier turns up. Wakes the waiter only while the
// loop rests and only once, because a wake costs far more than the check. io thread only.
#include <memory>
#include <utility>

#include "dispatch/net/waiter.hpp"

namespace lockhub::dispatch {

class work_signal {
  public:
    explicit work_signal(waiter_factory& waiters) : waiter_(waiters.make_waiter()) {}

    task<void> rest_until(time_point deadline) {
        rests_until_ = deadline;
        co_await waiter_->wait_until(deadline);
        rests_until_ = time_point::min();
    }

    // There is something to do at `at`.
    void work_at(time_point at) {
        if (at >= rests_until_) return;
        rests_until_ = time_point::min();
        waiter_->wake();
    }
    void work_now() { work_at(time_point::min() + duration(1)); }

  private:
    std::unique_ptr<waiter> waiter_;
    time_point rests_until_ = time_point::min();  // min: it does not rest
};

}  // namespace lockhub::dispatch
