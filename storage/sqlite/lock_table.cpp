#include "storage/sqlite/lock_table.hpp"

#include <stdexcept>

namespace lockhub::storage::sqlite {

namespace {

lock_place read_place(const rows& row) {
    return {row.integer(0), row.string(1), row.string(2), row.string(3), row.string(4)};
}

}  // namespace

lock_table::lock_table(database& db)
    : db_(db),
      find_(db, R"(
SELECT lock_row, account, lock_uuid, cloud_home_id, cloud_room_id FROM locks WHERE account = ? AND lock_uuid = ?)"),
      at_(db, "SELECT lock_row, account, lock_uuid, cloud_home_id, cloud_room_id FROM locks WHERE lock_row = ?"),
      in_home_(db, R"(
SELECT lock_row FROM locks WHERE account = ? AND cloud_home_id = ? AND cloud_home_id <> '' ORDER BY lock_row)"),
      add_heard_(db, R"(
INSERT INTO locks (account, lock_uuid, cloud_home_id, cloud_room_id, origin, known_since_at_ms)
VALUES (?, ?, ?, ?, 'push', ?))"),
      add_listed_(db, R"(
INSERT INTO locks (account, lock_uuid, cloud_home_id, cloud_room_id, origin, known_since_at_ms)
VALUES (?, ?, ?, ?, 'directory', ?)
ON CONFLICT (account, lock_uuid) DO UPDATE
SET cloud_home_id = excluded.cloud_home_id, cloud_room_id = excluded.cloud_room_id, origin = 'directory'
RETURNING lock_row)"),
      state_(db, R"(
SELECT online, online_at_ms, battery_percent, battery_low, battery_at_ms, signal_percent, signal_at_ms, fault_at_ms,
       last_heard_at_ms
FROM lock_states WHERE lock_row = ?)"),
      write_state_(db, R"(
INSERT INTO lock_states (lock_row, online, online_at_ms, battery_percent, battery_low, battery_at_ms, signal_percent,
                         signal_at_ms, fault_at_ms, last_heard_at_ms)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (lock_row) DO UPDATE
SET online = excluded.online, online_at_ms = excluded.online_at_ms, battery_percent = excluded.battery_percent,
    battery_low = excluded.battery_low, battery_at_ms = excluded.battery_at_ms,
    signal_percent = excluded.signal_percent, signal_at_ms = excluded.signal_at_ms, fault_at_ms = excluded.fault_at_ms,
    last_heard_at_ms = excluded.last_heard_at_ms)"),
      gateway_of_(db, "SELECT gateway_uuid FROM locks WHERE lock_row = ?"),
      set_gateway_(db, "UPDATE locks SET gateway_uuid = ?2 WHERE lock_row = ?1") {}

std::optional<lock_place> lock_table::find(std::string_view account, std::string_view uuid) {
    auto row = find_.query(account, uuid);
    if (!row.next()) return std::nullopt;
    return read_place(row);
}

lock_place lock_table::at(std::int64_t lock) {
    auto row = at_.query(lock);
    if (!row.next()) throw std::logic_error("a lock is gone that something refers to");
    return read_place(row);
}

std::vector<std::int64_t> lock_table::in_home(std::string_view account, std::string_view cloud_home_id) {
    std::vector<std::int64_t> out;
    auto row = in_home_.query(account, cloud_home_id);
    while (row.next()) out.push_back(row.integer(0));
    return out;
}

std::int64_t lock_table::add_heard(std::string_view account, std::string_view uuid, std::string_view home,
                                   std::string_view room, time_point now) {
    add_heard_.run(account, uuid, home, room, now);
    return db_.last_insert_rowid();
}

std::int64_t lock_table::add_listed(std::string_view account, std::string_view uuid, std::string_view home,
                                    std::string_view room, time_point now) {
    auto row = add_listed_.query(account, uuid, home, room, now);
    row.next();
    const auto lock = row.integer(0);
    while (row.next()) {
    }
    return lock;
}

std::int64_t lock_table::find_or_add_reader(std::string_view account, std::string_view reader_id, time_point now) {
    const auto uuid = std::string(reader_uuid_prefix).append(reader_id);
    if (const auto known = find(account, uuid)) return known->row;
    return add_listed(account, uuid, "", "", now);
}

lock_state lock_table::state(std::int64_t lock) {
    auto row = state_.query(lock);
    if (!row.next()) return {};
    lock_state out;
    if (const auto online = row.optional_integer(0)) out.online = *online != 0;
    out.online_at = row.time(1);
    out.battery_percent = row.optional_integer(2);
    out.battery_low = row.flag(3);
    out.battery_at = row.time(4);
    out.signal_percent = row.optional_integer(5);
    out.signal_at = row.time(6);
    out.fault_at = row.time(7);
    out.last_heard_at = row.time(8);
    return out;
}

void lock_table::write_state(std::int64_t lock, const lock_state& s) {
    write_state_.run(lock, s.online, s.online_at, s.battery_percent, s.battery_low, s.battery_at, s.signal_percent,
                     s.signal_at, s.fault_at, s.last_heard_at);
}

std::string lock_table::gateway_of(std::int64_t lock) {
    auto row = gateway_of_.query(lock);
    return row.next() ? row.string(0) : std::string();
}

void lock_table::set_gateway(std::int64_t lock, std::string_view gateway_uuid) {
    set_gateway_.run(lock, gateway_uuid);
}

}  // namespace lockhub::storage::sqlite
