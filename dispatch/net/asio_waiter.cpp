#include "dispatch/net/asio_waiter.hpp"

#include <algorithm>

#include "dispatch/net/wake_signal.hpp"

namespace lockhub::dispatch {

namespace {

constexpr duration longest_sleep = std::chrono::seconds(30);

class asio_waiter : public waiter {
  public:
    asio_waiter(executor where, const clock& time) : signal_(where), time_(time) {}

    task<void> wait_until(time_point deadline) override {
        while (!woken_) {
            const auto now = time_.now();
            if (deadline <= now) break;
            co_await signal_.wait_for(std::min<duration>(deadline - now, longest_sleep));
        }
        woken_ = false;
    }

    void wake() override {
        woken_ = true;
        signal_.set();
    }

  private:
    wake_signal signal_;
    const clock& time_;
    bool woken_ = false;
};

}  // namespace

std::unique_ptr<waiter> asio_waiters::make_waiter() {
    return std::make_unique<asio_waiter>(where_, time_);
}

}  // namespace lockhub::dispatch
