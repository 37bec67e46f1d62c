#include "storage/sqlite/directory_table.hpp"

#include <stdexcept>

namespace lockhub::storage::sqlite {

namespace {

room_place read_place(const rows& row) {
    return {row.integer(0), row.integer(1), row.string(2), row.string(3), row.string(4)};
}

std::vector<room_place> read_places(rows&& row) {
    std::vector<room_place> out;
    while (row.next()) out.push_back(read_place(row));
    return out;
}

struct named {
    std::int64_t row = 0;
    std::string name;
};

std::optional<named> read_named(rows&& row) {
    if (!row.next()) return std::nullopt;
    return named{row.integer(0), row.string(1)};
}

}  // namespace

directory_table::directory_table(database& db)
    : db_(db),
      find_room_(db, R"(
SELECT r.room_row, h.hotel_row, h.pms_id, h.hotel_no, r.room_id
FROM hotels AS h JOIN rooms AS r ON r.hotel_row = h.hotel_row
WHERE h.pms_id = ? AND h.hotel_no = ? AND r.room_id = ?)"),
      room_at_(db, R"(
SELECT r.room_row, h.hotel_row, h.pms_id, h.hotel_no, r.room_id
FROM rooms AS r JOIN hotels AS h ON h.hotel_row = r.hotel_row WHERE r.room_row = ?)"),
      rooms_of_lock_(db, R"(
SELECT DISTINCT r.room_row, h.hotel_row, h.pms_id, h.hotel_no, r.room_id
FROM room_locks AS b JOIN rooms AS r ON r.room_row = b.room_row JOIN hotels AS h ON h.hotel_row = r.hotel_row
WHERE b.lock_row = ? ORDER BY r.room_row)"),
      lock_of_room_(db, "SELECT lock_row FROM room_locks WHERE room_row = ? AND service = ?"),
      room_of_card_(db, R"(
SELECT r.room_row, h.hotel_row, h.pms_id, h.hotel_no, r.room_id
FROM room_locks AS b JOIN rooms AS r ON r.room_row = b.room_row JOIN hotels AS h ON h.hotel_row = r.hotel_row
WHERE b.lock_row = ? AND r.hotel_row = ? ORDER BY b.service, r.room_row LIMIT 1)"),
      find_hotel_(db, "SELECT hotel_row, hotel_name FROM hotels WHERE pms_id = ? AND hotel_no = ?"),
      add_hotel_(db, "INSERT INTO hotels (pms_id, hotel_no, hotel_name) VALUES (?, ?, ?)"),
      rename_hotel_(db, "UPDATE hotels SET hotel_name = ? WHERE hotel_row = ?"),
      find_room_type_(db, R"(
SELECT room_type_row, room_type_name FROM room_types WHERE hotel_row = ? AND room_type_code = ?)"),
      add_room_type_(db, "INSERT INTO room_types (hotel_row, room_type_code, room_type_name) VALUES (?, ?, ?)"),
      rename_room_type_(db, "UPDATE room_types SET room_type_name = ? WHERE room_type_row = ?"),
      room_attributes_(db, R"(
SELECT room_row, room_type_row, room_no, floor_no FROM rooms WHERE hotel_row = ? AND room_id = ?)"),
      room_type_code_(db, "SELECT room_type_code FROM room_types WHERE room_type_row = ?"),
      rooms_of_hotel_(db, R"(
SELECT room_row, room_id, room_no FROM rooms WHERE hotel_row = ? ORDER BY room_id)"),
      add_room_(db, R"(
INSERT INTO rooms (hotel_row, room_id, room_type_row, room_no, floor_no) VALUES (?, ?, ?, ?, ?))"),
      update_room_(db, "UPDATE rooms SET room_type_row = ?, room_no = ?, floor_no = ? WHERE room_row = ?"),
      bind_(db, R"(
INSERT INTO room_locks (room_row, service, lock_row) VALUES (?, ?, ?)
ON CONFLICT (room_row, service) DO UPDATE SET lock_row = excluded.lock_row)"),
      unbind_(db, "DELETE FROM room_locks WHERE room_row = ? AND service = ?"),
      rooms_of_lock_by_service_(db, R"(
SELECT r.room_row, h.hotel_row, h.pms_id, h.hotel_no, r.room_id
FROM room_locks AS b JOIN rooms AS r ON r.room_row = b.room_row JOIN hotels AS h ON h.hotel_row = r.hotel_row
WHERE b.lock_row = ? AND b.service = ? ORDER BY r.room_row)") {}

std::optional<room_place> directory_table::find_room(std::string_view pms, std::string_view hotel,
                                                     std::string_view room) {
    auto row = find_room_.query(pms, hotel, room);
    if (!row.next()) return std::nullopt;
    return read_place(row);
}

room_place directory_table::room_at(std::int64_t room_row) {
    auto row = room_at_.query(room_row);
    if (!row.next()) throw std::logic_error("a room is gone that something refers to");
    return read_place(row);
}

std::vector<room_place> directory_table::rooms_of_lock(std::int64_t lock_row) {
    return read_places(rooms_of_lock_.query(lock_row));
}

std::optional<std::int64_t> directory_table::lock_of_room(std::int64_t room_row, std::string_view service) {
    auto row = lock_of_room_.query(room_row, service);
    if (!row.next()) return std::nullopt;
    return row.integer(0);
}

std::optional<room_place> directory_table::room_of_card(std::int64_t lock_row, std::int64_t hotel_row) {
    auto row = room_of_card_.query(lock_row, hotel_row);
    if (!row.next()) return std::nullopt;
    return read_place(row);
}

std::optional<std::int64_t> directory_table::find_hotel(std::string_view pms, std::string_view hotel) {
    auto row = find_hotel_.query(pms, hotel);
    if (!row.next()) return std::nullopt;
    return row.integer(0);
}

directory_table::saved directory_table::save_hotel(std::string_view pms, std::string_view hotel,
                                                   std::string_view name) {
    const auto known = read_named(find_hotel_.query(pms, hotel));
    if (!known) {
        add_hotel_.run(pms, hotel, name);
        return {.row = db_.last_insert_rowid(), .added = true};
    }
    if (known->name == name) return {.row = known->row};
    rename_hotel_.run(name, known->row);
    return {.row = known->row, .name_before = known->name};
}

directory_table::saved directory_table::save_room_type(std::int64_t hotel_row, std::string_view code,
                                                       std::string_view name) {
    const auto known = read_named(find_room_type_.query(hotel_row, code));
    if (!known) {
        add_room_type_.run(hotel_row, code, name);
        return {.row = db_.last_insert_rowid(), .added = true};
    }
    if (known->name == name) return {.row = known->row};
    rename_room_type_.run(name, known->row);
    return {.row = known->row, .name_before = known->name};
}

std::optional<room_attributes> directory_table::room_attributes_of(std::int64_t hotel_row, std::string_view room) {
    auto row = room_attributes_.query(hotel_row, room);
    if (!row.next()) return std::nullopt;
    return room_attributes{row.integer(0), row.integer(1), row.string(2), row.string(3)};
}

std::string directory_table::room_type_code(std::int64_t room_type_row) {
    auto row = room_type_code_.query(room_type_row);
    if (!row.next()) throw std::logic_error("a room type is gone that something refers to");
    return row.string(0);
}

std::vector<directory_table::listed_room> directory_table::rooms_of_hotel(std::int64_t hotel_row) {
    std::vector<listed_room> out;
    auto row = rooms_of_hotel_.query(hotel_row);
    while (row.next()) out.push_back({row.integer(0), row.string(1), row.string(2)});
    return out;
}

std::int64_t directory_table::add_room(std::int64_t hotel_row, std::string_view room, const room_attributes& a) {
    add_room_.run(hotel_row, room, a.room_type_row, a.room_no, a.floor_no);
    return db_.last_insert_rowid();
}

void directory_table::update_room(const room_attributes& a) {
    update_room_.run(a.room_type_row, a.room_no, a.floor_no, a.room_row);
}

void directory_table::bind(std::int64_t room_row, std::string_view service, std::int64_t lock_row) {
    bind_.run(room_row, service, lock_row);
}

bool directory_table::unbind(std::int64_t room_row, std::string_view service) {
    return unbind_.run(room_row, service) > 0;
}

std::vector<room_place> directory_table::rooms_of_lock(std::int64_t lock_row, std::string_view service) {
    return read_places(rooms_of_lock_by_service_.query(lock_row, service));
}

}  // namespace lockhub::storage::sqlite
