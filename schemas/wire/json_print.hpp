#pragma once
// A json_value back as text: numbers as they stood on the wire, members in their order.
#include <string>

#include "schemas/wire/json_value.hpp"

namespace lockhub::wire {

std::string compact(const json_value& value);
std::string indented(const json_value& value);  // two blanks a level, for people; without a line end after it

}  // namespace lockhub::wire
