#pragma once
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<inventories_leased> lease_inventories(workspace& w, const inventory_lease_request& request);
result<std::vector<leased_inventory>> wish_inventories(workspace& w, const inventory_wish& wish);
result<inventory_applied> apply_inventory(workspace& w, const inventory_report& report);
result<nothing> fail_inventory(workspace& w, const inventory_failure& failure);
result<nothing> change_difference(workspace& w, const drift_change& change);

}  // namespace lockhub::storage::sqlite
