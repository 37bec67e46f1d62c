#include "dispatch/deliverer.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "dispatch/callback_request.hpp"
#include "dispatch/core/delivery_machine.hpp"
#include "dispatch/core/flight_table.hpp"
#include "dispatch/core/jitter.hpp"
#include "dispatch/core/lease_planner.hpp"
#include "dispatch/delivery_roster.hpp"
#include "dispatch/net/await_store.hpp"
#include "dispatch/work_signal.hpp"

namespace lockhub::dispatch {

namespace {

using storage::delivery_settlement;
using storage::leased_delivery;

// Clocks tick in milliseconds, so what is a second apart by them may be up to a tick less.
constexpr duration second_and_tick = std::chrono::seconds(1) + duration(1);

struct flight {
    leased_delivery row;
    delivery_roster::key target = 0;
    wire::http_request request;
    transport_options how;
    time_point started_at{};
    bool given_back = false;  // settled already, because the hub stops
};

planner_settings planner_for(const deliverer_options& options) {
    planner_settings out;
    out.in_flight = options.in_flight;
    out.in_flight_per_target = options.in_flight_per_pms;
    if (options.calls_per_second > 0) out.calls_per_window = options.calls_per_second;
    out.window = second_and_tick;
    return out;
}

std::uint64_t seed_from(entropy& random) {
    std::uint64_t seed = 0;
    random.fill(std::as_writable_bytes(std::span(&seed, 1)));
    return seed;
}

}  // namespace

struct deliverer::parts {
    parts(executor where, storage::store& s, transport& n, waiter_factory& waiters, const clock& t, entropy& random,
          deliverer_options o)
        : store(s),
          network(n),
          time(t),
          options(std::move(o)),
          planner(planner_for(options)),
          spread(seed_from(random)),
          leasing(waiters),
          settling(waiters),
          stopping_wait(waiters),
          loops(where, options.on_failure),
          sends(where, options.on_failure) {}

    storage::store& store;
    transport& network;
    const clock& time;
    deliverer_options options;
    lease_planner planner;
    delivery_roster roster;
    jitter spread;
    flight_table<flight> flights;
    std::size_t flying = 0;                     // flights not given back
    std::vector<delivery_settlement> finished;  // waits for the group that commits now
    std::vector<delivery_settlement> committing;
    std::vector<std::size_t> rows_came;  // by target, while a lease is taken in
    work_signal leasing;
    work_signal settling;
    work_signal stopping_wait;
    bool stopping = false;
    bool leasing_ended = true;
    time_point deadline = time_point::max();
    task_group loops;
    task_group sends;

    duration lease_duration() const {
        return std::max<duration>(limits::lease_duration, 2 * options.callback_timeout + std::chrono::seconds(30));
    }
    bool settlements_pile_up() const { return finished.size() + committing.size() >= options.in_flight; }
    void consider_leasing() {
        if (!settlements_pile_up()) leasing.work_at(planner.next_at());
    }

