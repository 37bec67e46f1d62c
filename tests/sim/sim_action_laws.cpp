#include <fmt/format.h>

#include <algorithm>

#include "tests/sim/sim_rows.hpp"
#include "tests/sim/sim_world.hpp"

namespace lockhub::sim {

namespace {

// PIN actions that ended well and were the last word on their room and purpose, but for PINs that are frozen.
constexpr std::string_view pins_in_force = R"(
SELECT a.action_id, a.room_id FROM actions AS a
WHERE a.state = 'succeeded' AND a.verb = 'set_pin' AND a.callback = 'password_result'
  AND NOT EXISTS (SELECT 1 FROM actions AS b
                  WHERE b.room_row = a.room_row AND b.manage = a.manage AND b.verb IN ('set_pin', 'remove_pin')
                    AND b.action_id <> a.action_id AND b.created_at_ms >= a.created_at_ms AND b.state <> 'superseded')
  AND NOT EXISTS (SELECT 1 FROM credentials AS c WHERE c.action_id = a.action_id AND c.frozen = 1))";

std::size_t doors_numbers_with(const simulators::gateway_room& room, const std::string& pin) {
    return static_cast<std::size_t>(
        std::ranges::count_if(room.pins, [&](const auto& entry) { return entry.second.digits == pin; }));
}

std::size_t mobiles_with(const simulators::yeeuu_door& door, const std::string& pin) {
    return static_cast<std::size_t>(
        std::ranges::count_if(door.pins, [&](const auto& entry) { return entry.second.digits == pin; }));
}

// A repair writes it anew under its own name.
std::size_t passwords_with(simulators::dingding_lock& lock, const std::string& pin, time_point now) {
    lock.settle(now);
    return static_cast<std::size_t>(std::ranges::count_if(
        lock.pins, [&](const auto& entry) { return entry.second.on_lock && entry.second.values.digits == pin; }));
}

}  // namespace

void sim_world::check_actions(bool settled) {
    const sim_rows database(database_);
    for (const auto& given : desk_.promised()) {
        law(database.count("SELECT COUNT(*) FROM actions WHERE action_id = ?1", given.action) == 1,
            fmt::format("answered action {} is stored", given.action));
        // One that somebody deletes at the door while its reply is lost is rightly set again.
        law(cloud_.times_sent(given.action) <= 1 + deleted_at_doors_.count(given.action),
            fmt::format("action {} put one PIN on the lock at most", given.action));
        const auto codes = pms_.codes_told(given.action);
        law(codes.size() <= 1, fmt::format("action {} has one final code at most", given.action));
        law(!settled || codes.size() == 1, fmt::format("action {} has its final code", given.action));
    }
}

void sim_world::check_doors(bool settled) {
    law(gateway_.steps_back().empty(), "no card of a room is made with an earlier beginning than one before");
    for (const auto& taken : gateway_.overwrites()) {
        if (!desk_.chose(taken.old_digits) || !desk_.chose(taken.new_digits)) continue;
        law(sim_desk::is_guests(taken.old_digits) == sim_desk::is_guests(taken.new_digits),
            fmt::format("number {} of room {} is taken from a live PIN by its successor alone", taken.number,
                        taken.rm_id));
    }
    for (const auto& given : desk_.promised()) {
        if (given.pin.empty()) continue;
        for (const auto& room : rooms_) {
            if (room.rm_id.empty()) continue;
            law(doors_numbers_with(*gateway_.find_room(room.rm_id), given.pin) <= 1,
                fmt::format("action {} has one number at its lock at most", given.action));
        }
    }
    check_remote_openings();
    if (!settled) return;
    check_last_pins();
    check_openings();
    check_rights();
    check_differences();
}

bool sim_world::has_pin(const sim_room& room, const promise& given) {
    switch (room.pins) {
        case pins_from::dingding:
            return passwords_with(*cloud_.find_lock(room.uuid), given.pin, time_.now()) == 1;
        case pins_from::gateway:
            return doors_numbers_with(*gateway_.find_room(room.rm_id), given.pin) == 1;
        case pins_from::yeeuu:
            return mobiles_with(*yeeuu_.find_door(room.door), given.pin) == 1;
    }
    return false;
}

void sim_world::check_last_pins() {
    for (const auto& row : sim_rows(database_).texts(pins_in_force)) {
        const auto room = std::ranges::find(rooms_, row[1], &sim_room::room_id);
        const auto given = std::ranges::find(desk_.promised(), row[0], &promise::action);
        if (given == desk_.promised().end()) continue;  // its answer was lost with the hub
        law(has_pin(*room, *given),
            fmt::format("the PIN of action {}, the last of room {}, is on its lock", row[0], row[1]));
    }
}

void sim_world::an_operator_retries_the_dead() {
    storage::operator_change change;
    change.verb = storage::delivery_verb::retry;
    change.filter.state = delivery_state::dead;
    change.actor = "sim";
    change.reason = "the trouble is over";
    stored<storage::operator_changed>(
        [&](auto done) { hub_->store().change_deliveries(std::move(change), std::move(done)); });
}

void sim_world::an_operator_resumes_repairs() {
    const auto suspended = sim_rows(database_).texts(
        "SELECT difference_id FROM differences WHERE state = 'suspended' ORDER BY difference_id");
    for (const auto& row : suspended) {
        stored<storage::nothing>([&](auto done) {
            storage::drift_change change;
            change.id = std::stoll(row[0]);
            change.actor = "sim";
            change.reason = "the trouble is over";
            hub_->store().change_difference(std::move(change), std::move(done));
        });
    }
}

void sim_world::an_operator_decides() {
    for (const auto& row :
         sim_rows(database_).texts("SELECT action_id FROM actions WHERE state = 'unverifiable' ORDER BY action_id")) {
        stored<storage::nothing>([&](auto done) {
            hub_->store().decide_action({action_id(row[0]), false, "sim", "nobody knows"}, std::move(done));
        });
    }
}

}  // namespace lockhub::sim
