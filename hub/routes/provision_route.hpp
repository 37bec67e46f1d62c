#pragma once
// POST /operator/provision   {"account":…, "hotel":…, "pms":…, "home":…, "details":{…}, "apply":true, "prune":true,
//                             "actor":…}
//   → {"applied":false, "can_make":true, "home":…, "note":…, "rooms":…, "unchanged":…, "left_out":…,
//      "locks_lacking":…, "differences":[{"what":"room_added", "work":true, "room":…, "before":…, "after":…,
//      "note":…}]}; where it was applied, also
//     {"calls":…, "locks_filled":…, "refused":[{"place":…, "method":…, "code":…, "message":…, "meaning":{…}}],
//      "stopped":"why the rest was not tried"}
#include <string>
#include <string_view>

#include "hub/provision/provisioning.hpp"
#include "hub/routes/operator_handler.hpp"

namespace lockhub::hub {

// The message of a failure names the member.
result<provision_request> parse_provision(std::string_view body);
std::string to_json(const provision_report& report);

class provision_route final : public operator_handler {
  public:
    using operator_handler::operator_handler;

  protected:
    task<void> answer(const request& in, response& out) override;
};

}  // namespace lockhub::hub
