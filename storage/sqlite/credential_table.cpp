#include "storage/sqlite/credential_table.hpp"

namespace lockhub::storage::sqlite {

namespace {

#define LOCKHUB_PIN_COLUMNS "credential_ref, kind, action_id, valid_until_at_ms, frozen"

active_pin read_pin(const rows& row) {
    return {.credential_ref = row.string(0),
            .computed = row.text(1) == "computed",
            .action = row.string(2),
            .valid_until = row.optional_time(3),
            .frozen = row.flag(4)};
}

std::optional<active_pin> read_first_pin(rows row) {
    if (!row.next()) return std::nullopt;
    return read_pin(row);
}

}  // namespace

credential_table::credential_table(database& db)
    : save_active_(db, R"(
INSERT INTO credentials (lock_row, credential_ref, purpose, kind, state, room_row, action_id, valid_until_at_ms,
                         changed_at_ms)
VALUES (?1, ?2, ?3, ?4, 'active', ?5, ?6, ?7, ?8)
ON CONFLICT (lock_row, credential_ref) DO UPDATE
SET frozen = CASE WHEN ?9 AND state = 'active' THEN frozen ELSE 0 END, purpose = excluded.purpose, kind = excluded.kind, state = 'active', room_row = excluded.room_row,
    action_id = excluded.action_id, valid_until_at_ms = excluded.valid_until_at_ms,
    changed_at_ms = excluded.changed_at_ms)"),
      mark_removed_(db, R"(
UPDATE credentials SET state = 'removed', changed_at_ms = ? WHERE lock_row = ? AND credential_ref = ?)"),
      set_frozen_(db, "UPDATE credentials SET frozen = ? WHERE lock_row = ? AND credential_ref = ?"),
      note_local_(db, R"(
INSERT INTO credentials (lock_row, credential_ref, purpose, state, changed_at_ms) VALUES (?, ?, 'local', 'active', ?)
ON CONFLICT (lock_row, credential_ref) DO UPDATE SET changed_at_ms = excluded.changed_at_ms, state = 'active',
    purpose = CASE state WHEN 'removed' THEN 'local' ELSE purpose END,
    frozen = CASE state WHEN 'removed' THEN 0 ELSE frozen END,
    action_id = CASE state WHEN 'removed' THEN NULL ELSE action_id END)"),
      active_pins_(db, "SELECT " LOCKHUB_PIN_COLUMNS R"( FROM credentials
WHERE lock_row = ?1 AND room_row = ?2 AND purpose = ?3 AND state = 'active' AND action_id IS NOT NULL
ORDER BY valid_until_at_ms IS NOT NULL AND valid_until_at_ms <= ?4, kind DESC, credential_ref)"),
      find_active_(db, R"(
SELECT credential_ref FROM credentials
WHERE lock_row = ?1 AND room_row = ?2 AND purpose = ?3 AND kind = 'online' AND state = 'active'
  AND action_id IS NOT NULL AND (valid_until_at_ms IS NULL OR valid_until_at_ms > ?4)
ORDER BY changed_at_ms DESC, credential_ref DESC LIMIT 1)"),
      find_valid_(db, "SELECT " LOCKHUB_PIN_COLUMNS R"( FROM credentials
WHERE lock_row = ?1 AND room_row = ?2 AND purpose = ?3 AND state = 'active' AND action_id IS NOT NULL
  AND (valid_until_at_ms IS NULL OR valid_until_at_ms > ?4)
ORDER BY changed_at_ms DESC, action_id DESC LIMIT 1)"),
      find_(db, "SELECT " LOCKHUB_PIN_COLUMNS R"( FROM credentials
WHERE lock_row = ? AND credential_ref = ? AND state = 'active' AND action_id IS NOT NULL)"),
      taken_on_(db, R"(
SELECT credential_ref, valid_until_at_ms FROM credentials
WHERE lock_row = ? AND state = 'active' AND kind = 'online' ORDER BY credential_ref)"),
      expunge_removed_(db, R"(
DELETE FROM credentials WHERE (lock_row, credential_ref) IN (
    SELECT lock_row, credential_ref FROM credentials INDEXED BY credentials_removed
    WHERE state = 'removed' AND changed_at_ms < ? ORDER BY changed_at_ms LIMIT ?))"),
      expunge_ended_(db, R"(
DELETE FROM credentials WHERE (lock_row, credential_ref) IN (
    SELECT lock_row, credential_ref FROM credentials INDEXED BY credentials_computed
    WHERE kind = 'computed' AND valid_until_at_ms < ? ORDER BY valid_until_at_ms LIMIT ?))") {}

void credential_table::save_active(const credential_row& c) {
    save_active_.run(c.lock_row, c.credential_ref, c.purpose, c.computed ? "computed" : "online", c.room_row, c.action,
                     c.valid_until, c.changed_at, c.replaces);
}

void credential_table::mark_removed(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    mark_removed_.run(at, lock_row, credential_ref);
}

void credential_table::set_frozen(std::int64_t lock_row, std::string_view credential_ref, bool frozen) {
    set_frozen_.run(frozen, lock_row, credential_ref);
}

void credential_table::note_local(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    note_local_.run(lock_row, credential_ref, at);
}

std::vector<active_pin> credential_table::active_pins(std::int64_t lock_row, std::int64_t room_row,
                                                      std::string_view purpose, time_point now) {
    std::vector<active_pin> out;
    auto row = active_pins_.query(lock_row, room_row, purpose, now);
    while (row.next()) out.push_back(read_pin(row));
    return out;
}

std::optional<std::string> credential_table::find_active(std::int64_t lock_row, std::int64_t room_row,
                                                         std::string_view purpose, time_point now) {
    auto row = find_active_.query(lock_row, room_row, purpose, now);
    if (!row.next()) return std::nullopt;
    return row.string(0);
}

std::optional<active_pin> credential_table::find_valid(std::int64_t lock_row, std::int64_t room_row,
                                                       std::string_view purpose, time_point now) {
    return read_first_pin(find_valid_.query(lock_row, room_row, purpose, now));
}

std::optional<active_pin> credential_table::find(std::int64_t lock_row, std::string_view credential_ref) {
    return read_first_pin(find_.query(lock_row, credential_ref));
}

std::vector<taken_credential> credential_table::taken_on(std::int64_t lock_row) {
    std::vector<taken_credential> out;
    auto row = taken_on_.query(lock_row);
    while (row.next()) out.push_back({row.string(0), row.optional_time(1)});
    return out;
}

std::int64_t credential_table::expunge(time_point before, std::size_t limit) {
    return expunge_removed_.run(before, limit) + expunge_ended_.run(before, limit);
}

}  // namespace lockhub::storage::sqlite
