#pragma once
// The directory import: adds and changes rooms, rebinds locks; rooms the file does not name stay as they are.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<directory_changed> change_directory(workspace& w, const directory_change& change);
result<directory_changed> bind_lock(workspace& w, const lock_binding& binding);

}  // namespace lockhub::storage::sqlite
