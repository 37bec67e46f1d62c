#pragma once
// What was done by hand and leaves no other trace.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<nothing> record_audit(workspace& w, const audit_entry& entry);

}  // namespace lockhub::storage::sqlite
