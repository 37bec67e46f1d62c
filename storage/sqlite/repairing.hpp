#pragma once
// Opens the action that mends a difference, where the hub may: one for a lock at a time, never beside an open PIN
// action of the room, at most limits::repair_tries within limits::repair_window.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

struct repair_choice {
    std::optional<action_id> opened;
    bool again_soon = false;  // something to mend waits for its turn
};
// `wanted`: differences seen just now and what would mend each.
struct mendable {
    std::int64_t difference = 0;
    command_verb repair = command_verb::set_pin;
};
repair_choice repair_one(workspace& w, const lock_place& lock, const std::vector<mendable>& wanted, time_point now);

}  // namespace lockhub::storage::sqlite
