#pragma once
// The fields of lockhub's own methods that say whose access is meant and what opens for them.
#include <optional>
#include <string_view>

#include "schemas/quhuhu/method_table.hpp"

namespace lockhub::quhuhu {

// Reads guestId, guestName, mobile, face or fingerprint into the request; `text` is not empty. What is wrong is
// bad_field: "参数 NAME …", which never shows the value. Any other field is a broken invariant.
std::optional<refusal> read_guest_field(const method_field& from, std::string_view text, request& out);

}  // namespace lockhub::quhuhu
