#pragma once
// The 28 methods of document 001 (V1.6), in its order. Where its text, garbled in places, and the forms clients send
// differ, the row says which of them is sent and why.
#include <span>

#include "schemas/domain/vendor_method.hpp"

namespace lockhub::dingding {

std::span<const vendor_method> method_table();

}  // namespace lockhub::dingding
