#pragma once
// The eight methods of document 004 by their own names, in its order.
#include <span>

#include "schemas/core/result.hpp"
#include "schemas/yeeuu/signature.hpp"

namespace lockhub::yeeuu {

std::span<const vendor_method> method_table();

// Fails with invalid_input as read_fields has it, and where a door inside an apartment is not named.
result<wire::http_request> encode_method(const account_settings& settings, const vendor_method& method,
                                         const wire::form& fields, const signing& how);

method_answer decode_method(const account_settings& settings, const wire::http_response& response);

}  // namespace lockhub::yeeuu
