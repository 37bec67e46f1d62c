#pragma once
// Where an action goes: its room, the lock it is about, and the lane its commands run in. Or why it cannot go there.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

struct action_target {
    std::int64_t hotel_row = 0;
    std::optional<room_place> room;  // nullopt: about what lies on a card reader
    std::optional<lock_place> lock;  // the room's, for passwords or for cards
    std::string account;             // whose cloud is called

    std::optional<std::int64_t> room_row() const { return room ? std::optional(room->room_row) : std::nullopt; }
};

// Whether the verb is done at a card reader, and in its lane.
bool runs_at_reader(command_verb verb);

// Fills the answer's account and lock. Fails with the answer's `what` set: unknown_room, no_lock, not_served or
// wrong_reader.
result<action_target> find_target(workspace& w, const action_request& request, action_opened& answer);

// The row of locks whose lane the action's commands run in.
std::int64_t lane_of_target(workspace& w, const action_request& request, const action_target& target);

// Known to be off line, and recently enough to be believed.
bool believed_offline(workspace& w, const lock_place& lock, time_point now);

}  // namespace lockhub::storage::sqlite
