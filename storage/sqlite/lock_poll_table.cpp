#include "storage/sqlite/lock_poll_table.hpp"

#include <stdexcept>

namespace lockhub::storage::sqlite {

lock_poll_table::lock_poll_table(database& db)
    : list_(db, R"(
SELECT l.lock_row, p.lock_row IS NOT NULL, l.lock_uuid, l.cloud_home_id, l.cloud_room_id,
       COALESCE(p.tells_from_at_ms, l.known_since_at_ms), p.read_until_at_ms
FROM locks AS l LEFT JOIN lock_polls AS p ON p.lock_row = l.lock_row
WHERE l.account = ? AND EXISTS (SELECT 1 FROM room_locks AS r WHERE r.lock_row = l.lock_row)
ORDER BY l.lock_row)"),
      begin_(db, R"(
INSERT INTO lock_polls (lock_row, tells_from_at_ms, read_until_at_ms)
SELECT lock_row, CASE known_since_at_ms WHEN 0 THEN ?2 ELSE known_since_at_ms END / 1000 * 1000, 0
FROM locks WHERE lock_row = ?1
ON CONFLICT (lock_row) DO NOTHING)"),
      tells_from_(db, "SELECT tells_from_at_ms FROM lock_polls WHERE lock_row = ?"),
      advance_(db, "UPDATE lock_polls SET read_until_at_ms = ?2 WHERE lock_row = ?1 AND read_until_at_ms < ?2"),
      forget_before_(db, "UPDATE lock_polls SET tells_from_at_ms = ?1 WHERE tells_from_at_ms < ?1") {}

std::vector<lock_poll_table::listed> lock_poll_table::list(std::string_view account) {
    std::vector<listed> out;
    auto row = list_.query(account);
    while (row.next())
        out.push_back(
            {row.integer(0), row.flag(1), {row.string(2), row.string(3), row.string(4), row.time(5), row.time(6)}});
    return out;
}

time_point lock_poll_table::begin(std::int64_t lock_row, time_point now) {
    begin_.run(lock_row, now);
    auto row = tells_from_.query(lock_row);
    if (!row.next()) throw std::logic_error("a lock is gone whose log is read");
    return row.time(0);
}

void lock_poll_table::advance(std::int64_t lock_row, time_point read_until) {
    advance_.run(lock_row, read_until);
}

void lock_poll_table::forget_before(time_point t) {
    forget_before_.run(t);
}

}  // namespace lockhub::storage::sqlite
