#pragma once
// What the [[pms]] sections mean to the deliverer.
#include <vector>

#include "dispatch/delivery_target.hpp"
#include "hub/config/config.hpp"

namespace lockhub::hub {

std::vector<dispatch::delivery_target> delivery_targets(const config& settings);

}  // namespace lockhub::hub
