#pragma once
#include <string_view>

namespace lockhub::hub {

std::string_view version();  // "0.1.0", of the project

}  // namespace lockhub::hub
