#pragma once
// Durations as people write them in the configuration and on the command line.
#include <optional>
#include <string_view>

#include "schemas/core/time.hpp"

namespace lockhub::hub {

// "500ms", "8s", "2m", "6h", "180d": one whole number and its unit; "0" alone is zero. nullopt for anything else, for
// negative numbers and for more than ten thousand days.
std::optional<duration> parse_duration(std::string_view text);

// The shortest of the same spellings: 120 s is "2m".
std::string write_duration(duration d);

}  // namespace lockhub::hub
