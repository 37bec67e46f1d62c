#include "storage/sqlite/lock_log_table.hpp"

namespace lockhub::storage::sqlite {

lock_log_table::lock_log_table(database& db)
    : insert_(db, R"(
INSERT INTO lock_log (occurred_at_ms, lock_row, source, source_id, source_name, succeeded, push_id)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (occurred_at_ms, lock_row, source, source_id) DO NOTHING)"),
      opened_since_(db, R"(
SELECT 1 FROM lock_log INDEXED BY lock_log_of_lock WHERE lock_row = ? AND occurred_at_ms >= ? AND succeeded = 1
LIMIT 1)"),
      expunge_(db, R"(
DELETE FROM lock_log WHERE (occurred_at_ms, lock_row, source, source_id) IN (
    SELECT occurred_at_ms, lock_row, source, source_id FROM lock_log WHERE occurred_at_ms < ?
    ORDER BY occurred_at_ms LIMIT ?))") {}

bool lock_log_table::insert(const log_entry& e) {
    return insert_.run(e.occurred_at, e.lock_row, e.source, e.source_id, e.source_name, e.succeeded, e.push) == 1;
}

bool lock_log_table::opened_since(std::int64_t lock_row, time_point since) {
    return opened_since_.query(lock_row, since).next();
}

std::int64_t lock_log_table::expunge(time_point before, std::size_t limit) {
    return expunge_.run(before, limit);
}

}  // namespace lockhub::storage::sqlite
