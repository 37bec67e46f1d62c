// What goes wrong in a simulated world, and what happens at its doors.
#include <iterator>

#include "tests/sim/sim_world.hpp"

namespace lockhub::sim {
namespace {

template <class Knobs>
using fault_of = simulators::fault Knobs::*;

const std::vector<fault_of<simulators::dingding_knobs>> dingding_faults{
    &simulators::dingding_knobs::drop,           &simulators::dingding_knobs::lose_reply,
    &simulators::dingding_knobs::error,          &simulators::dingding_knobs::server_error,
    &simulators::dingding_knobs::fail_operation, &simulators::dingding_knobs::stuck,
    &simulators::dingding_knobs::lose_push,      &simulators::dingding_knobs::duplicate,
    &simulators::dingding_knobs::reorder};
const std::vector<fault_of<simulators::gateway_knobs>> gateway_faults{
    &simulators::gateway_knobs::drop, &simulators::gateway_knobs::lose_reply, &simulators::gateway_knobs::error,
    &simulators::gateway_knobs::server_error, &simulators::gateway_knobs::html};
const std::vector<fault_of<simulators::yeeuu_knobs>> yeeuu_faults{
    &simulators::yeeuu_knobs::drop, &simulators::yeeuu_knobs::lose_reply, &simulators::yeeuu_knobs::error,
    &simulators::yeeuu_knobs::server_error, &simulators::yeeuu_knobs::html};
const std::vector<fault_of<simulators::pms_knobs>> pms_faults{
    &simulators::pms_knobs::refuse, &simulators::pms_knobs::http_500, &simulators::pms_knobs::html,
    &simulators::pms_knobs::slow,   &simulators::pms_knobs::drop,     &simulators::pms_knobs::lose_reply};

// The cloud gives up what its lock would never have done.
void end_stuck_changes(simulators::dingding_lock& lock) {
    for (auto& [id, pin] : lock.pins) {
        if (!pin.running || !pin.running->stuck) continue;
        pin.running.reset();
        pin.stage = simulators::operation_stage::failed;
    }
}

}  // namespace

void sim_world::something_at_a_door() {
    const auto& room = any_room();
    switch (room.pins) {
        case pins_from::dingding:
            return something_at_dingding(room);
        case pins_from::gateway:
            gateway_.find_room(room.rm_id)->online = chance(0.8);
            return;
        case pins_from::yeeuu:
            return something_at_yeeuu(room);
    }
}

void sim_world::something_at_dingding(const sim_room& room) {
    switch (pick(5)) {
        case 0:
            network_.schedule(cloud_.battery_alarm(room.uuid, static_cast<int>(pick(11)), time_.now(), random_));
            return;
        case 1:
            network_.schedule(cloud_.raise_event("brokenAlarm", room.uuid, "", time_.now(), random_));
            return;
        case 2:
            return somebody_changes_passwords_at(room);
        case 3:
            network_.schedule(cloud_.set_online(room.uuid, chance(0.8), time_.now(), random_));
            return;
        default:
            network_.schedule(cloud_.upload_history(room.uuid, {1001, 1002, 1003}, time_.now(), random_));
    }
}

// At the lock itself, and now and then nobody hears of it.
void sim_world::somebody_changes_passwords_at(const sim_room& room) {
    const auto& lock = *cloud_.find_lock(room.uuid);
    const bool tell = chance(0.5);
    if (!lock.pins.empty() && chance(0.7)) {
        const auto victim = std::next(lock.pins.begin(), static_cast<std::ptrdiff_t>(pick(lock.pins.size())));
        deleted_at_doors_.insert(victim->second.values.name);
        network_.schedule(cloud_.delete_at_door(room.uuid, victim->first, tell, time_.now(), random_));
    } else {
        network_.schedule(cloud_.add_at_door(room.uuid, "900900", "阿姨", tell, time_.now(), random_));
    }
}

// Nobody tells the hub that a guest of 云柚's went in: it has to look.
void sim_world::something_at_yeeuu(const sim_room& room) {
    auto& door = *yeeuu_.find_door(room.door);
    if (chance(0.3)) {
        door.online = chance(0.8);
    } else if (!door.pins.empty() && chance(0.6)) {
        door.open_by_pin(door.pins.begin()->second.digits, time_.now());
    } else {
        door.note_opening({time_.now(), simulators::yeeuu_opened_by::app, "13700000009"});
    }
}

void sim_world::turn_a_knob() {
    const simulators::fault setting{chance(0.5) ? 0.0 : 0.1 * static_cast<double>(1 + pick(9)),
                                    simulators::fault::for_ever};
    switch (pick(4)) {
        case 0:
            cloud_.knobs.*dingding_faults[pick(dingding_faults.size())] = setting;
            break;
        case 1:
            gateway_.knobs.*gateway_faults[pick(gateway_faults.size())] = setting;
            break;
        case 2:
            yeeuu_.knobs.*yeeuu_faults[pick(yeeuu_faults.size())] = setting;
            break;
        default:
            pms_.knobs.*pms_faults[pick(pms_faults.size())] = setting;
    }
    if (chance(0.1)) {
        cloud_.expire_tokens(time_.now());
    }
}

void sim_world::end_all_trouble() {
    cloud_.knobs = {};
    gateway_.knobs = {};
    yeeuu_.knobs = {};
    pms_.knobs = {};
    for (const auto& room : rooms_) {
        if (!room.uuid.empty()) end_stuck_changes(*cloud_.find_lock(room.uuid));
        if (!room.uuid.empty()) network_.schedule(cloud_.set_online(room.uuid, true, time_.now(), random_));
        if (!room.rm_id.empty()) gateway_.find_room(room.rm_id)->online = true;
        if (!room.door.empty()) yeeuu_.find_door(room.door)->online = true;
    }
}

}  // namespace lockhub::sim
