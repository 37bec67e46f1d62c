#pragma once
// Changes of the directory: an import or a synchronisation, which adds and changes rooms, and single bindings of locks.
// Rooms the rows do not name stay as they are.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<directory_changed> change_directory(workspace& w, const directory_change& change);
result<directory_changed> bind_lock(workspace& w, const lock_binding& binding);

}  // namespace lockhub::storage::sqlite
