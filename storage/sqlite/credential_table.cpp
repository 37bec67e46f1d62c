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
    changed_at_ms = excluded.changed_at_ms, wanted = 1, accepted = 0)"),
      mark_removed_(db, R"(
UPDATE credentials SET state = 'removed', wanted = 0, changed_at_ms = ? WHERE lock_row = ? AND credential_ref = ?)"),
      mark_gone_(db, R"(
UPDATE credentials SET state = 'removed', changed_at_ms = ? WHERE lock_row = ? AND credential_ref = ?)"),
      mark_present_(db, R"(
UPDATE credentials SET state = 'active', changed_at_ms = ? WHERE lock_row = ? AND credential_ref = ?)"),
      make_way_(db, R"(
UPDATE credentials SET credential_ref = 'gone:' || action_id
WHERE lock_row = ? AND credential_ref = ? AND state = 'removed' AND wanted = 1 AND action_id IS NOT NULL)"),
      unwant_present_(db, R"(
UPDATE credentials SET wanted = 0
WHERE lock_row = ? AND room_row = ? AND purpose = ? AND kind = 'online' AND state = 'active' AND wanted = 1)"),
      unwant_missing_(db, R"(
UPDATE credentials SET wanted = 0
WHERE lock_row = ? AND room_row = ? AND purpose = ? AND state = 'removed' AND wanted = 1)"),
      set_wanted_(db, "UPDATE credentials SET wanted = ? WHERE lock_row = ? AND credential_ref = ?"),
      accept_(db, R"(
INSERT INTO credentials (lock_row, credential_ref, purpose, state, changed_at_ms, wanted, accepted)
VALUES (?, ?, 'local', 'active', 0, 0, 1)
ON CONFLICT (lock_row, credential_ref) DO UPDATE SET accepted = 1)"),
      set_valid_until_(db, "UPDATE credentials SET valid_until_at_ms = ? WHERE lock_row = ? AND credential_ref = ?"),
      set_frozen_(db, "UPDATE credentials SET frozen = ? WHERE lock_row = ? AND credential_ref = ?"),
      rename_(db, "UPDATE OR IGNORE credentials SET credential_ref = ? WHERE lock_row = ? AND credential_ref = ?"),
      books_of_(db, R"(
SELECT credential_ref, purpose, room_row, action_id, kind, state, wanted, accepted, frozen, valid_until_at_ms
FROM credentials WHERE lock_row = ? ORDER BY state, credential_ref)"),
      worth_comparing_(db, R"(
SELECT 1 FROM credentials
WHERE lock_row = ?1 AND action_id IS NOT NULL AND (valid_until_at_ms IS NULL OR valid_until_at_ms > ?2)
  AND (wanted = 1 OR state = 'active') LIMIT 1)"),
      note_local_(db, R"(
INSERT INTO credentials (lock_row, credential_ref, purpose, state, changed_at_ms, wanted)
VALUES (?, ?, 'local', 'active', ?, 0)
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
WHERE lock_row = ?1 AND room_row = ?2 AND purpose = ?3 AND state = 'active' AND wanted = 1 AND action_id IS NOT NULL
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
    WHERE state = 'removed' AND changed_at_ms < ?1
      AND (wanted = 0 OR (valid_until_at_ms IS NOT NULL AND valid_until_at_ms < ?1)) ORDER BY changed_at_ms LIMIT ?2))"),
      expunge_ended_(db, R"(
DELETE FROM credentials WHERE (lock_row, credential_ref) IN (
    SELECT lock_row, credential_ref FROM credentials INDEXED BY credentials_computed
    WHERE kind = 'computed' AND valid_until_at_ms < ? ORDER BY valid_until_at_ms LIMIT ?))") {}

// A reference the cloud gave again: what stood under it and is missed keeps its place in the books.
void credential_table::make_way(std::int64_t lock_row, std::string_view credential_ref) {
    make_way_.run(lock_row, credential_ref);
}

void credential_table::save_active(const credential_row& c) {
    make_way(c.lock_row, c.credential_ref);
    save_active_.run(c.lock_row, c.credential_ref, c.purpose, c.computed ? "computed" : "online", c.room_row, c.action,
                     c.valid_until, c.changed_at, c.replaces);
}

void credential_table::mark_removed(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    mark_removed_.run(at, lock_row, credential_ref);
}

void credential_table::note_local(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    make_way(lock_row, credential_ref);
    note_local_.run(lock_row, credential_ref, at);
}

void credential_table::mark_gone(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    mark_gone_.run(at, lock_row, credential_ref);
}

void credential_table::mark_present(std::int64_t lock_row, std::string_view credential_ref, time_point at) {
    mark_present_.run(at, lock_row, credential_ref);
}

void credential_table::unwant_present(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose) {
    unwant_present_.run(lock_row, room_row, purpose);
}

void credential_table::unwant_missing(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose) {
    unwant_missing_.run(lock_row, room_row, purpose);
}

void credential_table::set_wanted(std::int64_t lock_row, std::string_view credential_ref, bool wanted) {
    set_wanted_.run(wanted, lock_row, credential_ref);
}

void credential_table::accept(std::int64_t lock_row, std::string_view credential_ref) {
    accept_.run(lock_row, credential_ref);
}

void credential_table::set_valid_until(std::int64_t lock_row, std::string_view credential_ref,
                                       std::optional<time_point> until) {
    set_valid_until_.run(until, lock_row, credential_ref);
}

void credential_table::set_frozen(std::int64_t lock_row, std::string_view credential_ref, bool frozen) {
    set_frozen_.run(frozen, lock_row, credential_ref);
}

bool credential_table::rename(std::int64_t lock_row, std::string_view from, std::string_view to) {
    return rename_.run(to, lock_row, from) == 1;
}

std::vector<credential_in_books> credential_table::books_of(std::int64_t lock_row) {
    std::vector<credential_in_books> out;
    auto row = books_of_.query(lock_row);
    while (row.next())
        out.push_back({.credential_ref = row.string(0),
                       .purpose = row.string(1),
                       .room_row = row.optional_integer(2),
                       .action = row.string(3),
                       .computed = row.text(4) == "computed",
                       .active = row.text(5) == "active",
                       .wanted = row.flag(6),
                       .accepted = row.flag(7),
                       .frozen = row.flag(8),
                       .valid_until = row.optional_time(9)});
    return out;
}

bool credential_table::worth_comparing(std::int64_t lock_row, time_point now) {
    return worth_comparing_.query(lock_row, now).next();
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
