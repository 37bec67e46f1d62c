#include "storage/sqlite/credential_table.hpp"

namespace lockhub::storage::sqlite {

credential_table::credential_table(database& db)
    : save_active_(db, R"(
INSERT INTO credentials (lock_row, credential_ref, purpose, state, room_row, action_id, valid_until_at_ms, changed_at_ms)
VALUES (?, ?, ?, 'active', ?, ?, ?, ?)
ON CONFLICT (lock_row, credential_ref) DO UPDATE
SET purpose = excluded.purpose, state = 'active', room_row = excluded.room_row, action_id = excluded.action_id,
    valid_until_at_ms = excluded.valid_until_at_ms, changed_at_ms = excluded.changed_at_ms)"),
      mark_removed_(db, R"(
UPDATE credentials SET state = 'removed', changed_at_ms = ? WHERE lock_row = ? AND credential_ref = ?)"),
      note_local_(db, R"(
INSERT INTO credentials (lock_row, credential_ref, purpose, state, changed_at_ms) VALUES (?, ?, 'local', 'active', ?)
ON CONFLICT (lock_row, credential_ref) DO UPDATE SET changed_at_ms = excluded.changed_at_ms, state = 'active',
    purpose = CASE state WHEN 'removed' THEN 'local' ELSE purpose END,
    action_id = CASE state WHEN 'removed' THEN NULL ELSE action_id END)"),
      find_active_(db, R"(
SELECT credential_ref FROM credentials
WHERE lock_row = ?1 AND room_row = ?2 AND purpose = ?3 AND state = 'active' AND action_id IS NOT NULL
  AND (valid_until_at_ms IS NULL OR valid_until_at_ms > ?4)
ORDER BY changed_at_ms DESC, credential_ref DESC LIMIT 1)") {}

void credential_table::save_active(const credential_row& c) {
    save_active_.run(c.lock_row, c.credential_ref, c.purpose, c.room_row, c.action, c.valid_until, c.changed_at);
}

void credential_table::mark_removed(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    mark_removed_.run(at, lock_row, credential_ref);
}

void credential_table::note_local(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    note_local_.run(lock_row, credential_ref, at);
}

std::optional<std::string> credential_table::find_active(std::int64_t lock_row, std::int64_t room_row,
                                                         std::string_view purpose, time_point now) {
    auto row = find_active_.query(lock_row, room_row, purpose, now);
    if (!row.next()) return std::nullopt;
    return row.string(0);
}

}  // namespace lockhub::storage::sqlite
