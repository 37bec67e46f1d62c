#pragma once
// One call of a command to the running service: its answer, or the command's end.
#include <expected>
#include <string>
#include <string_view>

#include "hub/cli/commands.hpp"
#include "hub/cli/printed.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::hub {

// POSTs JSON. `patience`: longer than the service itself takes at most. The answer's body, of HTTP 200 alone.
std::expected<std::string, printed> call_service(const common_options& common, duration patience, std::string_view path,
                                                 const std::string& body);

}  // namespace lockhub::hub
