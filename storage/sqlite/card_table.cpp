#include "storage/sqlite/card_table.hpp"

namespace lockhub::storage::sqlite {

card_table::card_table(database& db)
    : stay_of_(db, "SELECT state, begins_at_ms, valid_until_at_ms FROM card_stays WHERE lock_row = ?"),
      begin_stay_(db, R"(
INSERT INTO card_stays (lock_row, begins_at_ms, valid_until_at_ms, state) VALUES (?, ?, ?, 'current')
ON CONFLICT (lock_row) DO UPDATE
SET begins_at_ms = excluded.begins_at_ms, valid_until_at_ms = excluded.valid_until_at_ms, state = 'current')"),
      end_stay_(db, "UPDATE card_stays SET state = 'ended' WHERE lock_row = ?"),
      save_active_(db, R"(
INSERT INTO cards (account, card_id, lock_row, room_row, state, begins_at_ms, valid_until_at_ms, action_id,
                   changed_at_ms)
VALUES (?, ?, ?, ?, 'active', ?, ?, ?, ?)
ON CONFLICT (account, card_id) DO UPDATE
SET lock_row = excluded.lock_row, room_row = excluded.room_row, state = 'active', begins_at_ms = excluded.begins_at_ms,
    valid_until_at_ms = excluded.valid_until_at_ms, action_id = excluded.action_id,
    changed_at_ms = excluded.changed_at_ms)"),
      find_active_(db, R"(
SELECT lock_row, room_row, begins_at_ms FROM cards WHERE account = ? AND card_id = ? AND state = 'active')"),
      has_active_(db, R"(
SELECT 1 FROM cards INDEXED BY cards_of_lock WHERE lock_row = ? AND state = 'active' AND begins_at_ms = ? LIMIT 1)"),
      mark_cleared_(db, "UPDATE cards SET state = 'cleared', changed_at_ms = ? WHERE account = ? AND card_id = ?"),
      mark_lost_(db, R"(
UPDATE cards SET state = 'lost', changed_at_ms = ? WHERE lock_row = ? AND state = 'active' AND begins_at_ms <= ?)"),
      expunge_(db, R"(
DELETE FROM cards WHERE (account, card_id) IN (
    SELECT account, card_id FROM cards INDEXED BY cards_gone
    WHERE state IN ('cleared', 'lost') AND changed_at_ms < ? ORDER BY changed_at_ms LIMIT ?))") {}

std::optional<card_stay> card_table::stay_of(std::int64_t lock_row) {
    auto row = stay_of_.query(lock_row);
    if (!row.next()) return std::nullopt;
    return card_stay{
        .current = row.text(0) == "current", .begins_at = row.time(1), .valid_until = row.optional_time(2)};
}

void card_table::begin_stay(std::int64_t lock_row, time_point begins_at, std::optional<time_point> valid_until) {
    begin_stay_.run(lock_row, begins_at, valid_until);
}

void card_table::end_stay(std::int64_t lock_row) {
    end_stay_.run(lock_row);
}

void card_table::save_active(const card_row& c) {
    save_active_.run(c.account, c.card_id, c.lock_row, c.room_row, c.begins_at, c.valid_until, c.action, c.changed_at);
}

std::optional<active_card> card_table::find_active(std::string_view account, std::string_view card_id) {
    auto row = find_active_.query(account, card_id);
    if (!row.next()) return std::nullopt;
    return active_card{.lock_row = row.integer(0), .room_row = row.optional_integer(1), .begins_at = row.time(2)};
}

bool card_table::has_active(std::int64_t lock_row, time_point begins_at) {
    return has_active_.query(lock_row, begins_at).next();
}

void card_table::mark_cleared(std::string_view account, std::string_view card_id, time_point at) {
    mark_cleared_.run(at, account, card_id);
}

void card_table::mark_lost(std::int64_t lock_row, time_point begun_until, time_point at) {
    mark_lost_.run(at, lock_row, begun_until);
}

std::int64_t card_table::expunge(time_point before, std::size_t limit) {
    return expunge_.run(before, limit);
}

}  // namespace lockhub::storage::sqlite
