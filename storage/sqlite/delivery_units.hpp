#pragma once
// Leases and settlements of deliveries, recovery, and what policies release.
#include "storage/sqlite/unit.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<std::vector<leased_delivery>> lease_deliveries(workspace& w, const delivery_lease_request& request);
result<std::vector<bool>> settle_deliveries(workspace& w, const std::vector<delivery_settlement>& settlements);

result<nothing> recover(workspace& w, const std::string& owner);
result<std::vector<recent_send>> recent_sends(workspace& w, const time_point& since);

result<nothing> set_policies(workspace& w, const std::vector<pms_policy>& policies);

// Releases what is held for a policy that now allows it: limits::bulk_step_rows a turn, until none is left. Answers
// nobody.
unit_pointer make_policy_release(workspace& w);

}  // namespace lockhub::storage::sqlite
