#include "tests/bench/outbox_seed.hpp"

#include <fmt/format.h>

#include <chrono>

#include "storage/sqlite/database.hpp"

namespace lockhub::bench {

void seed_outbox(const std::filesystem::path& file, const outbox_seed& seed) {
    using checkpoint_mode = storage::sqlite::database::checkpoint_mode;
    constexpr std::int64_t day_ms = 86'400'000;
    const auto now_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    storage::sqlite::database db(file.string(), storage::sqlite::database::mode::read_write_create);
    db.execute(fmt::format(R"(
PRAGMA synchronous = OFF;
BEGIN;
WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < {rows})
INSERT INTO outbox (lane, state, kind, pms_id, hotel_no, room_id, event, payload, created_at_ms, due_at_ms)
SELECT 4000000000 + i * 4, 'ready', 'event', 'system-' || (i % {systems}), 'H1', 'R' || i, 'lock.opened',
       'eventId=' || i || '-1&event=lock.opened&hotelNo=H1&roomId=R' || i
           || '&time=2025-11-11%2012%3A00%3A00&source=2&passwordId=1006',
       {now}, CASE WHEN i < {due_now} THEN {now} ELSE {now} + {day} + i END
FROM numbers;
UPDATE ledger SET value = value + {rows} WHERE name = 'accepted';
COMMIT)",
                           fmt::arg("rows", seed.rows), fmt::arg("systems", seed.pms_systems), fmt::arg("now", now_ms),
                           fmt::arg("due_now", seed.due_now), fmt::arg("day", day_ms)));
    db.checkpoint(checkpoint_mode::truncate);
}

}  // namespace lockhub::bench
