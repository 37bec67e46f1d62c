#pragma once
// Stamps as 云柚's calls carry them: whole seconds since 1970, as text.
#include <string>

#include "schemas/core/time.hpp"

namespace lockhub::yeeuu {

inline std::string in_seconds(time_point t) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count());
}

}  // namespace lockhub::yeeuu
