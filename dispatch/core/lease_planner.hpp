#pragma once
// Which targets (PMS systems, accounts) may lease work now, and how much: due queue, rate window, breaker and in-flight
// budget brought together. Pure; not thread-safe. A turn costs O(log targets) for each target that is due, and nothing
// for the others.
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "dispatch/core/breaker.hpp"
#include "dispatch/core/due_queue.hpp"
#include "dispatch/core/in_flight_budget.hpp"
#include "dispatch/core/rate_window.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

struct planner_settings {
    std::size_t in_flight = limits::deliveries_in_flight;
    std::size_t in_flight_per_target = limits::deliveries_in_flight_per_pms;
    std::size_t part_of_free = 16;  // of the room left, for one target
    std::size_t lease_rows = limits::lease_batch;
    std::optional<std::size_t> calls_per_window;  // nullopt: no rate rule
    duration window = std::chrono::seconds(1);
    breaker_settings breaker;
    bool breaker_stops_leases = true;  // false: the owner asks the breaker for each call itself
};

// After a lease that failed, before the next one.
inline constexpr duration pause_after_store_failure = std::chrono::milliseconds(200);

// How a call ended, as far as its target is concerned.
enum class call_end : std::uint8_t {
    contact,      // the target answered, whatever it said
    no_contact,   // it could not be reached, or did not answer
    interrupted,  // it may have been reached; says nothing about the target
    never_made,   // nothing was sent
};

struct planned_share {
    due_queue::key target = 0;
    std::size_t limit = 0;
};

class lease_planner {
  public:
    using key = due_queue::key;

    explicit lease_planner(planner_settings settings);

    key add_target();
    // A disabled target leases nothing; enabling it makes it due at `now`, because hints may have been dropped
    // meanwhile.
    void enable(key target, bool enabled, time_point now);
    // At most so many of its calls at once; 0: settings.in_flight_per_target.
    void set_most(key target, std::size_t in_flight) { budget_.set_most(target, in_flight); }
    void note_due(key target, time_point due_at);
    // A call made before a restart.
    void restore_call(key target, time_point at);

    // Shares to lease now, earliest due first; each reserves its part of the budget until leased() says what came.
    std::vector<planned_share> plan(time_point now);
    void leased(planned_share share, std::size_t got, time_point now);
    // The lease itself failed: nothing came, and what is due is asked for again at `later`.
    void lease_failed(const std::vector<planned_share>& shares, time_point now, time_point later);
    // One call for each row that came. A call counts in the rate window until `window` after its end: the target may
    // have seen it at any time before.
    void ended(key target, call_end how, time_point now);

    // A call beside the leased ones, under the same rate rule. `now`: it counts until end_extra(); otherwise the time
    // to ask again, max when only the end of another call can change that.
    time_point begin_extra(key target, time_point now);
    void end_extra(key target, time_point now);

    // When plan() may find something: time_point::max() when only ended() or note_due() can change that.
    time_point next_at() const;

    const breaker& breaker_of(key target) const { return targets_.at(target).protection; }
    breaker& breaker_of(key target) { return targets_.at(target).protection; }
    std::size_t in_flight(key target) const { return budget_.in_flight(target); }
    std::size_t in_flight() const { return budget_.in_flight(); }
    std::uint64_t window_waits(key target) const { return targets_.at(target).window_waits; }
    std::optional<time_point> due_at(key target) const { return due_.due_at(target); }

  private:
    struct target_state {
        bool enabled = true;
        bool blocked = false;      // due, and waits for one of its own calls to end
        std::size_t appetite = 0;  // rows worth asking for, from what the last leases brought
        std::optional<rate_window> window;
        breaker protection;
        std::size_t extra_calls = 0;  // under way beside the leased ones
        std::uint64_t window_waits = 0;
        time_point rests_until = time_point::min();  // after a lease that brought nothing
    };

    std::size_t room(key target, target_state& state, time_point now);

    planner_settings settings_;
    due_queue due_;
    in_flight_budget budget_;
    std::deque<target_state> targets_;  // a reference to a breaker stays good
};

}  // namespace lockhub::dispatch
