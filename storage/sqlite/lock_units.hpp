#pragma once
// What asking the lock clouds brought, and what they can do.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<nothing> set_accounts(workspace& w, const std::vector<account_policy>& accounts);
result<nothing> report_lock(workspace& w, const lock_report& report);

}  // namespace lockhub::storage::sqlite
