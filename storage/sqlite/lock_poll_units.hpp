#pragma once
// Logs that are polled: which, and what they brought.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<std::vector<polled_lock>> list_polled_locks(workspace& w, const account_id& account);
result<openings_recorded> record_openings(workspace& w, const polled_openings& read);

}  // namespace lockhub::storage::sqlite
