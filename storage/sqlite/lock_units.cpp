#include "storage/sqlite/lock_units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lockhub::storage::sqlite {

namespace {

lock_news news_of(const lock_condition& condition, time_point at) {
    return {.online = condition.online,
            .battery_percent = condition.battery_percent,
            .signal_percent = condition.signal_percent,
            .occurred_at = at,
            .heard_at = condition.online == false ? time_point{} : at};
}

}  // namespace

result<nothing> set_accounts(workspace& w, const std::vector<account_policy>& accounts) {
    w.accounts.set(accounts);
    return nothing{};
}

result<nothing> report_lock(workspace& w, const lock_report& report) {
    if (report.openings.size() > limits::reported_openings)
        return fail(errc::too_large, fmt::format("{} openings in one report, at most {} are taken",
                                                 report.openings.size(), limits::reported_openings));
    auto* const lock = w.known.find(report.account.value, report.lock_uuid);
    if (!lock)
        return fail(errc::not_found,
                    fmt::format("{}: nobody heard of lock {}", report.account.value, report.lock_uuid));
    w.known.note(*lock, news_of(report.condition, report.at));
    // The cloud's record of a lock proves no repair; an opening does.
    if (!report.openings.empty())
        w.known.note(
            *lock, {.faulty = false,
                    .occurred_at = std::ranges::max(report.openings, {}, &reported_opening::occurred_at).occurred_at});
    for (const auto& opening : report.openings)
        w.lock_log.insert({.occurred_at = opening.occurred_at,
                           .lock_row = lock->row,
                           .source = opening.source,
                           .source_id = opening.source_id,
                           .source_name = opening.source_name});
    return nothing{};
}

result<nothing> note_gateways(workspace& w, const lock_gateways& known) {
    for (const auto& device : known.devices) {
        if (device.gateway_uuid.empty()) continue;
        if (auto* const lock = w.known.find(known.account.value, device.lock_uuid))
            w.known.note_gateway(*lock, device.gateway_uuid);
    }
    return nothing{};
}

void note_condition(workspace& w, std::int64_t lock_row, const lock_condition& condition, time_point at) {
    if (!condition.online && !condition.battery_percent && !condition.signal_percent) return;
    const auto place = w.locks.at(lock_row);
    if (place.uuid.starts_with(reader_uuid_prefix)) return;
    if (auto* const lock = w.known.find(place.account, place.uuid)) w.known.note(*lock, news_of(condition, at));
}

}  // namespace lockhub::storage::sqlite
