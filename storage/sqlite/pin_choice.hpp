#pragma once
// Which PIN a call is about. Decided when the call is made, not when its action was opened: by then an earlier action
// may have put a PIN on the lock, or the cloud may have said that the one to replace is gone.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

// What remove_pin finds of a room and purpose, those of which nobody knows whether they came included. A PIN on the
// lock that is over is cleared away too, after the valid ones.
struct pins_to_remove {
    std::optional<active_pin> next;   // to take back with a call
    std::size_t calls = 0;            // how many need one
    bool opens_lock = false;          // one of them is still valid
    std::optional<active_pin> stays;  // computed, and only its end takes it away
};
// Marks computed ones that ended as removed.
pins_to_remove find_pins_to_remove(workspace& w, const lock_place& lock, std::int64_t room_row,
                                   std::string_view purpose, time_point now);

// Writes verb and credential_ref of a pending command about a PIN that is about to be sent. False when it was ended
// instead: nothing is there to remove or to freeze, or no number is free for a new PIN. Leaves other commands as they
// are.
bool choose_pin(workspace& w, command_record& command, const action_record& action, time_point now);

}  // namespace lockhub::storage::sqlite
