#include "hub/provision/compared_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/domain/room_matching.hpp"

namespace lockhub::hub {

namespace {

using enum place_difference::kind;

// The room's lock at this account: for passwords, else for cards. nullopt: none at all, "": another account's.
std::optional<std::string> lock_at(const storage::directory_listing_row& row, const account_id& account) {
    if (row.row.cloud_account == account.value) return row.row.lock_uuid;
    if (row.card_account == account.value) return row.card_lock_uuid;
    if (row.row.lock_uuid.empty() && row.card_lock_uuid.empty()) return std::nullopt;
    return "";
}

std::string name_of(const storage::directory_listing_row& row) {
    return row.row.room_no.empty() ? row.row.room_id : row.row.room_no;
}

}  // namespace

compared_names compare_room_names(const std::vector<storage::directory_listing_row>& rooms,
                                  const std::vector<reported_device>& devices, const account_id& account) {
    compared_names out;
    std::vector<const storage::directory_listing_row*> bare;
    std::vector<std::string> used;
    for (const auto& row : rooms) {
        const auto lock = lock_at(row, account);
        if (lock == "") {
            ++out.left_out;
            continue;
        }
        ++out.rooms;
        if (!lock) {
            bare.push_back(&row);
        } else if (std::ranges::find(devices, *lock, &reported_device::lock_uuid) != devices.end()) {
            ++out.matched;
            used.push_back(*lock);
        } else {
            out.differences.push_back({room_lacking, row.row.room_id, name_of(row), {}, "bound to lock " + *lock});
        }
    }
    std::vector<const reported_device*> free;
    std::vector<std::string> room_names, device_names;
    for (const auto* row : bare) room_names.push_back(name_of(*row));
    for (const auto& device : devices) {
        if (std::ranges::find(used, device.lock_uuid) != used.end()) continue;
        free.push_back(&device);
        device_names.push_back(device.name);
    }
    auto matching = match_rooms(room_names, device_names);
    out.matched += matching.matches.size();
    for (const auto& unclear : matching.unclear) {
        for (const auto room : unclear.rooms) {
            out.differences.push_back(
                {room_lacking, bare[room]->row.room_id, room_names[room], {}, "more than one name fits"});
        }
        matching.devices_left.insert(matching.devices_left.end(), unclear.devices.begin(), unclear.devices.end());
    }
    for (const auto room : matching.rooms_left) {
        out.differences.push_back({room_lacking, bare[room]->row.room_id, room_names[room], {}, {}});
    }
    for (const auto device : matching.devices_left) {
        out.differences.push_back(
            {room_left, free[device]->lock_uuid, free[device]->name, {}, "lock " + free[device]->lock_uuid});
    }
    return out;
}

}  // namespace lockhub::hub
