#pragma once
// A newer action takes the place of older ones whose commands were never sent, where one undoes what the other does:
// what the PMS wanted last is what ends on the lock.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

// What older ones must have in common with the newer action: the room, the pair of goals, a PIN's purpose, and whose
// face, fingerprint or access it is. What is taken back from everybody is so from each.
struct rivals {
    std::int64_t room_row = 0;
    command_verb verb = command_verb::set_pin;
    bool manage = false;
    std::string_view holder;
};

// Every unsent rival but `except` becomes superseded, and its PMS is told.
void supersede_unsent(workspace& w, const rivals& of, std::string_view except = {});

// Whether an action of the same kind may still change what is on the lock.
bool has_open_rival(workspace& w, const rivals& of);

}  // namespace lockhub::storage::sqlite
