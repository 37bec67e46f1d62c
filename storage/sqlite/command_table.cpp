#include "storage/sqlite/command_table.hpp"

#include <algorithm>

#include "schemas/core/limits.hpp"

namespace lockhub::storage::sqlite {

namespace {

#define LOCKHUB_COMMAND_COLUMNS                                                                                  \
    "command_id, action_id, account, lock_row, verb, state, ref, credential_ref, sends, probes, absent_probes, " \
    "lease_token, opened_at_ms, accepted_at_ms"

command_record read_command(const rows& row) {
    return {.id = row.integer(0),
            .action = row.string(1),
            .account = row.string(2),
            .lock_row = row.integer(3),
            .verb = command_verb_from(row.text(4)).value(),
            .state = command_state_from(row.text(5)).value(),
            .ref = row.string(6),
            .credential_ref = row.string(7),
            .sends = static_cast<std::uint32_t>(row.integer(8)),
            .probes = static_cast<std::uint32_t>(row.integer(9)),
            .absent_probes = static_cast<std::uint32_t>(row.integer(10)),
            .lease_token = row.integer(11),
            .opened_at = row.time(12),
            .accepted_at = row.time(13)};
}

std::vector<command_record> read_commands(rows row) {
    std::vector<command_record> out;
    while (row.next()) out.push_back(read_command(row));
    return out;
}

std::optional<command_record> read_first(rows row) {
    if (!row.next()) return std::nullopt;
    return read_command(row);
}

std::optional<time_point> unless_epoch(time_point t) {
    if (t == time_point{}) return std::nullopt;
    return t;
}

}  // namespace

command_table::command_table(database& db)
    : insert_(db, R"(
INSERT INTO commands (action_id, account, lock_row, verb, state, behind, credential_ref, due_at_ms, opened_at_ms)
VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?))"),
      lock_busy_(db, R"(
SELECT 1 FROM commands INDEXED BY commands_of_lock
WHERE lock_row = ? AND state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling') LIMIT 1)"),
      lock_has_head_(db, R"(
SELECT 1 FROM commands INDEXED BY commands_of_lock
WHERE lock_row = ? AND behind = 0
  AND state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling') LIMIT 1)"),
      credentials_named_(db, R"(
SELECT verb, credential_ref FROM commands INDEXED BY commands_of_lock
WHERE lock_row = ?1 AND command_id <> ?2 AND credential_ref <> ''
  AND state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling')
UNION
SELECT verb, credential_ref FROM commands INDEXED BY commands_unverifiable_of_lock
WHERE lock_row = ?1 AND command_id <> ?2 AND credential_ref <> '' AND state = 'unverifiable'
ORDER BY credential_ref)"),
      doubts_of_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS R"( FROM commands INDEXED BY commands_unverifiable_of_lock
WHERE lock_row = ? AND state = 'unverifiable'
  AND verb IN ('set_pin', 'replace_pin', 'remove_pin', 'freeze_pin', 'unfreeze_pin')
ORDER BY command_id)"),
      exists_for_(db, "SELECT 1 FROM commands WHERE action_id = ? AND lock_row = ? LIMIT 1"),
      find_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS " FROM commands WHERE command_id = ?"),
      find_of_action_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS R"( FROM commands
WHERE action_id = ? ORDER BY command_id DESC LIMIT 1)"),
      find_by_ref_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS R"( FROM commands
WHERE account = ? AND ref = ? AND ref <> ''
ORDER BY state IN ('done', 'rejected', 'expired', 'superseded'), command_id DESC LIMIT 1)"),
      due_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS R"(,
       (SELECT gateway_uuid FROM locks WHERE locks.lock_row = commands.lock_row)
FROM commands INDEXED BY commands_due
WHERE account = ? AND behind = 0 AND state IN ('pending', 'uncertain', 'awaiting') AND due_at_ms <= ?
ORDER BY due_at_ms, command_id)"),
      calls_of_gateways_(db, R"(
SELECT l.gateway_uuid, COUNT(*)
FROM commands AS c INDEXED BY commands_leased CROSS JOIN locks AS l ON l.lock_row = c.lock_row
WHERE c.account = ? AND c.state IN ('sending', 'probing', 'polling') AND l.gateway_uuid <> ''
GROUP BY l.gateway_uuid ORDER BY l.gateway_uuid)"),
      expired_leases_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS R"( FROM commands INDEXED BY commands_leased
