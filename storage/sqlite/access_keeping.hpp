#pragma once
// What becomes of faces, fingerprints and access: the number each has on its lock, what an action has to take back, and
// what the hub knows afterwards. A holder keeps his number on a lock, so that a new picture takes the place of the old.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

// What an action that takes rights back finds of its room and holder, or of its room alone. A right that is over is
// cleared away too, after the valid ones.
struct rights_to_take {
    std::optional<active_right> next;
    std::size_t calls = 0;
    bool opens_lock = false;  // one of them is still valid
};
rights_to_take find_rights_to_take(workspace& w, std::int64_t lock_row, std::int64_t room_row, command_verb verb,
                                   std::string_view holder, time_point now);

// Writes the number of a pending command about a face or a fingerprint that is about to be sent. False when it was
// ended instead: nothing is there to take back, or no number is free. Leaves other commands as they are.
bool choose_right(workspace& w, command_record& command, const action_record& action, time_point now);

// After a command that is done.
void note_given_right(workspace& w, const command_record& command, const action_record& action, time_point now);
void note_taken_right(workspace& w, const command_record& command, const action_record& action, time_point now);

// The command's reply was lost and nobody can tell: what it was to give may be on the lock, and counts as such until an
// operator says that it is not.
void note_possible_right(workspace& w, const command_record& command, const action_record& action, time_point now);
void note_refuted_right(workspace& w, const command_record& command, const action_record& action, time_point now);

// Whether the right a command was to take back is over by itself.
bool right_is_over(workspace& w, const command_record& command, const action_record& action, time_point now);

}  // namespace lockhub::storage::sqlite
