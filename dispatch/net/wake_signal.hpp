#pragma once
// A coroutine sleeps until somebody calls: the one primitive behind joins and waits. Single io thread.
#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>

#include "dispatch/net/task.hpp"

namespace lockhub::dispatch {

// Asio's steady timer on the concrete executor.
using steady_timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, executor>;

// One waiting coroutine at a time. A set() while nobody waits makes the next wait return at once; several set() before
// a wait count as one. wait() never throws. The signal must outlive a wait under way.
class wake_signal {
  public:
    explicit wake_signal(executor where) : timer_(where) {}

    task<void> wait();
    task<void> wait_for(std::chrono::milliseconds longest);  // returns after that time, too
    void set();

  private:
    task<void> wait_on_timer();

    steady_timer timer_;
    bool set_ = false;
};

}  // namespace lockhub::dispatch
