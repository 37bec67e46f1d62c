#include "storage/sqlite/difference_table.hpp"

namespace lockhub::storage::sqlite {

namespace {

#define LOCKHUB_DIFFERENCE_COLUMNS                                                                          \
    "difference_id, state, kind, account, lock_row, subject, room_row, manage, credential_ref, action_id, " \
    "wanted, wanted_until_at_ms, found_until_at_ms, found_frozen, tries, tries_from_at_ms"

difference_record read_difference(const rows& row) {
    return {.id = row.integer(0),
            .state = drift_state_from(row.text(1)).value(),
            .kind = drift_kind_from(row.text(2)).value(),
            .account = row.string(3),
            .lock_row = row.integer(4),
            .subject = row.string(5),
            .room_row = row.optional_integer(6),
            .manage = row.flag(7),
            .credential_ref = row.string(8),
            .action = row.string(9),
            .wanted = row.flag(10),
            .wanted_until = row.optional_time(11),
            .found_until = row.optional_time(12),
            .found_frozen = row.flag(13),
            .tries = static_cast<std::uint32_t>(row.integer(14)),
            .tries_from = row.time(15)};
}

std::optional<difference_record> read_first(rows row) {
    if (!row.next()) return std::nullopt;
    return read_difference(row);
}

}  // namespace

difference_table::difference_table(database& db)
    : see_(db, R"(
INSERT INTO differences (state, kind, account, lock_row, subject, room_row, manage, credential_ref, action_id, name,
                         wanted_until_at_ms, found_until_at_ms, found_frozen, first_seen_at_ms, last_seen_at_ms)
VALUES ('open', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)
ON CONFLICT (lock_row, kind, subject) WHERE settled_at_ms IS NULL DO UPDATE
SET room_row = excluded.room_row, credential_ref = excluded.credential_ref, action_id = excluded.action_id,
    name = excluded.name, wanted_until_at_ms = excluded.wanted_until_at_ms,
    found_until_at_ms = excluded.found_until_at_ms, found_frozen = excluded.found_frozen,
    last_seen_at_ms = excluded.last_seen_at_ms
RETURNING difference_id)"),
      on_lock_(db, "SELECT " LOCKHUB_DIFFERENCE_COLUMNS R"( FROM differences INDEXED BY differences_of_lock
WHERE lock_row = ? AND settled_at_ms IS NULL ORDER BY difference_id)"),
      find_(db, "SELECT " LOCKHUB_DIFFERENCE_COLUMNS " FROM differences WHERE difference_id = ?"),
      find_doubt_(db, "SELECT " LOCKHUB_DIFFERENCE_COLUMNS R"( FROM differences
WHERE lock_row = ? AND kind = 'unverifiable' AND subject = ? AND settled_at_ms IS NULL)"),
      set_state_(db, "UPDATE differences SET state = ?, reason = ? WHERE difference_id = ?"),
      suspend_(db, R"(
UPDATE differences SET state = 'suspended', reason = ? || CASE reason WHEN '' THEN '' ELSE ': ' || reason END
WHERE difference_id = ?)"),
      settle_(db, R"(
UPDATE differences SET state = 'settled', reason = ?, settled_at_ms = ? WHERE difference_id = ?)"),
      set_tries_(db, "UPDATE differences SET tries = ? WHERE difference_id = ?"),
      restart_(db, R"(
UPDATE differences SET tries = 0, tries_from_at_ms = ?,
                       state = CASE state WHEN 'suspended' THEN 'open' ELSE state END
WHERE difference_id = ?)"),
      restart_of_lock_(db, R"(
UPDATE differences SET tries = 0, tries_from_at_ms = ?,
                       state = CASE state WHEN 'suspended' THEN 'open' ELSE state END
WHERE lock_row = ? AND settled_at_ms IS NULL AND kind <> 'unverifiable')"),
      unwant_doubts_(db, R"(
UPDATE differences SET wanted = 0
WHERE lock_row = ? AND kind = 'unverifiable' AND settled_at_ms IS NULL AND room_row = ? AND manage = ? AND wanted = 1)"),
      repairing_(db, R"(
SELECT COUNT(*) FROM differences INDEXED BY differences_repairing WHERE state = 'repairing' AND account = ?)"),
      expunge_(db, R"(
DELETE FROM differences WHERE difference_id IN (
    SELECT difference_id FROM differences INDEXED BY differences_settled
    WHERE settled_at_ms IS NOT NULL AND settled_at_ms < ? ORDER BY settled_at_ms LIMIT ?))") {}

std::int64_t difference_table::see(const difference_seen& s, time_point at) {
    auto row = see_.query(to_string(s.kind), s.account, s.lock_row, s.subject, s.room_row, s.manage, s.credential_ref,
                          s.action, s.name, s.wanted_until, s.found_until, s.found_frozen, at);
    row.next();
    const auto id = row.integer(0);
    while (row.next()) {
    }
    return id;
}

std::vector<difference_record> difference_table::on_lock(std::int64_t lock_row) {
    std::vector<difference_record> out;
    auto row = on_lock_.query(lock_row);
    while (row.next()) out.push_back(read_difference(row));
    return out;
}

std::optional<difference_record> difference_table::find(std::int64_t id) {
    return read_first(find_.query(id));
}

std::optional<difference_record> difference_table::find_doubt(std::int64_t lock_row, std::string_view action) {
    return read_first(find_doubt_.query(lock_row, action));
}

void difference_table::set_state(std::int64_t id, drift_state state, std::string_view reason) {
    set_state_.run(to_string(state), reason, id);
}

void difference_table::suspend(std::int64_t id, std::string_view why) {
    suspend_.run(why, id);
}

void difference_table::settle(std::int64_t id, std::string_view reason, time_point at) {
    settle_.run(reason, at, id);
}

void difference_table::set_tries(std::int64_t id, std::uint32_t tries) {
    set_tries_.run(tries, id);
}

void difference_table::restart(std::int64_t id, time_point at) {
    restart_.run(at, id);
}

void difference_table::restart_of_lock(std::int64_t lock_row, time_point at) {
    restart_of_lock_.run(at, lock_row);
}

std::int64_t difference_table::unwant_doubts(std::int64_t lock_row, std::int64_t room_row, bool manage) {
    return unwant_doubts_.run(lock_row, room_row, manage);
}

std::size_t difference_table::repairing(std::string_view account) {
    auto row = repairing_.query(account);
    row.next();
    return static_cast<std::size_t>(row.integer(0));
}

std::int64_t difference_table::expunge(time_point settled_before, std::size_t limit) {
    return expunge_.run(settled_before, limit);
}

repair_table::repair_table(database& db)
    : insert_(db, "INSERT INTO repairs (action_id, difference_id, credential_ref, opened_at_ms) VALUES (?, ?, ?, ?)"),
      find_(db, "SELECT action_id, difference_id, credential_ref FROM repairs WHERE action_id = ?"),
      opened_since_(db, "SELECT COUNT(*) FROM repairs WHERE difference_id = ? AND opened_at_ms > ?"),
      erase_(db, "DELETE FROM repairs WHERE action_id = ?"),
      expunge_(db, R"(
DELETE FROM repairs WHERE action_id IN (
    SELECT r.action_id FROM repairs AS r
    WHERE NOT EXISTS (SELECT 1 FROM differences AS d WHERE d.difference_id = r.difference_id)
    ORDER BY r.action_id LIMIT ?))") {}

void repair_table::insert(const repair_record& r, time_point opened_at) {
    insert_.run(r.action, r.difference, r.credential_ref, opened_at);
}

std::optional<repair_record> repair_table::find(std::string_view action) {
    auto row = find_.query(action);
    if (!row.next()) return std::nullopt;
    return repair_record{.action = row.string(0), .difference = row.integer(1), .credential_ref = row.string(2)};
}

std::uint32_t repair_table::opened_since(std::int64_t difference, time_point since) {
    auto row = opened_since_.query(difference, since);
    row.next();
    return static_cast<std::uint32_t>(row.integer(0));
}

void repair_table::erase(std::string_view action) {
    erase_.run(action);
}

std::int64_t repair_table::expunge(std::size_t limit) {
    return expunge_.run(limit);
}

}  // namespace lockhub::storage::sqlite
