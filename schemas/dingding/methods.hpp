#pragma once
// A method by its own name: the request it makes, and what the answer says.
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/dingding/cloud.hpp"

namespace lockhub::dingding {

// Fails with invalid_input as read_fields has it. Requests by GET carry the token in the URL, the others in the body.
result<wire::http_request> encode_method(const account_settings& settings, const vendor_method& method,
                                         const wire::form& fields, const access_token& token);

method_answer decode_method(const account_settings& settings, const wire::http_response& response);

}  // namespace lockhub::dingding
