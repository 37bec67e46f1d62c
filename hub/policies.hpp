#pragma once
// What the [[pms]] sections mean to storage.
#include <vector>

#include "hub/config/config.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

std::vector<storage::pms_policy> storage_policies(const config& settings);

}  // namespace lockhub::hub
