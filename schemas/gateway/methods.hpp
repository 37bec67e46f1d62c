#pragma once
// The 13 methods of document 002 by their own names, in its order.
#include <span>

#include "schemas/core/result.hpp"
#include "schemas/gateway/cloud.hpp"

namespace lockhub::gateway {

std::span<const vendor_method> method_table();

// Fails with invalid_input as read_fields has it. Every body carries appsecret: it is secret.
result<wire::http_request> encode_method(const account_settings& settings, const vendor_method& method,
                                         const wire::form& fields);

method_answer decode_method(const account_settings& settings, const wire::http_response& response);

}  // namespace lockhub::gateway
