#include "hub/observe/metrics.hpp"

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <mutex>
#include <sstream>
#include <unordered_map>

#include "schemas/core/limits.hpp"

namespace lockhub::hub {

namespace {

using counter_family = prometheus::Family<prometheus::Counter>;
using gauge_family = prometheus::Family<prometheus::Gauge>;

counter_family& counters(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

gauge_family& gauges(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

prometheus::Histogram& histogram(prometheus::Registry& registry, const char* name, const char* help,
                                 prometheus::Histogram::BucketBoundaries bounds) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, bounds);
}

double seconds(std::chrono::microseconds d) {
    return std::chrono::duration<double>(d).count();
}

// Raises a counter to a total somebody else keeps.
void raise_to(prometheus::Counter& counter, std::uint64_t total) {
    const double behind = static_cast<double>(total) - counter.Value();
    if (behind > 0) counter.Increment(behind);
}

double breaker_number(std::string_view state) {
    if (state == "open") return 1;
    return state == "half_open" ? 0.5 : 0;
}

}  // namespace

void tally::add(std::uint64_t by) const {
    if (counter_ != nullptr) counter_->Increment(static_cast<double>(by));
}

std::uint64_t tally::value() const {
    return counter_ == nullptr ? 0 : static_cast<std::uint64_t>(counter_->Value());
}

struct metrics::impl {
    prometheus::Registry registry;
    counter_family& pushes =
        counters(registry, "lockhub_pushes_total", "Pushes of lock clouds, by what became of them");
    counter_family& deliveries =
        counters(registry, "lockhub_deliveries_total", "Attempts to deliver callbacks, by outcome");
    counter_family& lockapi =
        counters(registry, "lockhub_lockapi_requests_total", "Calls of PMS systems, by the code answered");
    counter_family& commands = counters(registry, "lockhub_commands_total", "Calls to lock clouds, by outcome");
    counter_family& directory_pulls =
        counters(registry, "lockhub_directory_pulls_total", "Times a PMS was asked for its directory, by outcome");
    counter_family& log_polls =
        counters(registry, "lockhub_log_polls_total", "Polls of locks' logs, by what became of them");
    counter_family& polled_openings =
        counters(registry, "lockhub_polled_openings_total", "New openings that polls of logs brought");
    counter_family& busy =
        counters(registry, "lockhub_busy_answers_total", "Answers of lock clouds that they are busy");
    counter_family& comparisons =
        counters(registry, "lockhub_lock_comparisons_total", "Locks compared with what is wanted, by outcome");
    counter_family& connections_total =
        counters(registry, "lockhub_connections_total", "Inbound connections, by what happened to them");
    counter_family& requests = counters(registry, "lockhub_http_requests_total", "Inbound HTTP requests");
    counter_family& fsyncs = counters(registry, "lockhub_fsyncs_total", "Syncs of the database files");
    gauge_family& connections = gauges(registry, "lockhub_connections", "Inbound connections now");
    gauge_family& depth = gauges(registry, "lockhub_queue_depth", "Rows or units that wait, by queue");
    gauge_family& age =
        gauges(registry, "lockhub_oldest_age_seconds", "Age of the oldest row in a state that is not final");
    gauge_family& drift =
        gauges(registry, "lockhub_drift", "Differences between locks and what is wanted on them, by kind and state");
    gauge_family& breaker = gauges(registry, "lockhub_breaker_state", "0 closed, 0.5 half open, 1 open");
    gauge_family& paused =
        gauges(registry, "lockhub_account_paused", "1 while a lock cloud's account waits because its cloud is busy");
    gauge_family& in_flight = gauges(registry, "lockhub_in_flight", "Outbound calls under way");
    gauge_family& build = gauges(registry, "lockhub_build_info", "1; the version is the label");
    prometheus::Gauge& difference = gauges(registry, "lockhub_conservation_difference",
                                           "Accepted deliveries minus those found in a state; must be 0")
                                        .Add({});
    prometheus::Gauge& conserved = gauges(registry, "lockhub_conservation_ok", "1 when nothing disappeared").Add({});
    prometheus::Gauge& ready = gauges(registry, "lockhub_ready", "1 when /readyz says so").Add({});
    prometheus::Gauge& poisoned = gauges(registry, "lockhub_store_poisoned", "1 after a failed commit").Add({});
    prometheus::Histogram& commit_seconds =
        histogram(registry, "lockhub_commit_seconds", "Time of one group commit",
                  {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5});
    prometheus::Histogram& commit_units = histogram(
        registry, "lockhub_commit_units", "Units of work in one group commit", {1, 2, 4, 8, 16, 32, 64, 128, 256, 512});

