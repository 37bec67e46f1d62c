#pragma once
// Waits that a stop cuts short.
#include <memory>
#include <set>

#include "dispatch/net/waiter.hpp"

namespace lockhub::simulators {

class pauses {
  public:
    explicit pauses(dispatch::waiter_factory& waiters) : waiters_(waiters) {}

    // Returns at `deadline`, or at once when the program stops.
    dispatch::task<void> until(time_point deadline);
    void stop();
    bool stopping() const { return stopping_; }

  private:
    dispatch::waiter_factory& waiters_;
    std::set<dispatch::waiter*> waiting_;
    bool stopping_ = false;
};

}  // namespace lockhub::simulators
