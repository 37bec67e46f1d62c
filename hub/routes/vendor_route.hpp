#pragma once
// POST /operator/vendor/call   {"account":…, "method":…, "fields":{…}, "dry_run":true, "confirmed":true, "actor":…}
//   → {"outcome":"done|refused|token_refused|unavailable", "code":0, "message":…, "answer":{…}}, with a "meaning" where
//     the refusal has a known one; a dry run:
//     {"method":"POST", "url":…, "headers":{…}, "body":…}
// Secrets are masked in both. Values of fields are texts; numbers, lists and objects are taken as their JSON.
#include <string_view>

#include "hub/routes/operator_handler.hpp"
#include "hub/vendor/vendor_desk.hpp"

namespace lockhub::hub {

struct vendor_call_body {
    vendor_request request;
    bool dry_run = false;
};
// The message of a failure names the member.
result<vendor_call_body> parse_vendor_call(std::string_view text);

class vendor_route final : public operator_handler {
  public:
    // `desk` outlives it.
    vendor_route(std::shared_ptr<const operator_services> services, vendor_desk& desk)
        : operator_handler(std::move(services)), desk_(desk) {}

  protected:
    task<void> answer(const request& in, response& out) override;

  private:
    vendor_desk& desk_;
};

}  // namespace lockhub::hub
