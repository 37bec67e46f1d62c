#pragma once
// The document's samples have commas before closing brackets, which no JSON parser takes.
#include <string>
#include <string_view>

namespace lockhub::gateway {

// The text without such commas and without a byte-order mark; nothing inside strings changes. What was no JSON for
// another reason stays none.
std::string without_trailing_commas(std::string_view text);

}  // namespace lockhub::gateway
