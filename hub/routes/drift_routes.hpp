#pragma once
// The operator's calls about differences between what the hub wants on a lock and what its cloud reports:
//
//   POST /operator/drift/check    {"pms":…, "hotel":…, "room":…}   compares now; without a room, the whole hotel
//     → {"locks":…, "compared":…, "postponed":…, "found":…, "settled":…, "repairs":…, "failures":["lock: why"]}
//   POST /operator/drift/resume   {"id":"7", "actor":…, "reason":…}   → {}
//   POST /operator/drift/accept   {"id":"7", "actor":…, "reason":…}   → {}
#include <memory>
#include <vector>

#include "hub/http/router.hpp"
#include "hub/routes/operator_routes.hpp"

namespace lockhub::hub {

std::vector<route> drift_routes(const std::shared_ptr<const operator_services>& services);

}  // namespace lockhub::hub