    task<void> lease_loop();
    task<void> lease(std::vector<planned_share> shares);
    void take_in(const std::vector<planned_share>& shares, std::vector<leased_delivery> rows);
    void begin(leased_delivery row);
    void not_sent(delivery_roster::key target, delivery_settlement settlement);
    task<void> send(std::size_t place);
    void ended(std::size_t place, transport_result answer);
    void report(const flight& what, const delivery_settlement& settlement) const;
    task<void> settle_loop();
    task<void> settle();
    void give_back_flights();
    task<void> restore();
};

task<void> deliverer::parts::lease_loop() {
    struct at_end {
        parts& self;
        ~at_end() {
            self.leasing_ended = true;
            self.settling.work_now();
        }
    } const signal_end{*this};
    while (!stopping) {
        std::vector<planned_share> shares;
        if (!settlements_pile_up()) shares = planner.plan(time.now());
        if (shares.empty()) {
            co_await leasing.rest_until(settlements_pile_up() ? time_point::max() : planner.next_at());
        } else {
            co_await lease(std::move(shares));
        }
    }
}

task<void> deliverer::parts::lease(std::vector<planned_share> shares) {
    storage::delivery_lease_request request{options.owner, lease_duration(), {}};
    request.shares.reserve(shares.size());
    for (const auto& share : shares) request.shares.push_back({roster.at(share.target).target->pms, share.limit});
    auto leased = co_await await_store<std::vector<leased_delivery>>(
        [this, &request](auto done) { store.lease_deliveries(std::move(request), std::move(done)); });
    if (leased) {
        take_in(shares, std::move(*leased));
        co_return;
    }
    const time_point later = time.now() + pause_after_store_failure;
    planner.lease_failed(shares, time.now(), later);
    if (!stopping) co_await leasing.rest_until(later);
}

void deliverer::parts::take_in(const std::vector<planned_share>& shares, std::vector<leased_delivery> rows) {
    const time_point now = time.now();
    rows_came.assign(roster.size(), 0);
    for (const auto& row : rows) ++rows_came.at(roster.find(row.pms.value).value());
    for (const auto& share : shares) planner.leased(share, rows_came[share.target], now);
    for (auto& row : rows) begin(std::move(row));
    if (!finished.empty()) settling.work_now();
}

void deliverer::parts::begin(leased_delivery row) {
    const time_point now = time.now();
    const delivery_roster::key target = roster.find(row.pms.value).value();
    roster_entry& entry = roster.at(target);
    const delivery_target& settings = *entry.target;
    if (stopping) return not_sent(target, give_back(row, now));
    if (!settings.enabled || settings.url(row.kind).empty()) {
        ++entry.held;
        return not_sent(target,
                        hold_back(row,
                                  settings.enabled ? "no URL is configured for " + std::string(to_string(row.kind))
                                                   : "the PMS is disabled or no longer configured",
                                  now));
    }
    if (const time_point at = entry.may_send_at(row.id, row.attempt, now); at > now) {
        ++entry.identical_waits;
        return not_sent(target, postpone(row, at, now));
    }
    auto request = make_callback_request(settings, row);
    const transport_options how{.timeout = options.callback_timeout, .private_addresses = settings.private_addresses};
    ++flying;
    sends.spawn("delivery", send(flights.add({std::move(row), target, std::move(request), how, now})));
}

void deliverer::parts::not_sent(delivery_roster::key target, delivery_settlement settlement) {
    planner.ended(target, call_end::never_made, time.now());
    finished.push_back(std::move(settlement));
}

task<void> deliverer::parts::send(std::size_t place) {
    auto request = std::move(flights.at(place).request);
    const auto how = flights.at(place).how;
    transport_result answer =
        std::unexpected(transport_error{error_class::connection_lost, "the transport failed", true});
    try {
        answer = co_await network.send(std::move(request), how);
    } catch (const std::exception& failure) {
        if (options.on_failure) options.on_failure("delivery", failure.what());
    }
    ended(place, std::move(answer));
}

void deliverer::parts::ended(std::size_t place, transport_result answer) {
    const flight what = flights.release(place);
    if (what.given_back) return;
    --flying;
    const time_point now = time.now();
    auto settlement =
        settle_attempt(what.row, {what.started_at, now, std::move(answer)}, options.schedule, spread.next());
    roster_entry& entry = roster.at(what.target);
    ++entry.attempts.at(static_cast<std::size_t>(settlement.why));
    if (settlement.next == delivery_state::dead) ++entry.dead;
    if (settlement.next != delivery_state::delivered || what.row.attempt > 1) entry.note_send(what.row.id, now);
    planner.ended(what.target, end_of_call(settlement.why), now);
    if (options.observer) report(what, settlement);
    finished.push_back(std::move(settlement));
    settling.work_now();
    consider_leasing();
    if (stopping && flying == 0) stopping_wait.work_now();
}

void deliverer::parts::report(const flight& what, const delivery_settlement& settlement) const {
    options.observer({.pms = what.row.pms.value,
                      .kind = what.row.kind,
                      .subject = subject_of(what.row.payload),
                      .attempt = what.row.attempt,
                      .next = settlement.next,
                      .why = settlement.why,
                      .http_status = settlement.http_status,
                      .message = settlement.message,
                      .due_at = settlement.due_at,
                      .took = settlement.finished_at - settlement.started_at});
}

task<void> deliverer::parts::settle_loop() {
    while (!finished.empty() || !leasing_ended || flying > 0) {
        if (finished.empty()) {
            co_await settling.rest_until(time_point::max());
        } else {
            committing.swap(finished);
            co_await settle();
            committing.clear();
            consider_leasing();
        }
    }
}

// A copy is given away, so that a full queue costs nothing but time: an outcome that is lost means a second callback.
task<void> deliverer::parts::settle() {
    for (;;) {
        auto settled = co_await await_store<std::vector<bool>>(
            [this](auto done) { store.settle_deliveries(committing, std::move(done)); });
        if (settled) co_return;
        if (settled.error().code != errc::unavailable) {
            if (options.on_failure) options.on_failure("settle deliveries", settled.error().message);
            co_return;
        }
        if (store.statistics().poisoned || time.now() >= deadline) co_return;
        co_await settling.rest_until(time.now() + pause_after_store_failure);
    }
}

void deliverer::parts::give_back_flights() {
    const time_point now = time.now();
    flights.for_each([&](flight& what) {
        if (what.given_back) return;
        what.given_back = true;
        planner.ended(what.target, call_end::interrupted, now);
        finished.push_back(give_back(what.row, now));
    });
    flying = 0;
}

deliverer::deliverer(executor where, storage::store& store, transport& network, waiter_factory& waiters,
                     const clock& time, entropy& random, deliverer_options options)
    : parts_(std::make_unique<parts>(where, store, network, waiters, time, random, std::move(options))) {}

deliverer::~deliverer() = default;

void deliverer::set_targets(std::vector<delivery_target> targets) {
    const time_point now = parts_->time.now();
    std::vector<bool> kept(parts_->roster.size(), false);
    for (auto& target : targets) {
        auto who = parts_->roster.find(target.pms.value);
        const bool enabled = target.enabled;
        if (who) {
            if (*who < kept.size()) kept[*who] = true;
            parts_->roster.at(*who).target = std::make_shared<const delivery_target>(std::move(target));
        } else {
            who = parts_->roster.add(std::move(target));
            assure(parts_->planner.add_target() == *who, "roster and planner number their targets alike");
        }
        parts_->planner.enable(*who, enabled, now);
    }
    for (delivery_roster::key who = 0; who < kept.size(); ++who) {
        if (kept[who]) continue;
        delivery_target gone = *parts_->roster.at(who).target;
        gone.enabled = false;
        parts_->roster.at(who).target = std::make_shared<const delivery_target>(std::move(gone));
        parts_->planner.enable(who, false, now);
    }
    parts_->consider_leasing();
}

void deliverer::note_due(const std::vector<storage::due_hint>& hints) {
    for (const auto& hint : hints) {
        if (const auto who = parts_->roster.find(hint.key)) parts_->planner.note_due(*who, hint.due_at);
    }
    parts_->consider_leasing();
}

time_point deliverer::begin_call(const pms_id& pms) {
    const time_point now = parts_->time.now();
    const auto who = parts_->roster.find(pms.value);
    return who ? parts_->planner.begin_extra(*who, now) : now;
}

void deliverer::end_call(const pms_id& pms) {
    if (const auto who = parts_->roster.find(pms.value)) parts_->planner.end_extra(*who, parts_->time.now());
    parts_->consider_leasing();
}

task<result<void>> deliverer::restore() {
    const time_point now = parts_->time.now();
    // An attempt that was under way may have reached the PMS until just now.
    const duration longest_call = parts_->options.callback_timeout + second_and_tick;
    const time_point since = now - std::max<duration>(identical_span, longest_call);
    auto sends = co_await await_store<std::vector<storage::recent_send>>(
        [this, since](auto done) { parts_->store.recent_sends(since, std::move(done)); });
    if (!sends) co_return std::unexpected(sends.error());
    for (const auto& sent : *sends) {
        const auto who = parts_->roster.find(sent.pms.value);
        if (!who) continue;
        const time_point seen_at = sent.sent_at > now - longest_call ? now : sent.sent_at;
        parts_->planner.restore_call(*who, seen_at);
        parts_->roster.at(*who).note_send(sent.delivery, seen_at);
    }
    co_return result<void>{};
}

void deliverer::start() {
    parts_->leasing_ended = false;
    parts_->loops.spawn("lease deliveries", parts_->lease_loop());
    parts_->loops.spawn("settle deliveries", parts_->settle_loop());
}

task<void> deliverer::stop(time_point deadline) {
    parts_->stopping = true;
    parts_->deadline = deadline;
    parts_->leasing.work_now();
    while (parts_->flying > 0 && parts_->time.now() < deadline) {
        co_await parts_->stopping_wait.rest_until(deadline);
    }
    parts_->give_back_flights();
    parts_->settling.work_now();
    co_await parts_->loops.join();
}

task<void> deliverer::join() {
    co_await parts_->sends.join();
}

std::size_t deliverer::in_flight() const {
    return parts_->flying;
}

std::vector<delivery_statistics> deliverer::statistics() const {
    std::vector<delivery_statistics> out;
    for (delivery_roster::key who = 0; who < parts_->roster.size(); ++who) {
        const roster_entry& entry = parts_->roster.at(who);
        const breaker& protection = parts_->planner.breaker_of(who);
        const bool open = protection.state() == breaker_state::open;
        out.push_back({.pms = entry.target->pms.value,
                       .enabled = entry.target->enabled,
                       .attempts = entry.attempts,
                       .dead = entry.dead,
                       .held = entry.held,
                       .identical_waits = entry.identical_waits,
                       .window_waits = parts_->planner.window_waits(who),
                       .in_flight = parts_->planner.in_flight(who),
                       .breaker = protection.state(),
                       .breaker_until = open ? protection.open_until() : time_point{},
                       .failures_in_a_row = protection.failures_in_a_row(),
                       .due_at = parts_->planner.due_at(who).value_or(time_point{})});
    }
    return out;
}

}  // namespace lockhub::dispatch
