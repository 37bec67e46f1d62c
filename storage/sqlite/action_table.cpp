#include "storage/sqlite/action_table.hpp"

#include <vector>

namespace lockhub::storage::sqlite {

namespace {

#define LOCKHUB_ACTION_COLUMNS                                                                                     \
    "action_id, state, pms_id, hotel_no, room_id, hotel_row, room_row, verb, manage, callback, valid_from_at_ms, " \
    "valid_until_at_ms, card_id, card_lock_uuid, card_from_at_ms, card_until_at_ms, sealed_pin, holder, "          \
    "holder_name"

action_record read_action(const rows& row) {
    return {.action = row.string(0),
            .state = action_state_from(row.text(1)).value(),
            .pms = row.string(2),
            .hotel = row.string(3),
            .room = row.string(4),
            .hotel_row = row.integer(5),
            .room_row = row.optional_integer(6),
            .verb = command_verb_from(row.text(7)).value(),
            .manage = row.flag(8),
            .callback = delivery_kind_from(row.text(9)),
            .valid_from = row.optional_time(10),
            .valid_until = row.optional_time(11),
            .card = {.card_id = row.string(12),
                     .lock_uuid = row.string(13),
                     .valid_from = row.optional_time(14),
                     .valid_until = row.optional_time(15)},
            .sealed_pin = row.string(16),
            .holder = row.string(17),
            .holder_name = row.string(18)};
}

// Old actions that something still refers to stay; so many times the limit is looked at to find others.
constexpr std::size_t window_factor = 20;

// Ids grow with time within each of the two kinds: passwords' begin with a digit, cards' with an A.
constexpr const char* first_ids[] = {"", "A"};

std::optional<blob> as_blob(std::optional<std::string_view> bytes) {
    if (!bytes) return std::nullopt;
    return blob{*bytes};
}

}  // namespace

action_table::action_table(database& db)
    : exists_(db, "SELECT 1 FROM actions WHERE action_id = ?"),
      insert_(db, R"(
INSERT INTO actions (action_id, state, pms_id, hotel_no, room_id, hotel_row, room_row, method, verb, manage, request_key,
                     sealed_pin, valid_from_at_ms, valid_until_at_ms, reader_id, card_lock_uuid, holder, holder_name,
                     operator_guid, operator_name, callback, created_at_ms, finished_at_ms, final_code, message)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))"),
      find_(db, "SELECT " LOCKHUB_ACTION_COLUMNS " FROM actions WHERE action_id = ?"),
      find_open_request_(db, "SELECT " LOCKHUB_ACTION_COLUMNS R"( FROM actions
WHERE request_key = ? AND state = 'open' AND hotel_row = ? AND room_row IS ? ORDER BY action_id LIMIT 1)"),
      unsent_actions_(db, R"(
SELECT a.action_id FROM actions AS a INDEXED BY actions_open_of_room
WHERE a.room_row = ?1 AND a.state IN ('open', 'unverifiable') AND a.state = 'open' AND a.verb IN (?2, ?3)
  AND a.manage = ?4 AND (?5 IS NULL OR a.holder = ?5)
  AND NOT EXISTS (SELECT 1 FROM commands AS c WHERE c.action_id = a.action_id AND (c.sends > 0 OR c.state <> 'pending'))
ORDER BY a.action_id)"),
      has_open_action_(db, R"(
SELECT 1 FROM actions INDEXED BY actions_open_of_room
WHERE room_row = ?1 AND state IN ('open', 'unverifiable') AND state = 'open' AND verb IN (?2, ?3) AND manage = ?4
  AND (?5 IS NULL OR holder = ?5) LIMIT 1)"),
      has_waiting_pin_action_(db, R"(
SELECT 1 FROM actions INDEXED BY actions_open_of_room
WHERE room_row = ? AND manage = ? AND state IN ('open', 'unverifiable')
  AND verb IN ('set_pin', 'remove_pin', 'freeze_pin', 'unfreeze_pin') LIMIT 1)"),
      has_waiting_card_(db, R"(
SELECT 1 FROM actions INDEXED BY actions_open_of_room
WHERE room_row = ? AND state IN ('open', 'unverifiable') AND verb = 'make_card' AND valid_from_at_ms = ? LIMIT 1)"),
      set_card_(db, R"(
UPDATE actions SET card_id = ?, card_lock_uuid = ?, card_from_at_ms = ?, card_until_at_ms = ? WHERE action_id = ?)"),
      set_state_(db, "UPDATE actions SET state = ?, message = ? WHERE action_id = ?"),
      finish_(db, R"(
UPDATE actions SET state = ?, final_code = ?, message = ?, finished_at_ms = ? WHERE action_id = ?)"),
      expunge_candidates_(db, R"(
SELECT a.action_id
FROM (SELECT action_id, finished_at_ms FROM actions WHERE action_id >= ?1 ORDER BY action_id LIMIT ?4) AS a
WHERE a.finished_at_ms < ?2
  AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.action_id = a.action_id AND o.action_id IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM credentials AS c WHERE c.action_id = a.action_id AND c.action_id IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM cards AS c WHERE c.action_id = a.action_id AND c.action_id IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM access_rights AS r WHERE r.action_id = a.action_id)
