#include "dispatch/net/task_group.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "dispatch/net/wake_signal.hpp"

namespace lockhub::dispatch {

// Shared with the completion of each task: when an io_context is destroyed with tasks still in it, their frames go
// after the group.
struct task_group::state {
    state(executor e, failure_sink sink) : where(e), on_failure(std::move(sink)), all_ended(e) {}

    void ended(const std::string& name, const std::exception_ptr& failure) {
        if (--running == 0) all_ended.set();
        if (!failure || !on_failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            on_failure(name, e.what());
        } catch (...) {
            on_failure(name, "an exception of unknown type");
        }
    }

    executor where;
    failure_sink on_failure;
    std::size_t running = 0;
    wake_signal all_ended;
};

task_group::task_group(executor where, failure_sink on_failure)
    : state_(std::make_shared<state>(where, std::move(on_failure))) {}

task_group::~task_group() {
    if (state_->running == 0) return;
    fmt::print(stderr, "task_group: destroyed with {} tasks running\n", state_->running);
    std::abort();
}

void task_group::spawn(std::string name, task<void> work) {
    ++state_->running;
    asio::co_spawn(
        state_->where, std::move(work),
        [held = state_, what = std::move(name)](const std::exception_ptr& failure) { held->ended(what, failure); });
}

std::size_t task_group::running() const {
    return state_->running;
}

task<void> task_group::join() {
    const auto held = state_;
    while (held->running > 0) {
        co_await held->all_ended.wait();
    }
}

}  // namespace lockhub::dispatch
