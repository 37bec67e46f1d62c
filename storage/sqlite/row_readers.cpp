#include "storage/sqlite/row_readers.hpp"

#include <fmt/format.h>

namespace lockhub::storage::sqlite {

const std::string_view delivery_columns = R"(
o.delivery_id, o.state, o.kind, o.pms_id, o.hotel_no, o.room_id, r.room_no, o.action_id, o.event, o.created_at_ms,
o.due_at_ms, o.attempts, o.why, o.message, o.held_reason, o.finished_at_ms, o.lane,
CASE WHEN o.state = 'queued' THEN (
    SELECT MIN(head.delivery_id) FROM outbox AS head
    WHERE head.lane = o.lane AND head.state <> 'queued' AND head.finished_at_ms IS NULL AND head.held_reason IS NULL) END)";

const std::string_view delivery_tables = "outbox AS o LEFT JOIN rooms AS r ON r.room_row = o.room_row";

delivery_row read_delivery(const rows& row) {
    delivery_row out;
    out.id = delivery_id(row.integer(0));
    out.state = delivery_state_from(row.text(1)).value();
    out.kind = delivery_kind_from(row.text(2)).value();
    out.pms = row.string(3);
    out.hotel = row.string(4);
    out.room = row.string(5);
    out.room_no = row.string(6);
    out.action = row.string(7);
    out.event = row.string(8);
    out.created_at = row.time(9);
    out.due_at = row.time(10);
    out.attempts = static_cast<std::uint32_t>(row.integer(11));
    out.why = error_class_from(row.text(12)).value_or(error_class::none);
    out.message = row.string(13);
    out.held_reason = row.string(14);
    out.finished_at = row.time(15);
    if (const auto head = row.optional_integer(17)) out.behind = delivery_id(*head);
    return out;
}

namespace {

// With the latest command of each action, where it has one.
constexpr std::string_view action_query = R"(
SELECT a.action_id, a.state, a.pms_id, a.hotel_no, a.room_id, r.room_no, a.method, a.operator_name, a.created_at_ms,
       a.finished_at_ms, a.final_code, CASE a.message WHEN '' THEN COALESCE(c.message, '') ELSE a.message END,
       a.callback IS NOT NULL, c.state, c.account, l.lock_uuid, c.ref, c.credential_ref, c.due_at_ms, c.sends,
       a.verb, a.reader_id, a.card_id, a.card_lock_uuid, COALESCE(a.card_from_at_ms, a.valid_from_at_ms),
       COALESCE(a.card_until_at_ms, a.valid_until_at_ms), c.verb, c.vendor_code, a.holder,
       a.holder_name
FROM actions AS a
LEFT JOIN rooms AS r ON r.room_row = a.room_row
LEFT JOIN commands AS c ON c.command_id = (SELECT MAX(command_id) FROM commands WHERE action_id = a.action_id)
LEFT JOIN locks AS l ON l.lock_row = c.lock_row)";

action_row read_action(const rows& row) {
    action_row out;
    out.id = action_id(row.string(0));
    out.state = action_state_from(row.text(1)).value();
    out.pms = row.string(2);
    out.hotel = row.string(3);
    out.room = row.string(4);
    out.room_no = row.string(5);
    out.method = row.string(6);
    out.operator_name = row.string(7);
    out.created_at = row.time(8);
    out.finished_at = row.time(9);
    if (const auto code = row.optional_integer(10)) out.final_code = static_cast<int>(*code);
    out.message = row.string(11);
    out.callback_promised = row.flag(12);
    // An action answered at once has no command: it reads as done.
    out.command = command_state_from(row.text(13)).value_or(command_state::done);
    out.account = row.string(14);
    out.lock_uuid = row.string(15);
    out.ref = row.string(16);
    out.credential_ref = row.string(17);
    out.command_due_at = row.time(18);
    out.sends = static_cast<std::uint32_t>(row.integer(19));
    out.verb = command_verb_from(row.text(20)).value();
    out.reader_id = row.string(21);
    out.card = {.card_id = row.string(22),
                .lock_uuid = row.string(23),
                .valid_from = row.optional_time(24),
                .valid_until = row.optional_time(25)};
    out.step = command_verb_from(row.text(26));
    out.vendor_code = row.integer(27);
    out.holder = row.string(28);
    out.holder_name = row.string(29);
    return out;
}

}  // namespace

std::optional<action_row> load_action(database& db, std::string_view action) {
    statement find(db, fmt::format("{} WHERE a.action_id = ?", action_query));
    auto row = find.query(action);
    if (!row.next()) return std::nullopt;
    return read_action(row);
}

std::vector<action_row> load_actions(database& db, std::string_view state, std::size_t limit) {
    statement find(db, fmt::format("{} WHERE (?1 = '' OR a.state = ?1) ORDER BY a.created_at_ms DESC, a.action_id DESC "
                                   "LIMIT ?2",
                                   action_query));
    std::vector<action_row> out;
    auto row = find.query(state, limit);
    while (row.next()) out.push_back(read_action(row));
    return out;
}

const std::string_view directory_columns_and_tables = R"(
h.pms_id, h.hotel_no, h.hotel_name, t.room_type_code, t.room_type_name, r.room_id, r.room_no, r.floor_no, l.account,
l.lock_uuid, l.cloud_home_id, l.cloud_room_id, s.online, s.battery_percent, s.last_heard_at_ms,
k.account, k.lock_uuid
FROM hotels AS h
JOIN rooms AS r ON r.hotel_row = h.hotel_row
JOIN room_types AS t ON t.room_type_row = r.room_type_row
LEFT JOIN room_locks AS b ON b.room_row = r.room_row AND b.service = 'password'
LEFT JOIN locks AS l ON l.lock_row = b.lock_row
LEFT JOIN lock_states AS s ON s.lock_row = l.lock_row
LEFT JOIN room_locks AS e ON e.room_row = r.room_row AND e.service = 'card'
LEFT JOIN locks AS k ON k.lock_row = e.lock_row)";

directory_listing_row read_directory(const rows& row) {
    directory_listing_row out;
    out.row = {.pms_id = row.string(0),
               .hotel_no = row.string(1),
               .hotel_name = row.string(2),
               .room_type_code = row.string(3),
               .room_type_name = row.string(4),
               .room_id = row.string(5),
               .room_no = row.string(6),
               .floor_no = row.string(7),
               .cloud_account = row.string(8),
               .lock_uuid = row.string(9),
               .cloud_home_id = row.string(10),
               .cloud_room_id = row.string(11)};
    if (const auto online = row.optional_integer(12)) out.online = *online != 0;
    if (const auto battery = row.optional_integer(13)) out.battery_percent = static_cast<int>(*battery);
    out.heard_at = row.time(14);
    out.card_account = row.string(15);
    out.card_lock_uuid = row.string(16);
    return out;
}

}  // namespace lockhub::storage::sqlite
