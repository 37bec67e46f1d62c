#pragma once
// Counts depths and conservation in the background, so that a scrape never waits for the database. io thread.
#include <memory>

#include "dispatch/net/waiter.hpp"
#include "hub/observe/metrics.hpp"
#include "hub/system/reader_pool.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::hub {

class gauge_refresher {
  public:
    // All outlive the task.
    gauge_refresher(metrics& counted, reader_pool& readers, const clock& time,
                    std::unique_ptr<dispatch::waiter> waiter);

    // Until stop(). Every limits::gauge_interval, or less often where counting takes long: at most a twentieth of the
    // time goes into it.
    dispatch::task<void> run();
    void stop();

    // What the last count found; accepted 0 and holding before the first.
    const storage::conservation& conservation() const { return last_; }

  private:
    dispatch::task<void> count();

    metrics& metrics_;
    reader_pool& readers_;
    const clock& time_;
    std::unique_ptr<dispatch::waiter> waiter_;
    storage::conservation last_;
    bool stopping_ = false;
};

}  // namespace lockhub::hub
