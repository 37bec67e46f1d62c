#include "storage/sqlite/outbox_table.hpp"

#include <algorithm>

namespace lockhub::storage::sqlite {

namespace {

// Columns of delivery_head, in the order read_head() reads them.
#define LOCKHUB_HEAD_COLUMNS \
    "delivery_id, lane, state, kind, pms_id, event, attempts, lease_token, leased_at_ms, due_at_ms"

delivery_head read_head(const rows& row) {
    return {.id = row.integer(0),
            .lane = row.integer(1),
            .state = delivery_state_from(row.text(2)).value(),
            .kind = delivery_kind_from(row.text(3)).value(),
            .pms = row.string(4),
            .event = row.string(5),
            .attempts = static_cast<std::uint32_t>(row.integer(6)),
            .lease_token = row.integer(7),
            .leased_at = row.time(8),
            .due_at = row.time(9)};
}

std::vector<delivery_head> read_heads(rows row) {
    std::vector<delivery_head> out;
    while (row.next()) out.push_back(read_head(row));
    return out;
}

}  // namespace

outbox_table::outbox_table(database& db)
    : insert_(db, R"(
INSERT INTO outbox (lane, state, kind, pms_id, hotel_no, room_id, room_row, action_id, event, push_id, payload,
                    created_at_ms, due_at_ms, held_reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))"),
      lane_taken_(db, R"(
SELECT 1 FROM outbox INDEXED BY outbox_lanes
WHERE lane = ? AND finished_at_ms IS NULL AND held_reason IS NULL LIMIT 1)"),
      find_(db, "SELECT " LOCKHUB_HEAD_COLUMNS " FROM outbox WHERE delivery_id = ?"),
      due_(db, R"(
SELECT delivery_id, lease_token, kind, payload, attempts, created_at_ms FROM outbox INDEXED BY outbox_due
WHERE pms_id = ? AND state = 'ready' AND due_at_ms <= ? ORDER BY due_at_ms, delivery_id LIMIT ?)"),
      lease_(db, R"(
UPDATE outbox SET state = 'leased', lease_owner = ?, leased_at_ms = ?, lease_until_at_ms = ?,
                  lease_token = lease_token + 1, attempts = attempts + 1
WHERE delivery_id = ?)"),
      expired_leases_(db, "SELECT " LOCKHUB_HEAD_COLUMNS R"( FROM outbox INDEXED BY outbox_leased
WHERE pms_id = ? AND state = 'leased' AND lease_until_at_ms <= ? ORDER BY lease_until_at_ms, delivery_id LIMIT ?)"),
      leases_of_others_(db, "SELECT " LOCKHUB_HEAD_COLUMNS R"( FROM outbox INDEXED BY outbox_leased
WHERE state = 'leased' AND lease_owner <> ? ORDER BY delivery_id)"),
      leased_since_(db, R"(
SELECT pms_id, leased_at_ms, delivery_id FROM outbox INDEXED BY outbox_leased
WHERE state = 'leased' AND leased_at_ms >= ? ORDER BY leased_at_ms DESC, delivery_id DESC)"),
      reschedule_(db, R"(
UPDATE outbox SET state = 'ready', due_at_ms = ?, attempts = ?, why = ?, message = ?, lease_owner = NULL,
                  leased_at_ms = NULL, lease_until_at_ms = NULL
WHERE delivery_id = ?)"),
      finish_(db, R"(
UPDATE outbox SET state = ?, finished_at_ms = ?, attempts = ?, why = ?, message = ?, lease_owner = NULL,
                  leased_at_ms = NULL, lease_until_at_ms = NULL, held_reason = NULL
WHERE delivery_id = ?)"),
      hold_(db, R"(
UPDATE outbox SET state = 'held', held_reason = ?, attempts = ?, why = ?, message = ?, lease_owner = NULL,
                  leased_at_ms = NULL, lease_until_at_ms = NULL
WHERE delivery_id = ?)"),
      change_held_reason_(db, "UPDATE outbox SET held_reason = ? WHERE delivery_id = ?"),
      rejoin_(db, R"(
UPDATE outbox SET state = ?, due_at_ms = ?, held_reason = NULL, finished_at_ms = NULL WHERE delivery_id = ?)"),
      set_due_(db, "UPDATE outbox SET due_at_ms = ? WHERE delivery_id = ?"),
      oldest_queued_(db, R"(
SELECT delivery_id, pms_id, due_at_ms FROM outbox INDEXED BY outbox_lanes
WHERE lane = ? AND state = 'queued' AND finished_at_ms IS NULL AND held_reason IS NULL ORDER BY delivery_id LIMIT 1)"),
      make_ready_(db, "UPDATE outbox SET state = 'ready' WHERE delivery_id = ?"),
      next_ready_(db, R"(
SELECT due_at_ms FROM outbox INDEXED BY outbox_due WHERE pms_id = ? AND state = 'ready' ORDER BY due_at_ms LIMIT 1)"),
      next_lease_end_(db, R"(
SELECT lease_until_at_ms FROM outbox INDEXED BY outbox_leased
WHERE pms_id = ? AND state = 'leased' ORDER BY lease_until_at_ms LIMIT 1)"),
      next_pms_ready_(db, R"(
SELECT pms_id FROM outbox INDEXED BY outbox_due WHERE pms_id > ? AND state = 'ready' ORDER BY pms_id LIMIT 1)"),
      next_pms_leased_(db, R"(
SELECT pms_id FROM outbox INDEXED BY outbox_leased WHERE pms_id > ? AND state = 'leased' ORDER BY pms_id LIMIT 1)"),
      ready_of_(db, "SELECT " LOCKHUB_HEAD_COLUMNS R"( FROM outbox INDEXED BY outbox_due
WHERE pms_id = ? AND state = 'ready' ORDER BY due_at_ms, delivery_id LIMIT ?)"),
      hold_unsent_(db, "UPDATE outbox SET state = 'held', held_reason = ?2 WHERE delivery_id = ?1 AND state = 'ready'"),
      held_for_(db, "SELECT " LOCKHUB_HEAD_COLUMNS R"( FROM outbox INDEXED BY outbox_held
WHERE held_reason = ? AND pms_id = ? AND state = 'held' AND delivery_id > ? ORDER BY delivery_id LIMIT ?)"),
      highest_id_(db, "SELECT MAX(delivery_id) FROM outbox"),
      lowest_id_(db, "SELECT MIN(delivery_id) FROM outbox"),
      from_(db, R"(
SELECT delivery_id, created_at_ms, CASE WHEN state IN ('delivered', 'discarded') THEN finished_at_ms END
FROM outbox WHERE delivery_id >= ? ORDER BY delivery_id LIMIT ?)"),
      erase_(db, "DELETE FROM outbox WHERE delivery_id = ?") {}

bool outbox_table::lane_taken(std::int64_t lane) {
    return lane_taken_.query(lane).next();
}

delivery_state outbox_table::insert(const new_delivery& row) {
    auto state = delivery_state::ready;
    if (row.held_reason)
        state = delivery_state::held;
    else if (lane_taken(row.lane))
        state = delivery_state::queued;
    insert_.run(row.lane, to_string(state), to_string(row.kind), row.pms, row.hotel, row.room, row.room_row, row.action,
                row.event, row.push, row.payload, row.created_at, row.created_at, row.held_reason);
    return state;
}

std::optional<delivery_head> outbox_table::find(std::int64_t id) {
    auto row = find_.query(id);
    if (!row.next()) return std::nullopt;
    return read_head(row);
}

std::vector<leased_delivery> outbox_table::due(std::string_view pms, time_point now, std::size_t limit) {
    std::vector<leased_delivery> out;
    auto row = due_.query(pms, now, limit);
    while (row.next())
        out.push_back({.id = delivery_id(row.integer(0)),
                       .lease_token = row.integer(1) + 1,
                       .pms = pms_id(std::string(pms)),
                       .kind = delivery_kind_from(row.text(2)).value(),
                       .payload = row.string(3),
                       .attempt = static_cast<std::uint32_t>(row.integer(4) + 1),
                       .created_at = row.time(5)});
    return out;
}

void outbox_table::lease(std::int64_t id, std::string_view owner, time_point now, time_point until) {
    lease_.run(owner, now, until, id);
}

std::vector<delivery_head> outbox_table::expired_leases(std::string_view pms, time_point now, std::size_t limit) {
    return read_heads(expired_leases_.query(pms, now, limit));
}

std::vector<delivery_head> outbox_table::leases_of_others(std::string_view owner) {
    return read_heads(leases_of_others_.query(owner));
}

std::vector<recent_send> outbox_table::leased_since(time_point since) {
    std::vector<recent_send> out;
    auto row = leased_since_.query(since);
    while (row.next()) out.push_back({pms_id(row.string(0)), row.time(1), delivery_id(row.integer(2))});
    return out;
}

void outbox_table::reschedule(std::int64_t id, time_point due_at, const attempt_note& note) {
    reschedule_.run(due_at, note.attempts, to_string(note.why), note.message, id);
}

void outbox_table::finish(std::int64_t id, delivery_state state, time_point at, const attempt_note& note) {
    finish_.run(to_string(state), at, note.attempts, to_string(note.why), note.message, id);
}

void outbox_table::hold(std::int64_t id, std::string_view reason, const attempt_note& note) {
    hold_.run(reason, note.attempts, to_string(note.why), note.message, id);
}

void outbox_table::change_held_reason(std::int64_t id, std::string_view reason) {
    change_held_reason_.run(reason, id);
}

delivery_state outbox_table::rejoin(std::int64_t id, std::int64_t lane, time_point due_at) {
    const auto state = lane_taken(lane) ? delivery_state::queued : delivery_state::ready;
    rejoin_.run(to_string(state), due_at, id);
    return state;
}

void outbox_table::set_due(std::int64_t id, time_point due_at) {
    set_due_.run(due_at, id);
}

std::optional<due_hint> outbox_table::promote(std::int64_t lane) {
    std::int64_t id = 0;
    due_hint hint;
    {
        auto row = oldest_queued_.query(lane);
        if (!row.next()) return std::nullopt;
        id = row.integer(0);
        hint = {row.string(1), row.time(2)};
    }
    make_ready_.run(id);
    return hint;
}

std::optional<time_point> outbox_table::next_due(std::string_view pms) {
    std::optional<time_point> earliest;
    if (auto row = next_ready_.query(pms); row.next()) earliest = row.time(0);
    if (auto row = next_lease_end_.query(pms); row.next())
        earliest = earliest ? std::min(*earliest, row.time(0)) : row.time(0);
    return earliest;
}

std::string outbox_table::next_pms_with_work(std::string_view after) {
    std::string ready;
    if (auto row = next_pms_ready_.query(after); row.next()) ready = row.string(0);
    std::string leased;
    if (auto row = next_pms_leased_.query(after); row.next()) leased = row.string(0);
    if (ready.empty() || leased.empty()) return ready.empty() ? leased : ready;
    return std::min(ready, leased);
}

std::vector<delivery_head> outbox_table::ready_of(std::string_view pms, std::size_t limit) {
    return read_heads(ready_of_.query(pms, limit));
}

void outbox_table::hold_unsent(std::int64_t id, std::string_view reason) {
    hold_unsent_.run(id, reason);
}

std::vector<delivery_head> outbox_table::held_for(std::string_view reason, std::string_view pms, std::int64_t after,
                                                  std::size_t limit) {
    return read_heads(held_for_.query(reason, pms, after, limit));
}

std::int64_t outbox_table::highest_id() {
    auto row = highest_id_.query();
    return row.next() ? row.integer(0) : 0;
}

std::int64_t outbox_table::lowest_id() {
    auto row = lowest_id_.query();
    return row.next() ? row.integer(0) : 0;
}

std::vector<outbox_table::old_delivery> outbox_table::from(std::int64_t id, std::size_t limit) {
    std::vector<old_delivery> out;
    auto row = from_.query(id, limit);
    while (row.next()) out.push_back({row.integer(0), row.time(1), row.optional_time(2)});
    return out;
}

void outbox_table::erase(std::int64_t id) {
    erase_.run(id);
}

}  // namespace lockhub::storage::sqlite
