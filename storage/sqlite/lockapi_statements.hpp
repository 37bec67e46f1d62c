#pragma once
// What the lockapi asks of the directory, the lock states and the lock log. Every statement goes by the rooms it is
// asked about, so that no answer costs more because other hotels are many.
#include <string_view>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

namespace lockapi_sql {

inline constexpr std::string_view hotel = "SELECT hotel_row FROM hotels WHERE pms_id = ? AND hotel_no = ?";

inline constexpr std::string_view rooms_of_hotel = R"(
SELECT t.room_type_code, r.room_id, EXISTS (SELECT 1 FROM room_locks AS b WHERE b.room_row = r.room_row)
FROM room_types AS t JOIN rooms AS r ON r.room_type_row = t.room_type_row
WHERE t.hotel_row = ? ORDER BY t.room_type_code, r.room_id)";

inline constexpr std::string_view rooms_of_type = R"(
SELECT t.room_type_code, r.room_id, EXISTS (SELECT 1 FROM room_locks AS b WHERE b.room_row = r.room_row)
FROM room_types AS t JOIN rooms AS r ON r.room_type_row = t.room_type_row
WHERE t.hotel_row = ? AND t.room_type_code = ? ORDER BY r.room_id)";

inline constexpr std::string_view one_room = R"(
SELECT t.room_type_code, r.room_id, EXISTS (SELECT 1 FROM room_locks AS b WHERE b.room_row = r.room_row)
FROM rooms AS r JOIN room_types AS t ON t.room_type_row = r.room_type_row
WHERE r.hotel_row = ? AND r.room_id = ?)";

// One row for each lock of the room, one without a service where it has none.
inline constexpr std::string_view locks_of_room = R"(
SELECT r.room_no, b.service, l.account, l.lock_uuid, l.cloud_home_id, l.cloud_room_id, s.online, s.battery_percent,
       s.signal_percent, s.battery_low, s.fault_at_ms,
       MAX(s.online_at_ms, s.battery_at_ms, s.signal_at_ms, s.fault_at_ms)
FROM rooms AS r
LEFT JOIN room_locks AS b ON b.room_row = r.room_row
LEFT JOIN locks AS l ON l.lock_row = b.lock_row
LEFT JOIN lock_states AS s ON s.lock_row = b.lock_row
WHERE r.hotel_row = ? AND r.room_id = ? ORDER BY b.service)";

inline constexpr std::string_view room_row = "SELECT room_row FROM rooms WHERE hotel_row = ? AND room_id = ?";

// ?1: the rooms' rows as a JSON array. One lock may serve a room in both ways; its log counts once.
inline constexpr std::string_view log_total = R"(
WITH asked AS MATERIALIZED (
    SELECT DISTINCT b.room_row, b.lock_row
    FROM json_each(?1) AS wanted CROSS JOIN room_locks AS b ON b.room_row = wanted.value)
SELECT COUNT(*)
FROM asked AS a CROSS JOIN lock_log AS g INDEXED BY lock_log_of_lock ON g.lock_row = a.lock_row
WHERE g.occurred_at_ms BETWEEN ?2 AND ?3)";

// The index alone finds and sorts; only the rows of the page are looked up. A reference that was given to another PIN
// after the opening tells nothing of it, hence the comparison with the action's beginning.
inline constexpr std::string_view log_page = R"(
WITH asked AS MATERIALIZED (
    SELECT DISTINCT b.room_row, b.lock_row
    FROM json_each(?1) AS wanted CROSS JOIN room_locks AS b ON b.room_row = wanted.value),
page AS MATERIALIZED (
    SELECT a.room_row, g.lock_row, g.occurred_at_ms, g.source, g.source_id
    FROM asked AS a CROSS JOIN lock_log AS g INDEXED BY lock_log_of_lock ON g.lock_row = a.lock_row
    WHERE g.occurred_at_ms BETWEEN ?2 AND ?3
    ORDER BY g.occurred_at_ms DESC, g.lock_row DESC, g.source DESC, g.source_id DESC, a.room_row LIMIT ?4 OFFSET ?5)
SELECT r.room_id, p.occurred_at_ms, p.source, p.source_id, g.source_name, g.succeeded, i.action_id, i.sealed_pin
FROM page AS p
CROSS JOIN rooms AS r ON r.room_row = p.room_row
CROSS JOIN lock_log AS g ON g.occurred_at_ms = p.occurred_at_ms AND g.lock_row = p.lock_row AND g.source = p.source
                        AND g.source_id = p.source_id
LEFT JOIN credentials AS c ON c.lock_row = p.lock_row AND c.credential_ref = p.source_id AND p.source = ?6
                          AND g.succeeded = 1
LEFT JOIN actions AS i ON i.action_id = c.action_id AND i.created_at_ms <= p.occurred_at_ms
ORDER BY p.occurred_at_ms DESC, p.lock_row DESC, p.source DESC, p.source_id DESC, p.room_row)";

}  // namespace lockapi_sql

struct lockapi_statements {
    explicit lockapi_statements(database& db)
        : hotel(db, lockapi_sql::hotel),
          rooms_of_hotel(db, lockapi_sql::rooms_of_hotel),
          rooms_of_type(db, lockapi_sql::rooms_of_type),
          one_room(db, lockapi_sql::one_room),
          locks_of_room(db, lockapi_sql::locks_of_room),
          room_row(db, lockapi_sql::room_row),
          log_total(db, lockapi_sql::log_total),
          log_page(db, lockapi_sql::log_page) {}

    statement hotel;
    statement rooms_of_hotel;
    statement rooms_of_type;
    statement one_room;
    statement locks_of_room;
    statement room_row;
    statement log_total;
    statement log_page;
};

}  // namespace lockhub::storage::sqlite
