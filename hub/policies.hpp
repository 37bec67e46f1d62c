#pragma once
// What PMS systems and accounts of the configuration mean to storage.
#include <vector>

#include "hub/clouds.hpp"
#include "hub/config/config.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

std::vector<storage::pms_policy> storage_policies(const config& settings);
std::vector<storage::account_policy> storage_accounts(const std::vector<configured_cloud>& clouds);

}  // namespace lockhub::hub
