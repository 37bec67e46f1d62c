#pragma once
// Times on the gateway's wire. It has no validity without an end: one that never ends is said to end in 2099.
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/time.hpp"

namespace lockhub::gateway {

// China time; nullopt, and anything later, is written as the last second of 2099.
std::string write_end(std::optional<time_point> valid_until);

// "2023-02-04 10:00:00", also with a T in the middle and a fraction at the end; nullopt for anything else.
std::optional<time_point> read_time(std::string_view text);
// The same; nullopt for the end that stands for none, too.
std::optional<time_point> read_end(std::string_view text);

}  // namespace lockhub::gateway
