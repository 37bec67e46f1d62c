#pragma once
// What the [[pms]] sections mean to those who call the PMS systems.
#include <vector>

#include "dispatch/delivery_target.hpp"
#include "hub/config/config.hpp"
#include "hub/directory/directory_sync.hpp"

namespace lockhub::hub {

std::vector<dispatch::delivery_target> delivery_targets(const config& settings);
std::vector<directory_pms> directory_systems(const config& settings);

}  // namespace lockhub::hub
