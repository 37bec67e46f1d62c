#include "storage/sqlite/access_table.hpp"

#include "schemas/core/name_table.hpp"

namespace lockhub::storage::sqlite {

namespace {

#define LOCKHUB_RIGHT_COLUMNS "holder, number, action_id, valid_until_at_ms"

constexpr name_table<right_kind, right_kind::access> names{{"face", "fingerprint", "access"}};
static_assert(names.whole());

active_right read_right(const rows& row) {
    active_right out{
        .holder = row.string(0), .number = {}, .action = row.string(2), .valid_until = row.optional_time(3)};
    if (const auto number = row.optional_integer(1)) out.number = static_cast<int>(*number);
    return out;
}

std::optional<active_right> read_first(rows row) {
    if (!row.next()) return std::nullopt;
    return read_right(row);
}

std::vector<active_right> read_rights(rows row) {
    std::vector<active_right> out;
    while (row.next()) out.push_back(read_right(row));
    return out;
}

}  // namespace

access_table::access_table(database& db)
    : save_active_(db, R"(
INSERT INTO access_rights (lock_row, kind, holder, number, state, room_row, action_id, valid_until_at_ms, changed_at_ms)
VALUES (?, ?, ?, ?, 'active', ?, ?, ?, ?)
ON CONFLICT (lock_row, kind, holder) DO UPDATE
SET number = excluded.number, state = 'active', room_row = excluded.room_row, action_id = excluded.action_id,
    valid_until_at_ms = excluded.valid_until_at_ms, changed_at_ms = excluded.changed_at_ms)"),
      give_up_number_(db, R"(
UPDATE access_rights SET state = 'removed', changed_at_ms = ?
WHERE lock_row = ? AND kind = ? AND number = ? AND state = 'active' AND holder <> ?)"),
      mark_removed_(db, R"(
UPDATE access_rights SET state = 'removed', changed_at_ms = ? WHERE lock_row = ? AND kind = ? AND holder = ?)"),
      find_(db, "SELECT " LOCKHUB_RIGHT_COLUMNS R"( FROM access_rights
WHERE lock_row = ? AND kind = ? AND holder = ? AND state = 'active')"),
      find_by_number_(db, "SELECT " LOCKHUB_RIGHT_COLUMNS R"( FROM access_rights
WHERE lock_row = ? AND kind = ? AND number = ? AND state = 'active')"),
      active_of_(db, "SELECT " LOCKHUB_RIGHT_COLUMNS R"( FROM access_rights
WHERE lock_row = ?1 AND kind = ?2 AND room_row = ?3 AND state = 'active' AND (?4 = '' OR holder = ?4)
ORDER BY valid_until_at_ms IS NOT NULL AND valid_until_at_ms <= ?5,
         EXISTS (SELECT 1 FROM actions AS a WHERE a.action_id = access_rights.action_id AND a.state = 'unverifiable'),
         number, holder)"),
      active_on_(db, "SELECT " LOCKHUB_RIGHT_COLUMNS R"( FROM access_rights
WHERE lock_row = ? AND kind = ? AND state = 'active' ORDER BY number, holder)"),
      expunge_removed_(db, R"(
DELETE FROM access_rights WHERE (lock_row, kind, holder) IN (
    SELECT lock_row, kind, holder FROM access_rights INDEXED BY access_rights_removed
    WHERE state = 'removed' AND changed_at_ms < ? ORDER BY changed_at_ms LIMIT ?))"),
      expunge_ended_(db, R"(
DELETE FROM access_rights WHERE (lock_row, kind, holder) IN (
    SELECT lock_row, kind, holder FROM access_rights INDEXED BY access_rights_ended
    WHERE kind = 'access' AND valid_until_at_ms < ? ORDER BY valid_until_at_ms LIMIT ?))") {}

void access_table::save_active(const right_row& r) {
    const auto kind = names.of(r.kind);
    if (r.number) give_up_number_.run(r.changed_at, r.lock_row, kind, *r.number, r.holder);
    save_active_.run(r.lock_row, kind, r.holder, r.number, r.room_row, r.action, r.valid_until, r.changed_at);
}

void access_table::mark_removed(std::int64_t lock_row, right_kind kind, std::string_view holder, time_point at) {
    mark_removed_.run(at, lock_row, names.of(kind), holder);
}

std::optional<active_right> access_table::find(std::int64_t lock_row, right_kind kind, std::string_view holder) {
    return read_first(find_.query(lock_row, names.of(kind), holder));
}

std::optional<active_right> access_table::find_by_number(std::int64_t lock_row, right_kind kind, int number) {
    return read_first(find_by_number_.query(lock_row, names.of(kind), number));
}

std::vector<active_right> access_table::active_of(std::int64_t lock_row, std::int64_t room_row, right_kind kind,
                                                  std::string_view holder, time_point now) {
    return read_rights(active_of_.query(lock_row, names.of(kind), room_row, holder, now));
}

std::vector<active_right> access_table::active_on(std::int64_t lock_row, right_kind kind) {
    return read_rights(active_on_.query(lock_row, names.of(kind)));
}

std::int64_t access_table::expunge(time_point before, std::size_t limit) {
    return expunge_removed_.run(before, limit) + expunge_ended_.run(before, limit);
}

}  // namespace lockhub::storage::sqlite