WHERE account = ? AND state IN ('sending', 'probing', 'polling') AND lease_until_at_ms <= ?
ORDER BY lease_until_at_ms, command_id LIMIT ?)"),
      leases_of_others_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS R"( FROM commands INDEXED BY commands_leased
WHERE state IN ('sending', 'probing', 'polling') AND lease_owner <> ? ORDER BY command_id)"),
      lease_(db, R"(
UPDATE commands SET state = ?, verb = ?, credential_ref = ?, sends = ?, probes = ?, absent_probes = ?,
                    lease_token = ?, lease_owner = ?, lease_until_at_ms = ?
WHERE command_id = ?)"),
      wait_(db, R"(
UPDATE commands SET state = ?, ref = ?, credential_ref = ?, sends = ?, probes = ?, absent_probes = ?,
                    accepted_at_ms = ?, due_at_ms = ?, message = ?, vendor_code = ?, lease_owner = NULL,
                    lease_until_at_ms = NULL
WHERE command_id = ?)"),
      finish_(db, R"(
UPDATE commands SET state = ?, ref = ?, credential_ref = ?, sends = ?, probes = ?, absent_probes = ?, behind = 0,
                    accepted_at_ms = ?, finished_at_ms = ?, message = ?, vendor_code = ?, lease_owner = NULL,
                    lease_until_at_ms = NULL
WHERE command_id = ?)"),
      let_next_go_(db, R"(
UPDATE commands SET behind = 0, due_at_ms = ?1 WHERE command_id = (
    SELECT command_id FROM commands INDEXED BY commands_of_lock
    WHERE lock_row = ?2 AND behind = 1
      AND state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling')
    ORDER BY command_id LIMIT 1)
  AND NOT EXISTS (
    SELECT 1 FROM commands INDEXED BY commands_of_lock
    WHERE lock_row = ?2 AND behind = 0
      AND state IN ('pending', 'sending', 'uncertain', 'probing', 'awaiting', 'polling'))
RETURNING account, due_at_ms)"),
      stale_orders_(db, "SELECT " LOCKHUB_COMMAND_COLUMNS R"( FROM commands INDEXED BY commands_orders
WHERE account = ? AND verb = 'open_door' AND state = 'pending' AND opened_at_ms <= ?
ORDER BY opened_at_ms, command_id LIMIT ?)"),
      next_due_(db, R"(
SELECT due_at_ms, (SELECT gateway_uuid FROM locks WHERE locks.lock_row = commands.lock_row)
FROM commands INDEXED BY commands_due
WHERE account = ? AND behind = 0 AND state IN ('pending', 'uncertain', 'awaiting') ORDER BY due_at_ms)"),
      next_due_behind_(db, R"(
SELECT due_at_ms FROM commands INDEXED BY commands_due
WHERE account = ?1 AND behind = 0 AND state IN ('pending', 'uncertain', 'awaiting')
  AND lock_row IN (SELECT lock_row FROM locks INDEXED BY locks_by_gateway
                   WHERE account = ?1 AND gateway_uuid = ?2 AND gateway_uuid <> '')
ORDER BY due_at_ms LIMIT 1)"),
      next_lease_end_(db, R"(
SELECT lease_until_at_ms FROM commands INDEXED BY commands_leased
WHERE account = ? AND state IN ('sending', 'probing', 'polling') ORDER BY lease_until_at_ms LIMIT 1)"),
      oldest_order_(db, R"(
SELECT opened_at_ms FROM commands INDEXED BY commands_orders
WHERE account = ? AND verb = 'open_door' AND state = 'pending' ORDER BY opened_at_ms LIMIT 1)"),
      accounts_with_work_(db, R"(
SELECT account FROM commands
WHERE behind = 0 AND state IN ('pending', 'uncertain', 'awaiting')
UNION
SELECT account FROM commands WHERE state IN ('sending', 'probing', 'polling') ORDER BY account)") {}

void command_table::add(const new_command& c, bool behind) {
    insert_.run(c.action, c.account, c.lock_row, to_string(c.verb), behind, c.credential_ref, c.opened_at, c.opened_at);
}

bool command_table::insert(const new_command& c) {
    const bool behind = lock_busy_.query(c.lock_row).next();
    add(c, behind);
    return !behind;
}

bool command_table::insert_next_step(const new_command& c) {
    const bool behind = lock_has_head_.query(c.lock_row).next();
    add(c, behind);
    return !behind;
}

