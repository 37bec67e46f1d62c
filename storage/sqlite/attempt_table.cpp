#include "storage/sqlite/attempt_table.hpp"

namespace lockhub::storage::sqlite {

namespace {

// Attempts finish at most this long out of order: no attempt lasts longer, and settling follows at once.
constexpr auto order_slack = std::chrono::minutes(5);

}  // namespace

attempt_table::attempt_table(database& db)
    : insert_(db, R"(
INSERT INTO attempts (delivery_id, number, started_at_ms, finished_at_ms, why, http_status, message, response)
VALUES (?, ?, ?, ?, ?, ?, ?, ?))"),
      erase_of_(db, "DELETE FROM attempts WHERE delivery_id = ?"),
      recent_(db, R"(
SELECT o.pms_id, a.started_at_ms, a.delivery_id, a.finished_at_ms
FROM attempts AS a JOIN outbox AS o ON o.delivery_id = a.delivery_id
ORDER BY a.attempt_id DESC LIMIT ?)") {}

void attempt_table::insert(const finished_attempt& a) {
    insert_.run(a.delivery, a.number, a.started_at, a.finished_at, to_string(a.why), a.http_status, a.message,
                blob{a.response});
}

void attempt_table::erase_of(std::int64_t delivery) {
    erase_of_.run(delivery);
}

std::vector<recent_send> attempt_table::recent(time_point since, std::size_t limit) {
    std::vector<recent_send> out;
    auto row = recent_.query(limit);
    while (row.next() && row.time(3) >= since - order_slack)
        if (row.time(1) >= since) out.push_back({pms_id(row.string(0)), row.time(1), delivery_id(row.integer(2))});
    return out;
}

}  // namespace lockhub::storage::sqlite