ORDER BY a.action_id LIMIT ?3)"),
      erase_commands_(db, "DELETE FROM commands WHERE action_id = ?"),
      erase_(db, "DELETE FROM actions WHERE action_id = ?") {}

bool action_table::exists(std::string_view action) {
    return exists_.query(action).next();
}

void action_table::insert(const new_action& a) {
    const auto finished_at = a.final_code ? std::optional(a.created_at) : std::nullopt;
    const auto callback = a.callback ? std::optional(to_string(*a.callback)) : std::nullopt;
    insert_.run(a.action, to_string(a.state), a.pms, a.hotel, a.room, a.hotel_row, a.room_row, a.method,
                to_string(a.verb), a.manage, blob{a.request_key}, as_blob(a.sealed_pin), a.valid_from, a.valid_until,
                a.reader_id, a.card_lock_uuid, a.holder, a.holder_name, a.operator_guid, a.operator_name, callback,
                a.created_at, finished_at, a.final_code, a.message);
}

std::optional<action_record> action_table::find(std::string_view action) {
    auto row = find_.query(action);
    if (!row.next()) return std::nullopt;
    return read_action(row);
}

std::optional<action_record> action_table::find_open_request(std::string_view request_key, std::int64_t hotel_row,
                                                             std::optional<std::int64_t> room_row) {
    auto row = find_open_request_.query(blob{request_key}, hotel_row, room_row);
    if (!row.next()) return std::nullopt;
    return read_action(row);
}

std::vector<std::string> action_table::unsent_actions(std::int64_t room_row, verb_pair pair, bool manage,
                                                      std::optional<std::string_view> holder) {
    std::vector<std::string> out;
    auto row = unsent_actions_.query(room_row, to_string(pair.one), to_string(pair.other), manage, holder);
    while (row.next()) out.push_back(row.string(0));
    return out;
}

bool action_table::has_open_action(std::int64_t room_row, verb_pair pair, bool manage,
                                   std::optional<std::string_view> holder) {
    return has_open_action_.query(room_row, to_string(pair.one), to_string(pair.other), manage, holder).next();
}

bool action_table::has_waiting_pin_action(std::int64_t room_row, bool manage) {
    return has_waiting_pin_action_.query(room_row, manage).next();
}

bool action_table::has_waiting_card(std::int64_t room_row, time_point valid_from) {
    return has_waiting_card_.query(room_row, valid_from).next();
}

void action_table::set_card(std::string_view action, const card_facts& card) {
    set_card_.run(card.card_id, card.lock_uuid, card.valid_from, card.valid_until, action);
}

void action_table::set_state(std::string_view action, action_state state, std::string_view message) {
    set_state_.run(to_string(state), message, action);
}

void action_table::finish(std::string_view action, action_state state, int final_code, std::string_view message,
                          time_point at) {
    finish_.run(to_string(state), final_code, message, at, action);
}

std::int64_t action_table::expunge(time_point before, std::size_t limit) {
    std::vector<std::string> gone;
    for (const auto* first_id : first_ids) {
        auto row = expunge_candidates_.query(first_id, before, limit, window_factor * limit);
        while (row.next()) gone.push_back(row.string(0));
    }
    for (const auto& action : gone) {
        erase_commands_.run(action);
        erase_.run(action);
    }
    return static_cast<std::int64_t>(gone.size());
}

}  // namespace lockhub::storage::sqlite
