#pragma once
// Numbers as the wires carry them.
#include <cstdint>
#include <optional>
#include <string_view>

namespace lockhub::wire {

// "42", "-7", "42.0", "4.2e1" → the whole number; nullopt when the text is none or does not fit 64 bits.
std::optional<std::int64_t> whole_number(std::string_view text);

// RFC 8259's grammar of a number, and nothing before or after.
bool is_json_number(std::string_view text);

}  // namespace lockhub::wire
