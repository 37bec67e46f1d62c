// What operators read of reconciliation.
#include <fmt/format.h>

#include <algorithm>

#include "schemas/core/limits.hpp"
#include "storage/sqlite/snapshot.hpp"
#include "storage/sqlite/sqlite_reader.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr std::string_view listing = R"(
SELECT d.difference_id, d.kind, d.state, d.account, l.lock_uuid, h.pms_id, h.hotel_no, r.room_id, r.room_no,
       d.credential_ref, d.action_id, d.name, d.manage, d.wanted_until_at_ms, d.found_until_at_ms, d.first_seen_at_ms,
       d.last_seen_at_ms, d.tries, d.reason,
       (SELECT action_id FROM repairs AS p WHERE p.difference_id = d.difference_id
        ORDER BY p.opened_at_ms DESC, p.action_id DESC LIMIT 1)
FROM differences AS d
JOIN locks AS l ON l.lock_row = d.lock_row
LEFT JOIN rooms AS r ON r.room_row = COALESCE(d.room_row, (
    SELECT MIN(b.room_row) FROM room_locks AS b WHERE b.lock_row = d.lock_row AND b.service = 'password'))
LEFT JOIN hotels AS h ON h.hotel_row = r.hotel_row
WHERE {} AND (?1 = '' OR h.hotel_no = ?1)
ORDER BY d.kind = 'pin_foreign', d.kind = 'computed_stays', d.first_seen_at_ms, d.difference_id LIMIT ?2)";

drift_row read_row(const rows& row) {
    drift_row out;
    out.id = row.integer(0);
    out.kind = drift_kind_from(row.text(1)).value();
    out.state = drift_state_from(row.text(2)).value();
    out.account = row.string(3);
    out.lock_uuid = row.string(4);
    out.pms = row.string(5);
    out.hotel = row.string(6);
    out.room = row.string(7);
    out.room_no = row.string(8);
    out.credential_ref = row.string(9);
    out.action = row.string(10);
    out.name = row.string(11);
    out.manage = row.flag(12);
    out.wanted_until = row.optional_time(13);
    out.found_until = row.optional_time(14);
    out.first_seen_at = row.time(15);
    out.last_seen_at = row.time(16);
    out.tries = static_cast<std::uint32_t>(row.integer(17));
    out.reason = row.string(18);
    out.repair = row.string(19);
    return out;
}

std::string_view condition_for(const drift_filter& filter) {
    if (!filter.state) return "d.settled_at_ms IS NULL";
    return filter.state == drift_state::settled ? "d.settled_at_ms IS NOT NULL AND d.state = ?3"
                                                : "d.settled_at_ms IS NULL AND d.state = ?3";
}

}  // namespace

result<std::vector<drift_row>> sqlite_reader::list_differences(const drift_filter& filter, std::size_t limit) {
    return on_snapshot(db_, [&] {
        statement find(db_, fmt::format(listing, condition_for(filter)));
        const auto most = std::min(limit, limits::operator_page_rows);
        const auto state = filter.state ? to_string(*filter.state) : std::string_view();
        std::vector<drift_row> out;
        auto row = filter.state ? find.query(filter.hotel, most, state) : find.query(filter.hotel, most);
        while (row.next()) out.push_back(read_row(row));
        return out;
    });
}

result<std::vector<drift_count>> sqlite_reader::count_differences() {
    return on_snapshot(db_, [&] {
        statement count(db_, R"(
SELECT kind, state, COUNT(*), MIN(first_seen_at_ms) FROM differences INDEXED BY differences_waiting
WHERE settled_at_ms IS NULL GROUP BY kind, state ORDER BY kind, state)");
        std::vector<drift_count> out;
        auto row = count.query();
        while (row.next())
            out.push_back({.kind = drift_kind_from(row.text(0)).value(),
                           .state = drift_state_from(row.text(1)).value(),
                           .rows = static_cast<std::uint64_t>(row.integer(2)),
                           .oldest_at = row.time(3)});
        return out;
    });
}

}  // namespace lockhub::storage::sqlite
