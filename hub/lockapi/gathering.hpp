#pragma once
// Tasks beside a request, waited for together until a point in time. What has not ended by then goes on by itself, and
// the group it was spawned in joins it. io thread only.
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "dispatch/net/task_group.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::hub {

using dispatch::task;

class gathering {
  public:
    // All outlive the wait; the group and the waiters outlive the tasks, too.
    gathering(dispatch::task_group& group, dispatch::waiter_factory& waiters, const clock& time);
    ~gathering();
    gathering(const gathering&) = delete;
    gathering& operator=(const gathering&) = delete;

    void add(std::string name, task<void> work);

    // False: some still run at `deadline`.
    task<bool> wait_until(time_point deadline);

  private:
    struct state;
    static task<void> carry(std::shared_ptr<state> shared, task<void> work);

    dispatch::task_group& group_;
    const clock& time_;
    std::shared_ptr<state> state_;
};

// The value of one task, or nullopt when it has none by `deadline`. Rethrows what the task threw in time; what it
// throws later goes to the group.
template <class T>
task<std::optional<T>> in_time(dispatch::task_group& group, dispatch::waiter_factory& waiters, const clock& time,
                               time_point deadline, task<T> work) {
    struct outcome {
        std::optional<T> value;
        std::exception_ptr failure;
        bool heard = true;
    };
    constexpr auto keep = [](std::shared_ptr<outcome> to, task<T> what) -> task<void> {
        try {
            to->value = co_await std::move(what);
        } catch (...) {
            if (!to->heard) throw;
            to->failure = std::current_exception();
        }
    };
    const auto shared = std::make_shared<outcome>();
    gathering one(group, waiters, time);
    one.add("request", keep(shared, std::move(work)));
    co_await one.wait_until(deadline);
    shared->heard = false;
    if (shared->failure) std::rethrow_exception(shared->failure);
    co_return std::move(shared->value);
}

}  // namespace lockhub::hub
