#pragma once
// What asking the lock clouds brought, and what they can do.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<nothing> set_accounts(workspace& w, const std::vector<account_policy>& accounts);
result<nothing> report_lock(workspace& w, const lock_report& report);
result<nothing> note_gateways(workspace& w, const lock_gateways& known);

// What a reply at `at` says about the lock; what came later than that stays. A card reader has no condition.
void note_condition(workspace& w, std::int64_t lock_row, const lock_condition& condition, time_point at);

}  // namespace lockhub::storage::sqlite
