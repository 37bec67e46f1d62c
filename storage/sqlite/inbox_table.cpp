#include "storage/sqlite/inbox_table.hpp"

namespace lockhub::storage::sqlite {

namespace {

// Old pushes that open work still refers to stay; so many times the limit is looked at to find others.
constexpr std::size_t window_factor = 20;

}  // namespace

inbox_table::inbox_table(database& db)
    : db_(db),
      insert_(db, R"(
INSERT INTO inbox (received_at_ms, account, kind, name, device_uuid, occurred_at_ms, records, sealed, body,
                   dedupe_order, dedupe_hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (dedupe_order, dedupe_hash) DO NOTHING)"),
      contains_(db, "SELECT 1 FROM inbox WHERE dedupe_order = ? AND dedupe_hash = ?"),
      expunge_(db, R"(
DELETE FROM inbox WHERE push_id IN (
    SELECT push_id FROM (SELECT push_id, received_at_ms FROM inbox ORDER BY push_id LIMIT ?3) AS inbox
    WHERE received_at_ms < ?1
      AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.push_id = inbox.push_id
                      AND outbox.push_id IS NOT NULL AND outbox.finished_at_ms IS NULL)
      AND NOT EXISTS (SELECT 1 FROM parked_results WHERE parked_results.received_at_ms = inbox.received_at_ms
                      AND parked_results.push_id = inbox.push_id AND parked_results.state = 'parked')
    ORDER BY push_id LIMIT ?2))") {}

std::optional<std::int64_t> inbox_table::insert(const inbox_row& row) {
    const std::string_view kind = row.is_result ? "result" : "event";
    const blob hash{row.dedupe_hash};
    const auto changed = row.sealed
                             ? insert_.run(row.received_at, row.account, kind, row.name, row.device_uuid,
                                           row.occurred_at, row.records, true, blob{row.body}, row.dedupe_order, hash)
                             : insert_.run(row.received_at, row.account, kind, row.name, row.device_uuid,
                                           row.occurred_at, row.records, false, row.body, row.dedupe_order, hash);
    if (changed == 0) return std::nullopt;
    return db_.last_insert_rowid();
}

bool inbox_table::contains(std::int64_t dedupe_order, std::string_view dedupe_hash) {
    return contains_.query(dedupe_order, blob{dedupe_hash}).next();
}

std::int64_t inbox_table::expunge(time_point before, std::size_t limit) {
    return expunge_.run(before, limit, window_factor * limit);
}

}  // namespace lockhub::storage::sqlite
