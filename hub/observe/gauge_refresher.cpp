#include "hub/observe/gauge_refresher.hpp"

#include <algorithm>

#include "hub/observe/log.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::hub {

namespace {

duration pause_after(duration took) {
    constexpr int times_as_long = 19;
    return std::max<duration>(limits::gauge_interval, took * times_as_long);
}

}  // namespace

gauge_refresher::gauge_refresher(metrics& counted, reader_pool& readers, const clock& time,
                                 std::unique_ptr<dispatch::waiter> waiter)
    : metrics_(counted), readers_(readers), time_(time), waiter_(std::move(waiter)) {}

void gauge_refresher::stop() {
    stopping_ = true;
    waiter_->wake();
}

dispatch::task<void> gauge_refresher::run() {
    while (!stopping_) {
        const auto began = time_.now();
        co_await count();
        if (stopping_) break;
        const auto ended = time_.now();
        co_await waiter_->wait_until(ended + pause_after(ended - began));
    }
}

dispatch::task<void> gauge_refresher::count() {
    const auto depths =
        co_await readers_.read<storage::depths>([](storage::reader& reader) { return reader.count_depths(); });
    if (depths) metrics_.set_depths(*depths, time_.now());
    const auto drift = co_await readers_.read<std::vector<storage::drift_count>>(
        [](storage::reader& reader) { return reader.count_differences(); });
    if (drift) metrics_.set_drift(*drift, time_.now());
    const auto conserved = co_await readers_.read<storage::conservation>(
        [](storage::reader& reader) { return reader.count_conservation(); });
    if (!depths || !conserved) {
        const auto& why = depths ? conserved.error() : depths.error();
        if (!stopping_) log::warn("gauges.failed", why.message);
        co_return;
    }
    last_ = *conserved;
    metrics_.set_conservation(last_);
    if (!last_.holds())
        log::error("conservation.broken", "accepted deliveries and those found in a state differ",
                   {{"accepted", last_.accepted},
                    {"delivered", last_.delivered},
                    {"held", last_.held},
                    {"pending", last_.pending},
                    {"dead", last_.dead},
                    {"discarded", last_.discarded},
                    {"expunged", last_.expunged}});
}

}  // namespace lockhub::hub
