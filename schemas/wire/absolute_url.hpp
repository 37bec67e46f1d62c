#pragma once
// What a codec must know about a configured URL before anything is sent to it.
#include <cstddef>
#include <string_view>

namespace lockhub::wire {

// The place of the path in an absolute http or https URL, its length where there is none. Throws
// std::invalid_argument, naming `key`, for any other text.
std::size_t path_begin(std::string_view url, std::string_view key);

}  // namespace lockhub::wire
