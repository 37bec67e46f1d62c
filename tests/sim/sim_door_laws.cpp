// What must hold between the hub's books and the doors themselves.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "tests/sim/sim_rows.hpp"
#include "tests/sim/sim_world.hpp"

namespace lockhub::sim {

// 云柚 tells whole seconds: what the same opener did in one of them is one opening.
void sim_world::check_openings() {
    const sim_rows database(database_);
    for (const auto& room : rooms_) {
        if (room.door.empty()) continue;
        std::set<std::tuple<std::int64_t, int, std::string>> openings;
        for (const auto& opening : yeeuu_.find_door(room.door)->log)
            openings.emplace(to_unix_ms(opening.at) / 1000, static_cast<int>(opening.by), opening.opener);
        const auto told = database.count(
            "SELECT COUNT(*) FROM outbox WHERE event = 'lock.opened' AND state = 'delivered' AND room_id = ?1",
            room.room_id);
        law(told == static_cast<std::int64_t>(openings.size()),
            fmt::format("each of {} openings of room {} is told once, not {} times", openings.size(), room.room_id,
                        told));
    }
}

// A door that opens by itself is worse than one that stays shut.
void sim_world::check_remote_openings() {
    for (const auto& room : rooms_) {
        std::uint64_t opened = 0;
        if (room.pins == pins_from::gateway) opened = gateway_.find_room(room.rm_id)->opened_remotely;
        if (room.pins == pins_from::yeeuu)
            opened = static_cast<std::uint64_t>(std::ranges::count(
                yeeuu_.find_door(room.door)->log, simulators::yeeuu_opened_by::api, &simulators::yeeuu_opening::by));
        law(opened <= desk_.doors_ordered(room.room_id),
            fmt::format("the door of room {} opens once an order at most", room.room_id));
    }
}

// Whatever opens a door is known, so that it can be taken back; unless an operator denied it.
void sim_world::check_rights() {
    const sim_rows database(database_);
    const auto is_known = [&](const std::string& lock, const std::string& kind, const std::string& which) {
        return database.count(
                   "SELECT COUNT(*) FROM access_rights AS r JOIN locks AS l ON l.lock_row = r.lock_row "
                   "JOIN actions AS a ON a.action_id = r.action_id "
                   "WHERE (r.state = 'active' OR a.message LIKE 'decided by sim%') AND l.lock_uuid || ' ' || r.kind || "
                   "' ' || "
                   "COALESCE(CAST(r.number AS TEXT), r.holder) = ?1",
                   fmt::format("{} {} {}", lock, kind, which)) == 1;
    };
    for (const auto& room : rooms_) {
        if (room.pins == pins_from::gateway) {
            for (const auto& [number, face] : gateway_.find_room(room.rm_id)->faces.by_number)
                law(is_known(room.rm_id, "face", std::to_string(number)),
                    fmt::format("face {} at room {} is known", number, room.room_id));
        }
        if (room.pins == pins_from::yeeuu) {
            for (const auto& [mobile, grant] : yeeuu_.find_door(room.door)->grants)
                law(is_known(room.door, "access", mobile), fmt::format("a phone at room {} is known", room.room_id));
        }
    }
}

// What others made is not the hub's to take away; a frozen PIN that is gone is not written, it would open; and 丁盯
// deletes no management PIN.
void sim_world::check_differences() {
    constexpr std::string_view left = R"(
SELECT COUNT(*) FROM differences AS d
WHERE d.settled_at_ms IS NULL AND d.kind NOT IN ('pin_foreign', 'computed_stays')
  AND NOT (d.kind = 'pin_left' AND d.manage = 1)
  AND NOT EXISTS (SELECT 1 FROM credentials AS c
                  WHERE c.lock_row = d.lock_row AND c.credential_ref = d.credential_ref AND c.frozen = 1))";
    law(sim_rows(database_).count(left) == 0, "what is wanted on a lock and can be repaired is there in the end");
}

}  // namespace lockhub::sim
