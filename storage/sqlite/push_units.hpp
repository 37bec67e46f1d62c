#pragma once
// What a push causes.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<push_outcome> record_push(workspace& w, const push_record& record);

}  // namespace lockhub::storage::sqlite
