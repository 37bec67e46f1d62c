#include "tests/simulators/program/pauses.hpp"

namespace lockhub::simulators {

dispatch::task<void> pauses::until(time_point deadline) {
    if (stopping_) co_return;
    const auto waiter = waiters_.make_waiter();
    waiting_.insert(waiter.get());
    co_await waiter->wait_until(deadline);
    waiting_.erase(waiter.get());
}

void pauses::stop() {
    stopping_ = true;
    for (dispatch::waiter* waiter : waiting_) waiter->wake();
}

}  // namespace lockhub::simulators
