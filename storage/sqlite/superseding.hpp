#pragma once
// A newer PIN action of a room and purpose takes the place of older ones whose commands were never sent: what the PMS
// wanted last is what ends on the lock.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

// Every unsent PIN action but `except` becomes superseded, and its PMS is told.
void supersede_unsent(workspace& w, std::int64_t room_row, bool manage, std::string_view except = {});

}  // namespace lockhub::storage::sqlite
