#pragma once
// Sends the simulated cloud's pushes to the hub and remembers what became of each. io thread only.
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "dispatch/net/task_group.hpp"
#include "dispatch/net/transport.hpp"
#include "schemas/core/clock.hpp"
#include "tests/simulators/answer.hpp"
#include "tests/simulators/program/pauses.hpp"

namespace lockhub::simulators {

using dispatch::task;

struct push_fate {
    scheduled_push push;
    std::size_t attempts = 0;
    bool acknowledged = false;  // HTTP 200 with ErrNo 0
    int status = 0;             // of the last attempt; 0: no answer
    std::string answer;         // body, or what went wrong
    bool given_up = false;
};

class push_sender {
  public:
    using observer = std::function<void(const push_fate&)>;  // after each attempt

    push_sender(dispatch::transport& out, const clock& time, pauses& waits, dispatch::task_group& group);

    // Where the hub is reached, "http://127.0.0.1:8080"; "" sends to the registered URLs themselves.
    void set_hub_origin(std::string origin) { hub_origin_ = std::move(origin); }
    void set_repush(const std::int64_t& times) { repush_ = &times; }
    void set_observer(observer told) { told_ = std::move(told); }

    // Each is sent when its time has come.
    void schedule(std::vector<scheduled_push> pushes);
    // The same, one after the other; returns when the last has been answered or given up.
    task<void> send_all(std::vector<scheduled_push> pushes);

    std::size_t under_way() const { return under_way_; }
    std::string to_json(std::size_t from) const;

  private:
    task<void> carry(std::size_t index);
    task<void> attempt(std::size_t index);
    std::string address_of(const scheduled_push& push) const;

    dispatch::transport& out_;
    const clock& time_;
    pauses& waits_;
    dispatch::task_group& group_;
    std::string hub_origin_;
    const std::int64_t* repush_ = nullptr;
    observer told_;
    std::deque<push_fate> fates_;
    std::size_t under_way_ = 0;
};

}  // namespace lockhub::simulators
