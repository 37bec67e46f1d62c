#pragma once
// The operator's calls about the directory beyond its import:
//
//   POST /operator/directory/sync      {"pms":…, "dry_run":true, "actor":…}
//     → {"applied":false, "hotels":…, "rooms":…, "rooms_added":…, …, "differences":[{"what":"room_added", "pms":…,
//       "hotel":…, "room":…, "before":…, "after":…}]}; 502 with the class of the failure where the PMS does not tell
//   POST /operator/directory/bind      {"pms":…, "hotel":…, "room":…, "service":"card", "account":…, "lock_uuid":…,
//                                       "cloud_home_id":…, "cloud_room_id":…, "dry_run":true, "actor":…}
//   POST /operator/directory/unbind    {"pms":…, "hotel":…, "room":…, "service":…, "dry_run":true, "actor":…}
//     → {"rooms_changed":1, "locks_bound":1, …, "differences":[…]}
//   POST /operator/directory/suggest   {"pms":…, "hotel":…, "account":…, "service":…, "home":…, "apply":true,
//   "actor":…}
//     → {"applied":false, "suggestions":[{"room":…, "room_no":…, "lock_uuid":…, "name":…, "how":"exact",
//       "state":"possible", "note":""}], "unclear":[…], "rooms_left":[…], "devices_left":[…]}
#include <memory>
#include <vector>

#include "hub/http/router.hpp"
#include "hub/routes/operator_routes.hpp"

namespace lockhub::hub {

// Those whose services are there.
std::vector<route> directory_routes(const std::shared_ptr<const operator_services>& services);

}  // namespace lockhub::hub
