#pragma once
// What Prometheus reads at /metrics. Any thread, but the set_… calls of one kind come from one thread at a time.
//
// Counting is cheap once its labels are resolved: take a tally when the configuration is read, count with it for ever.
// Beyond limits::metric_series labelled counters new labels are counted under "other", so that no peer can grow the
// program's memory by inventing names.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "hub/observe/service_report.hpp"
#include "schemas/core/time.hpp"
#include "storage/reader.hpp"

namespace prometheus {
class Counter;
}

namespace lockhub::hub {

// One counter. Good as long as the metrics it came from.
class tally {
  public:
    tally() = default;
    explicit tally(prometheus::Counter& counter) : counter_(&counter) {}
    void add(std::uint64_t by = 1) const;
    std::uint64_t value() const;

  private:
    prometheus::Counter* counter_ = nullptr;
};

// lockhub_pushes_total{account,outcome}
struct push_tallies {
    tally stored;       // acknowledged for the first time
    tally repeat;       // acknowledged, nothing new
    tally unparsable;   // 400
    tally unauthentic;  // 401
    tally forbidden;    // 403: not from an allowed address
    tally too_large;    // more records than one push may have
    tally unavailable;  // 503
};

class metrics {
  public:
    // `version` becomes the label of lockhub_build_info.
    explicit metrics(std::string_view version);
    ~metrics();
    metrics(const metrics&) = delete;
    metrics& operator=(const metrics&) = delete;

    push_tallies pushes(std::string_view account);
    // `outcome`: "delivered", an error class, or "dead" (counted beside the class of its last attempt).
    tally deliveries(std::string_view pms, std::string_view outcome);
    // `pms`: as configured, "unknown" for all others. `code`: as the body says.
    tally lockapi_requests(std::string_view pms, std::string_view method, int code);
    // `outcome`: "accepted", "done", "rejected", "retry", "lost", "expired".
    tally commands(std::string_view account, std::string_view outcome);

    // `outcome`: "applied", "compared", or why it failed.
    tally directory_pulls(std::string_view pms, std::string_view outcome);

    // `outcome`: "read", "goes_on", or why it failed. Openings found by polls count in `told`.
    tally log_polls(std::string_view account, std::string_view outcome);
    tally polled_openings(std::string_view account);
    // `outcome`: "compared", "postponed", "failed", and "repair" beside it where one was opened.
    tally comparisons(std::string_view account, std::string_view outcome);

    void commit(std::size_t units, std::chrono::microseconds took);  // store_events::committed

    void set_depths(const storage::depths& counted, time_point now);
    void set_drift(const std::vector<storage::drift_count>& counted, time_point now);
    void set_conservation(const storage::conservation& counted);
    void set_report(const service_report& report);  // breakers, pauses, connections, writer

    std::string text() const;  // the text exposition format

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace lockhub::hub
