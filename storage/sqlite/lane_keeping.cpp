#include "storage/sqlite/lane_keeping.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr std::string_view interrupted_message = "the hub stopped during this attempt";

}  // namespace

void enqueue(workspace& w, const new_delivery& row) {
    const auto state = w.outbox.insert(row);
    w.ledger.add(ledger_entry::accepted, 1);
    if (state == delivery_state::ready) w.hints.delivery_due(row.pms, row.created_at);
}

void release_lane(workspace& w, std::int64_t lane) {
    if (const auto next = w.outbox.promote(lane)) w.hints.delivery_due(next->key, next->due_at);
}

void take_back(workspace& w, const delivery_head& leased, time_point now) {
    w.attempts.insert({.delivery = leased.id,
                       .number = leased.attempts,
                       .started_at = leased.leased_at,
                       .finished_at = now,
                       .why = error_class::interrupted,
                       .http_status = 0,
                       .message = interrupted_message,
                       .response = {}});
    w.outbox.reschedule(leased.id, now,
                        {.attempts = leased.attempts, .why = error_class::interrupted, .message = interrupted_message});
    w.hints.delivery_due(leased.pms, now);
}

}  // namespace lockhub::storage::sqlite
