#pragma once
// Hotels made at lock clouds, when an operator says so: one run at a time for each account, each in a task of its own,
// so that it goes on when who asked for it is gone. io thread only.
#include <memory>
#include <string>
#include <vector>

#include "dispatch/net/task.hpp"
#include "dispatch/net/waiter.hpp"
#include "hub/provision/provision_run.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::hub {

struct provisioning_seams {
    provision_seams run;
    dispatch::waiter_factory& waiters;
    const clock& time;
    dispatch::executor where;
};

class provisioning {
  public:
    // What the seams refer to outlives it.
    explicit provisioning(provisioning_seams seams);
    ~provisioning();  // after join()
    provisioning(const provisioning&) = delete;
    provisioning& operator=(const provisioning&) = delete;

    void set_clouds(std::vector<std::shared_ptr<const lock_cloud>> clouds);  // replaces all; at any time

    // Fails with not_found (no such account), conflict (limits::provisions_in_flight), unavailable (the hub stops), and
    // as a run does. A run ends after limits::provision_timeout, and with stop(), between two calls.
    dispatch::task<result<provision_report>> run(provision_request request);

    // No further call is made, callers of run() get unavailable. Then join(), after the transport has ended the calls
    // that were still under way.
    void stop();
    dispatch::task<void> join();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::hub
