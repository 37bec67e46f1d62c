#include "dispatch/net/wake_signal.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace lockhub::dispatch {

task<void> wake_signal::wait() {
    if (!set_) {
        timer_.expires_at(steady_timer::time_point::max());
        co_await wait_on_timer();
    }
    set_ = false;
}

task<void> wake_signal::wait_for(std::chrono::milliseconds longest) {
    if (!set_) {
        timer_.expires_after(longest);
        co_await wait_on_timer();
    }
    set_ = false;
}

task<void> wake_signal::wait_on_timer() {
    boost::system::error_code ignored;  // cancelled is the wake itself
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable_t<executor>{}, ignored));
}

void wake_signal::set() {
    set_ = true;
    timer_.cancel();
}

}  // namespace lockhub::dispatch