std::vector<named_credential> command_table::credentials_named(std::int64_t lock_row, std::int64_t except) {
    std::vector<named_credential> out;
    auto row = credentials_named_.query(lock_row, except);
    while (row.next()) out.push_back({command_verb_from(row.text(0)).value(), row.string(1)});
    return out;
}

bool command_table::lock_busy(std::int64_t lock_row) {
    return lock_busy_.query(lock_row).next();
}

std::vector<command_record> command_table::doubts_of(std::int64_t lock_row) {
    return read_commands(doubts_of_.query(lock_row));
}

bool command_table::exists_for(std::string_view action, std::int64_t lock_row) {
    return exists_for_.query(action, lock_row).next();
}

std::optional<command_record> command_table::find(std::int64_t id) {
    return read_first(find_.query(id));
}

std::optional<command_record> command_table::find_of_action(std::string_view action) {
    return read_first(find_of_action_.query(action));
}

std::optional<command_record> command_table::find_by_ref(std::string_view account, std::string_view ref) {
    return read_first(find_by_ref_.query(account, ref));
}

gateway_calls command_table::calls_of_gateways(std::string_view account, std::size_t most) {
    gateway_calls out{most};
    auto row = calls_of_gateways_.query(account);
    while (row.next()) out.by_gateway.emplace(row.string(0), static_cast<std::size_t>(row.integer(1)));
    return out;
}

std::vector<command_record> command_table::due(std::string_view account, time_point now, std::size_t limit,
                                               gateway_calls& calls) {
    std::vector<command_record> out;
    auto row = due_.query(account, now);
    while (out.size() < limit && row.next()) {
        const auto gateway = row.text(14);
        if (!calls.has_room(gateway)) continue;
        out.push_back(read_command(row));
        out.back().gateway = gateway;
        if (!gateway.empty()) ++calls.by_gateway[out.back().gateway];
    }
    return out;
}

std::vector<command_record> command_table::expired_leases(std::string_view account, time_point now, std::size_t limit) {
    return read_commands(expired_leases_.query(account, now, limit));
}

std::vector<command_record> command_table::leases_of_others(std::string_view owner) {
    return read_commands(leases_of_others_.query(owner));
}

void command_table::lease(const command_record& c, std::string_view owner, time_point until) {
    lease_.run(to_string(c.state), to_string(c.verb), c.credential_ref, c.sends, c.probes, c.absent_probes,
               c.lease_token, owner, until, c.id);
}

void command_table::wait(const command_record& c, time_point due_at, std::string_view message,
                         std::int64_t vendor_code) {
    wait_.run(to_string(c.state), c.ref, c.credential_ref, c.sends, c.probes, c.absent_probes,
              unless_epoch(c.accepted_at), due_at, message, vendor_code, c.id);
}

void command_table::finish(const command_record& c, time_point at, std::string_view message, std::int64_t vendor_code) {
    finish_.run(to_string(c.state), c.ref, c.credential_ref, c.sends, c.probes, c.absent_probes,
                unless_epoch(c.accepted_at), at, message, vendor_code, c.id);
}

std::optional<due_hint> command_table::let_next_go(std::int64_t lock_row, time_point now) {
    auto row = let_next_go_.query(now, lock_row);
    if (!row.next()) return std::nullopt;
    due_hint hint{row.string(0), row.time(1)};
    while (row.next()) {
    }
    return hint;
}

std::vector<command_record> command_table::stale_orders(std::string_view account, time_point opened_until,
                                                        std::size_t limit) {
    return read_commands(stale_orders_.query(account, opened_until, limit));
}

std::optional<time_point> command_table::next_due_behind(std::string_view account, std::string_view gateway) {
    auto row = next_due_behind_.query(account, gateway);
    if (!row.next()) return std::nullopt;
    return row.time(0);
}

std::optional<time_point> command_table::next_due(std::string_view account, const gateway_calls& calls) {
    std::optional<time_point> earliest;
    const auto consider = [&](time_point at) { earliest = earliest ? std::min(*earliest, at) : at; };
    for (auto row = next_due_.query(account); !earliest && row.next();)
        if (calls.has_room(row.text(1))) consider(row.time(0));
    if (auto row = next_lease_end_.query(account); row.next()) consider(row.time(0));
    if (auto row = oldest_order_.query(account); row.next()) consider(row.time(0) + limits::open_door_validity);
    return earliest;
}

std::vector<std::string> command_table::accounts_with_work() {
    std::vector<std::string> out;
    auto row = accounts_with_work_.query();
    while (row.next()) out.push_back(row.string(0));
    return out;
}

}  // namespace lockhub::storage::sqlite
