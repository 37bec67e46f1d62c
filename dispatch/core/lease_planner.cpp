#include "dispatch/core/lease_planner.hpp"

#include <algorithm>

#include "dispatch/core/assure.hpp"

namespace lockhub::dispatch {

namespace {

// Asking for a few rows at first tells a drained target from one with more in a single lease.
constexpr std::size_t first_appetite = 4;

// After a lease that brought nothing, so that a wrong hint costs a few turns a second and no more.
constexpr duration rest_after_nothing = std::chrono::milliseconds(2);

void tell(breaker& protection, call_end how, time_point now) {
    switch (how) {
        case call_end::contact:
            return protection.contact();
        case call_end::no_contact:
            return protection.no_contact(now);
        case call_end::interrupted:
        case call_end::never_made:
            return protection.abandoned(now);
    }
}

}  // namespace

lease_planner::lease_planner(planner_settings settings)
    : settings_(settings), budget_(settings.in_flight, settings.in_flight_per_target, settings.part_of_free) {}

lease_planner::key lease_planner::add_target() {
    target_state state;
    state.appetite = first_appetite;
    state.protection = breaker(settings_.breaker);
    if (settings_.calls_per_window) state.window.emplace(*settings_.calls_per_window, settings_.window);
    targets_.push_back(std::move(state));
    return static_cast<key>(targets_.size() - 1);
}

void lease_planner::enable(key target, bool enabled, time_point now) {
    target_state& state = targets_.at(target);
    state.enabled = enabled;
    if (enabled) {
        due_.note(target, now);
    } else {
        due_.forget(target);
    }
}

void lease_planner::note_due(key target, time_point due_at) {
    const target_state& state = targets_.at(target);
    if (state.enabled) due_.note(target, due_at);
}

void lease_planner::restore_call(key target, time_point at) {
    if (target_state& state = targets_.at(target); state.window) state.window->note(at);
}

std::size_t lease_planner::room(key target, target_state& state, time_point now) {
    // Farther ahead than the rest is long, the clock was set back meanwhile.
    if (now < state.rests_until && state.rests_until <= now + rest_after_nothing) {
        due_.note(target, state.rests_until);
        return 0;
    }
    const std::size_t in_flight = budget_.in_flight(target);
    std::size_t room = budget_.room(target);
    if (room == 0) {
        state.blocked = true;
        return 0;
    }
    if (settings_.breaker_stops_leases && !state.protection.allows(now)) {
        if (state.protection.state() == breaker_state::half_open) {
            state.blocked = true;
        } else {
            due_.note(target, state.protection.open_until());
        }
        return 0;
    }
    if (state.window) {
        const std::size_t under_way = in_flight + state.extra_calls;
        const time_point next = state.window->next_room(now, under_way + 1);
        if (next > now) {
            ++state.window_waits;
            state.blocked = next == time_point::max();
            if (!state.blocked) due_.note(target, next);
            return 0;
        }
        room = std::min(room, state.window->room(now) - under_way);
    }
    if (settings_.breaker_stops_leases && state.protection.wants_probe(now)) room = 1;
    return room;
}

std::vector<planned_share> lease_planner::plan(time_point now) {
    std::vector<planned_share> shares;
    std::size_t rows = 0;
    while (rows < settings_.lease_rows && budget_.free() > 0) {
        const auto target = due_.take_due(now);
        if (!target) break;
        target_state& state = targets_[*target];
        const std::size_t limit = std::min({room(*target, state, now), state.appetite, settings_.lease_rows - rows});
        if (limit == 0) continue;
        budget_.take(*target, limit);
        if (settings_.breaker_stops_leases) state.protection.begin(now);
        shares.push_back({*target, limit});
        rows += limit;
    }
    return shares;
}

void lease_planner::leased(planned_share share, std::size_t got, time_point now) {
    assure(got <= share.limit, "storage leased more than was asked for");
    target_state& state = targets_.at(share.target);
    budget_.give_back(share.target, share.limit - got);
    state.rests_until = got == 0 ? now + rest_after_nothing : time_point::min();
    if (got == share.limit) {
        state.appetite = std::min(budget_.most(share.target), std::max(state.appetite, share.limit * 2));
        note_due(share.target, now);
    } else {
        state.appetite = std::max(first_appetite, got);
    }
    if (got == 0 && settings_.breaker_stops_leases) state.protection.abandoned(now);
}

void lease_planner::lease_failed(const std::vector<planned_share>& shares, time_point now, time_point later) {
    for (const auto& share : shares) {
        leased(share, 0, now);
        note_due(share.target, later);
    }
}

void lease_planner::ended(key target, call_end how, time_point now) {
    target_state& state = targets_.at(target);
    budget_.give_back(target, 1);
    if (how != call_end::never_made && state.window) state.window->note(now);
    if (settings_.breaker_stops_leases) tell(state.protection, how, now);
    if (state.blocked) {
        state.blocked = false;
        note_due(target, now);
    }
}

time_point lease_planner::begin_extra(key target, time_point now) {
    target_state& state = targets_.at(target);
    if (state.window) {
        const time_point next = state.window->next_room(now, budget_.in_flight(target) + state.extra_calls + 1);
        if (next > now) return next;
    }
    ++state.extra_calls;
    return now;
}

void lease_planner::end_extra(key target, time_point now) {
    target_state& state = targets_.at(target);
    assure(state.extra_calls > 0, "a call ends that began");
    --state.extra_calls;
    if (state.window) state.window->note(now);
    if (state.blocked) {
        state.blocked = false;
        note_due(target, now);
    }
}

time_point lease_planner::next_at() const {
    return budget_.free() == 0 ? time_point::max() : due_.next_at();
}

}  // namespace lockhub::dispatch