    std::mutex guard;
    std::unordered_map<std::string, tally> resolved;  // by family and label values

    tally resolve(counter_family& family, char kind, const prometheus::Labels& labels);
    void set_depth(const std::string& kind, const std::string& state, const storage::depth& one, time_point now);
};

tally metrics::impl::resolve(counter_family& family, char kind, const prometheus::Labels& labels) {
    std::string key(1, kind);
    for (const auto& [name, value] : labels) key += '\x1f' + value;
    const std::lock_guard lock(guard);
    if (const auto known = resolved.find(key); known != resolved.end()) return known->second;
    if (resolved.size() >= limits::metric_series) {
        auto other = labels;
        for (auto& [name, value] : other) value = "other";
        return tally(family.Add(other));
    }
    return resolved.emplace(std::move(key), tally(family.Add(labels))).first->second;
}

metrics::metrics(std::string_view version) : impl_(std::make_unique<impl>()) {
    impl_->build.Add({{"version", std::string(version)}}).Set(1);
    impl_->conserved.Set(1);
}

metrics::~metrics() = default;

push_tallies metrics::pushes(std::string_view account) {
    const auto of = [&](const char* outcome) {
        return impl_->resolve(impl_->pushes, 'p', {{"account", std::string(account)}, {"outcome", outcome}});
    };
    return {.stored = of("stored"),
            .repeat = of("repeat"),
            .unparsable = of("unparsable"),
            .unauthentic = of("unauthentic"),
            .forbidden = of("forbidden"),
            .too_large = of("too_large"),
            .unavailable = of("unavailable")};
}

tally metrics::deliveries(std::string_view pms, std::string_view outcome) {
    return impl_->resolve(impl_->deliveries, 'd', {{"pms", std::string(pms)}, {"outcome", std::string(outcome)}});
}

tally metrics::lockapi_requests(std::string_view pms, std::string_view method, int code) {
    return impl_->resolve(impl_->lockapi, 'l',
                          {{"pms", std::string(pms)}, {"method", std::string(method)}, {"code", std::to_string(code)}});
}

tally metrics::commands(std::string_view account, std::string_view outcome) {
    return impl_->resolve(impl_->commands, 'c', {{"account", std::string(account)}, {"outcome", std::string(outcome)}});
}

tally metrics::directory_pulls(std::string_view pms, std::string_view outcome) {
    return impl_->resolve(impl_->directory_pulls, 'y', {{"pms", std::string(pms)}, {"outcome", std::string(outcome)}});
}

tally metrics::log_polls(std::string_view account, std::string_view outcome) {
    return impl_->resolve(impl_->log_polls, 'g',
                          {{"account", std::string(account)}, {"outcome", std::string(outcome)}});
}

tally metrics::polled_openings(std::string_view account) {
    return impl_->resolve(impl_->polled_openings, 'o', {{"account", std::string(account)}});
}

tally metrics::comparisons(std::string_view account, std::string_view outcome) {
    return impl_->resolve(impl_->comparisons, 'i',
                          {{"account", std::string(account)}, {"outcome", std::string(outcome)}});
}

void metrics::commit(std::size_t units, std::chrono::microseconds took) {
    impl_->commit_units.Observe(static_cast<double>(units));
    impl_->commit_seconds.Observe(seconds(took));
}

void metrics::impl::set_depth(const std::string& kind, const std::string& state, const storage::depth& one,
                              time_point now) {
    depth.Add({{"queue", kind + "." + state}}).Set(static_cast<double>(one.rows));
    const bool waits = one.rows != 0 && one.oldest_at != time_point{} && one.oldest_at < now;
    age.Add({{"kind", kind}, {"state", state}}).Set(waits ? seconds(now - one.oldest_at) : 0);
}

void metrics::set_depths(const storage::depths& counted, time_point now) {
    const auto set = [&](const std::string& kind, const std::map<std::string, storage::depth>& by_state,
                         const auto& states) {
        // A state without rows may be missing from the count; its series says 0 all the same.
        for (const auto state : states) {
            const std::string name(to_string(state));
            const auto found = by_state.find(name);
            impl_->set_depth(kind, name, found == by_state.end() ? storage::depth{} : found->second, now);
        }
    };
    set("delivery", counted.deliveries,
        std::initializer_list<delivery_state>{delivery_state::ready, delivery_state::queued, delivery_state::leased,
                                              delivery_state::held});
    set("command", counted.commands,
        std::initializer_list<command_state>{command_state::pending, command_state::sending, command_state::uncertain,
                                             command_state::probing, command_state::awaiting, command_state::polling,
                                             command_state::unverifiable});
    impl_->set_depth("result", "parked", counted.parked_results, now);
}

void metrics::set_drift(const std::vector<storage::drift_count>& counted, time_point now) {
    using enum drift_kind;
    using enum storage::drift_state;
    for (const auto kind :
         {pin_missing, pin_left, validity_differs, frozen_differs, unverifiable, computed_stays, pin_foreign}) {
        time_point oldest{};
        for (const auto state : {open, repairing, suspended}) {
            const auto found = std::ranges::find_if(
                counted, [&](const storage::drift_count& one) { return one.kind == kind && one.state == state; });
            const bool any = found != counted.end();
            impl_->drift.Add({{"kind", std::string(to_string(kind))}, {"state", std::string(to_string(state))}})
                .Set(any ? static_cast<double>(found->rows) : 0);
            if (any && (oldest == time_point{} || found->oldest_at < oldest)) oldest = found->oldest_at;
        }
        impl_->age.Add({{"kind", "drift"}, {"state", std::string(to_string(kind))}})
            .Set(oldest != time_point{} && oldest < now ? seconds(now - oldest) : 0);
    }
}

void metrics::set_conservation(const storage::conservation& counted) {
    const auto found =
        counted.delivered + counted.held + counted.pending + counted.dead + counted.discarded + counted.expunged;
    impl_->difference.Set(static_cast<double>(counted.accepted) - static_cast<double>(found));
    impl_->conserved.Set(counted.holds() ? 1 : 0);
}

void metrics::set_report(const service_report& report) {
    auto& m = *impl_;
    for (const auto& one : report.breakers) m.breaker.Add({{"pms", one.target}}).Set(breaker_number(one.state));
    for (const auto& one : report.pauses) {
        m.paused.Add({{"account", one.account}}).Set(one.until == time_point{} ? 0 : 1);
        raise_to(m.busy.Add({{"account", one.account}}), one.busy_answers);
    }
    const auto& c = report.connections;
    m.connections.Add({{"state", "open"}}).Set(static_cast<double>(c.open));
    raise_to(m.connections_total.Add({{"event", "accepted"}}), c.accepted);
    raise_to(m.connections_total.Add({{"event", "refused_full"}}), c.refused_full);
    raise_to(m.connections_total.Add({{"event", "refused_per_address"}}), c.refused_per_address);
    raise_to(m.connections_total.Add({{"event", "timeout"}}), c.timeouts);
    raise_to(m.connections_total.Add({{"event", "bad_request"}}), c.bad_requests);
    raise_to(m.requests.Add({}), c.requests);
    raise_to(m.fsyncs.Add({}), report.writer.fsyncs);
    m.depth.Add({{"queue", "writer"}}).Set(static_cast<double>(report.writer.queued_units));
    m.in_flight.Add({{"kind", "delivery"}}).Set(static_cast<double>(report.deliveries_in_flight));
    m.in_flight.Add({{"kind", "command"}}).Set(static_cast<double>(report.commands_in_flight));
    m.poisoned.Set(report.writer.poisoned ? 1 : 0);
    m.ready.Set(report.not_ready.empty() ? 1 : 0);
}

std::string metrics::text() const {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, impl_->registry.Collect());
    return out.str();
}

}  // namespace lockhub::hub
