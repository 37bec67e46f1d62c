#pragma once
// What store.hpp says of locks whose log has to be polled, because their cloud pushes nothing.
//
// An opening read from such a log is a push like any other, with a dedupe key of its own: it is told to the PMS systems
// that subscribe once, however often it is read and by whom. What was opened before the hub knew the lock goes to the
// log alone.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/command.hpp"

namespace lockhub::storage {

// A lock that serves a room.
struct polled_lock {
    std::string lock_uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;
    time_point tells_from{};  // when the hub first knew it, or, where nobody noted that, was first asked for this list
    time_point read_until{};  // every opening up to then has been read; epoch: never read to the end
};

// Openings of one lock as its log has them, in any order. Refused with not_found for a lock nobody heard of, with
// too_large beyond limits::reported_openings.
struct polled_openings {
    account_id account;
    std::string lock_uuid;
    time_point read_at{};
    std::vector<reported_opening> openings{};
    // Kept together with the openings; never moves back. nullopt: this was not the end of the log yet.
    std::optional<time_point> read_until{};
};

struct openings_recorded {
    std::uint32_t told = 0;  // new, and a push of its own now
};

}  // namespace lockhub::storage
