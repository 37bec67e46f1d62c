#pragma once
// Carries callbacks from the outbox to the PMS systems, never faster than each allows. One lease at a time for all PMS
// systems that may send now; each delivery is sent in a task of its own; outcomes are settled together, whatever ended
// while the last group was committing. io thread only.
//
// Bounds: limits::deliveries_in_flight calls at once, as many again that wait for their settlement; nothing else grows
// with the outbox. A PMS that is dead or slow occupies its own part of the budget and delays no other.
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/core/breaker.hpp"
#include "dispatch/core/retry_schedule.hpp"
#include "dispatch/delivery_target.hpp"
#include "dispatch/net/task.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/limits.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

// One attempt, as it ended. Views are good during the call only.
struct delivery_report {
    std::string_view pms;
    delivery_kind kind = delivery_kind::event;
    std::string_view subject;  // the event's name, or the actionId
    std::uint32_t attempt = 0;
    delivery_state next = delivery_state::delivered;
    error_class why = error_class::none;
    int http_status = 0;
    std::string_view message;
    time_point due_at{};  // of ready
    duration took{};
};

struct deliverer_options {
    std::string owner;  // names this run in leases
    retry_schedule schedule;
    duration callback_timeout = limits::callback_timeout;
    std::size_t calls_per_second =
        limits::pms_calls_per_second;  // to one PMS, in any sliding second; 0: no bound (benchmarks)
    std::size_t in_flight = limits::deliveries_in_flight;
    std::size_t in_flight_per_pms = limits::deliveries_in_flight_per_pms;
    std::function<void(const delivery_report&)> observer;  // after each attempt; may be empty
    task_group::failure_sink on_failure;                   // a task ended by exception: a defect
};

inline constexpr std::size_t error_class_count = 15;

// Of one PMS, since start.
struct delivery_statistics {
    std::string pms;
    bool enabled = true;
    std::array<std::uint64_t, error_class_count> attempts{};  // by error_class; none: delivered
    std::uint64_t dead = 0;
    std::uint64_t held = 0;             // no URL, or disabled
    std::uint64_t identical_waits = 0;  // put off: 4 identical in 30 s
    std::uint64_t window_waits = 0;     // due, but the second was full
    std::size_t in_flight = 0;
    breaker_state breaker = breaker_state::closed;
    time_point breaker_until{};  // open: when the next attempt may go; epoch otherwise
    std::uint32_t failures_in_a_row = 0;
    time_point due_at{};  // when the next lease is asked for; epoch: nothing is known to be due
};

class deliverer {
  public:
    // All references outlive it.
    deliverer(executor where, storage::store& store, transport& network, waiter_factory& waiters, const clock& time,
              entropy& random, deliverer_options options);
    ~deliverer();  // after join()
    deliverer(const deliverer&) = delete;
    deliverer& operator=(const deliverer&) = delete;

    // Replaces all targets; at any time. A PMS that is no longer there is treated as disabled. Windows, breakers and
    // statistics go on.
    void set_targets(std::vector<delivery_target> targets);

    // store_events::deliveries_ready. Hints for a PMS without target are ignored: its rows are held.
    void note_due(const std::vector<storage::due_hint>& hints);

    // Other calls to the same PMS, under its rate rule. The time given is now: it may go, and end_call() must follow;
    // otherwise when to ask again (max: not known). A PMS nobody configured has no rule.
    time_point begin_call(const pms_id& pms);
    void end_call(const pms_id& pms);

    // Restores the rate windows from what was sent before the start. After set_targets, before start.
    task<result<void>> restore();

    void start();
    // Nothing new is leased. Returns when everything leased is settled; what is in flight at the deadline goes back
    // without counting an attempt.
    task<void> stop(time_point deadline);
    // After stop(), and after the transport has ended the calls that were still in flight.
    task<void> join();

    std::vector<delivery_statistics> statistics() const;
    std::size_t in_flight() const;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::dispatch
