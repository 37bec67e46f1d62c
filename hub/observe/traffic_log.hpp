#pragma once
// What went through the hub, told to the metrics and, a line each, to the log: what worked at debug, what did not at
// info or warn. Lines about refused input are limited per second, so that a stranger cannot fill the disk. io thread.
#include <cstdint>
#include <string>
#include <unordered_map>

#include "dispatch/command_runner.hpp"
#include "dispatch/deliverer.hpp"
#include "dispatch/log_poller.hpp"
#include "dispatch/reconciler.hpp"
#include "hub/observe/metrics.hpp"
#include "hub/routes/lockapi_route.hpp"
#include "hub/routes/push_route.hpp"

namespace lockhub::hub {

class traffic_log {
  public:
    traffic_log(metrics& counted, const clock& time);

    void pushed(const push_report& report, const push_tallies& tallies);
    void called(const lockapi_report& report);
    void delivered(const dispatch::delivery_report& report);
    void commanded(const dispatch::command_report& report);
    void polled(const dispatch::log_poll_report& report);
    void compared(const dispatch::inventory_told& told);
    void task_failed(const std::string& name, const std::string& what);

  private:
    bool may_tell_refusal();

    metrics& counted_;
    const clock& time_;
    dispatch::rate_window refusals_;
    std::uint64_t untold_refusals_ = 0;
    std::unordered_map<std::string, tally> delivery_tallies_;  // by "pms outcome": resolved once
};

}  // namespace lockhub::hub
