#pragma once
// Waiting for a point in time or a call, whichever is first. The seam that lets the whole program run on virtual time.
#include <memory>

#include "dispatch/net/task.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::dispatch {

// One waiting coroutine at a time; wake() from the io thread. A wake while nobody waits makes the next wait return at
// once. Never throws, also not when the program stops: owners look at their stop flag after each wait.
class waiter {
  public:
    virtual ~waiter() = default;
    virtual task<void> wait_until(time_point deadline) = 0;
    virtual void wake() = 0;
};

class waiter_factory {
  public:
    virtual ~waiter_factory() = default;
    virtual std::unique_ptr<waiter> make_waiter() = 0;
};

}  // namespace lockhub::dispatch
