#pragma once
// What is intended at lock clouds, and what became of it.
#include "storage/provisioning.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<places_changed> change_places(workspace& w, const places_change& change);

}  // namespace lockhub::storage::sqlite
