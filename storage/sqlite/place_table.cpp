#include "storage/sqlite/place_table.hpp"

namespace lockhub::storage::sqlite {

place_table::place_table(database& db)
    : home_of_(db, "SELECT home_id FROM provisioned_places WHERE account = ? AND hotel_row = ? LIMIT 1"),
      taken_(db, R"(
SELECT 1 FROM provisioned_places WHERE account = ? AND home_id = ? AND cloud_room_id = '' AND hotel_row <> ?)"),
      write_(db, R"(
INSERT INTO provisioned_places (account, hotel_row, home_id, cloud_room_id, room_id, name, description, state, change,
                                message, changed_at_ms)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account, hotel_row, cloud_room_id) DO UPDATE
SET room_id = excluded.room_id, name = excluded.name, description = excluded.description, state = excluded.state,
    change = excluded.change, message = excluded.message, changed_at_ms = excluded.changed_at_ms)"),
      forget_(db, R"(
DELETE FROM provisioned_places WHERE account = ? AND hotel_row = ? AND cloud_room_id = ? AND cloud_room_id <> '')"),
      fill_locks_(db, R"(
UPDATE locks
SET cloud_home_id = p.home_id,
    cloud_room_id = CASE locks.cloud_room_id WHEN '' THEN p.cloud_room_id ELSE locks.cloud_room_id END
FROM provisioned_places AS p
JOIN rooms AS r ON r.hotel_row = p.hotel_row AND r.room_id = p.room_id
JOIN room_locks AS b ON b.room_row = r.room_row
WHERE locks.lock_row = b.lock_row AND locks.account = p.account AND p.account = ? AND p.hotel_row = ?
  AND p.state = 'present' AND p.room_id <> '' AND locks.cloud_home_id IN ('', p.home_id)
  AND (locks.cloud_home_id = '' OR locks.cloud_room_id = ''))") {}

std::optional<std::string> place_table::home_of(std::string_view account, std::int64_t hotel_row) {
    auto row = home_of_.query(account, hotel_row);
    if (!row.next()) return std::nullopt;
    return row.string(0);
}

bool place_table::is_taken(std::string_view account, std::string_view home_id, std::int64_t hotel_row) {
    return taken_.query(account, home_id, hotel_row).next();
}

void place_table::write(std::string_view account, std::int64_t hotel_row, std::string_view home_id,
                        const remembered_place& place, time_point at) {
    write_.run(account, hotel_row, home_id, place.id, place.room, place.name, place.description, to_string(place.state),
               to_string(place.change), place.message, at);
}

void place_table::forget(std::string_view account, std::int64_t hotel_row, std::string_view cloud_room_id) {
    forget_.run(account, hotel_row, cloud_room_id);
}

std::int64_t place_table::fill_locks(std::string_view account, std::int64_t hotel_row) {
    return fill_locks_.run(account, hotel_row);
}

std::vector<provisioned_home> load_provisioned_homes(database& db, std::string_view account) {
    statement find(db, R"(
SELECT h.pms_id, h.hotel_no, p.home_id, p.cloud_room_id, p.room_id, p.name, p.description, p.state, p.change, p.message
FROM provisioned_places AS p
JOIN hotels AS h ON h.hotel_row = p.hotel_row
WHERE p.account = ?
ORDER BY h.pms_id, h.hotel_no, p.cloud_room_id)");
    std::vector<provisioned_home> out;
    auto row = find.query(account);
    while (row.next()) {
        const pms_id pms(row.string(0));
        const hotel_no hotel(row.string(1));
        if (out.empty() || out.back().pms != pms || out.back().hotel != hotel)
            out.push_back({pms, hotel, row.string(2), {}});
        out.back().places.push_back({.id = row.string(3),
                                     .room = row.string(4),
                                     .name = row.string(5),
                                     .description = row.string(6),
                                     .change = place_change_from(row.text(8)).value(),
                                     .state = place_state_from(row.text(7)).value(),
                                     .message = row.string(9)});
    }
    return out;
}

}  // namespace lockhub::storage::sqlite
