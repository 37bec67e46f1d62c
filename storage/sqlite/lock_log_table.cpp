#include "storage/sqlite/lock_log_table.hpp"

namespace lockhub::storage::sqlite {

lock_log_table::lock_log_table(database& db)
    : insert_(db, R"(
INSERT INTO lock_log (occurred_at_ms, lock_row, source, source_id, source_name, push_id) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (occurred_at_ms, lock_row, source, source_id) DO NOTHING)"),
      expunge_(db, R"(
DELETE FROM lock_log WHERE (occurred_at_ms, lock_row, source, source_id) IN (
    SELECT occurred_at_ms, lock_row, source, source_id FROM lock_log WHERE occurred_at_ms < ?
    ORDER BY occurred_at_ms LIMIT ?))") {}

bool lock_log_table::insert(time_point occurred_at, std::int64_t lock, std::int64_t source, std::string_view source_id,
                            std::string_view source_name, std::int64_t push) {
    return insert_.run(occurred_at, lock, source, source_id, source_name, push) == 1;
}

std::int64_t lock_log_table::expunge(time_point before, std::size_t limit) {
    return expunge_.run(before, limit);
}

}  // namespace lockhub::storage::sqlite
