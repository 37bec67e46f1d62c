#include "storage/sqlite/inventory_table.hpp"

namespace lockhub::storage::sqlite {

inventory_table::inventory_table(database& db)
    : touch_(db, R"(
INSERT INTO inventories (lock_row, account, due_at_ms, touched_at_ms) VALUES (?, ?, ?, ?)
ON CONFLICT (lock_row) DO UPDATE SET touched_at_ms = excluded.touched_at_ms)"),
      hasten_(db, R"(
INSERT INTO inventories (lock_row, account, due_at_ms, touched_at_ms) VALUES (?, ?, ?, 0)
ON CONFLICT (lock_row) DO UPDATE SET due_at_ms = MIN(due_at_ms, excluded.due_at_ms))"),
      set_due_(db, "UPDATE inventories SET due_at_ms = ? WHERE lock_row = ?"),
      find_(db, "SELECT lock_row, due_at_ms, touched_at_ms, failures FROM inventories WHERE lock_row = ?"),
      due_(db, R"(
SELECT lock_row FROM inventories WHERE account = ? AND due_at_ms <= ? ORDER BY due_at_ms, lock_row LIMIT ?)"),
      next_due_(db, "SELECT due_at_ms FROM inventories WHERE account = ? ORDER BY due_at_ms LIMIT 1"),
      compared_(db, R"(
UPDATE inventories SET compared_at_ms = ?, due_at_ms = ?, failures = 0, message = '' WHERE lock_row = ?)"),
      failed_(db, R"(
UPDATE inventories SET due_at_ms = ?, failures = failures + 1, message = ? WHERE lock_row = ?)"),
      erase_(db, "DELETE FROM inventories WHERE lock_row = ?") {}

void inventory_table::touch(std::int64_t lock_row, std::string_view account, time_point now, time_point first_at) {
    touch_.run(lock_row, account, first_at, now);
}

void inventory_table::hasten(std::int64_t lock_row, std::string_view account, time_point at) {
    hasten_.run(lock_row, account, at);
}

void inventory_table::set_due(std::int64_t lock_row, time_point at) {
    set_due_.run(at, lock_row);
}

std::optional<inventory_record> inventory_table::find(std::int64_t lock_row) {
    auto row = find_.query(lock_row);
    if (!row.next()) return std::nullopt;
    return inventory_record{.lock_row = row.integer(0),
                            .due_at = row.time(1),
                            .touched_at = row.time(2),
                            .failures = static_cast<std::uint32_t>(row.integer(3))};
}

std::vector<std::int64_t> inventory_table::due(std::string_view account, time_point now, std::size_t limit) {
    std::vector<std::int64_t> out;
    auto row = due_.query(account, now, limit);
    while (row.next()) out.push_back(row.integer(0));
    return out;
}

std::optional<time_point> inventory_table::next_due(std::string_view account) {
    auto row = next_due_.query(account);
    if (!row.next()) return std::nullopt;
    return row.time(0);
}

void inventory_table::compared(std::int64_t lock_row, time_point at, time_point due_at) {
    compared_.run(at, due_at, lock_row);
}

void inventory_table::failed(std::int64_t lock_row, time_point due_at, std::string_view message) {
    failed_.run(due_at, message, lock_row);
}

void inventory_table::erase(std::int64_t lock_row) {
    erase_.run(lock_row);
}

}  // namespace lockhub::storage::sqlite
