#pragma once
// Owns coroutines: counts them, logs what they throw, and is joined before it goes. The only way to spawn in the
// program: `detached` swallows exceptions, this does not.
#include <functional>
#include <memory>
#include <string>

#include "dispatch/net/task.hpp"

namespace lockhub::dispatch {

class task_group {
  public:
    // `on_failure` gets the name of a task that ended by exception, and what(); it runs on the io thread.
    using failure_sink = std::function<void(const std::string& name, const std::string& what)>;

    task_group(executor where, failure_sink on_failure);
    ~task_group();  // asserts that every task has ended
    task_group(const task_group&) = delete;
    task_group& operator=(const task_group&) = delete;

    // Starts at once or soon, on the group's executor. io thread only.
    void spawn(std::string name, task<void> work);

    std::size_t running() const;
    // Returns when no task of the group runs. One joiner at a time.
    task<void> join();

  private:
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace lockhub::dispatch
