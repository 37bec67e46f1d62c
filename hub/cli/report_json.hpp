#pragma once
// The service's answers, read back by the command line.
#include <optional>
#include <string_view>

#include "hub/cli/printed.hpp"
#include "hub/observe/service_report.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::hub {

// What to_json(service_report) wrote; nullopt for anything else.
std::optional<service_report> parse_report(std::string_view json);

// A refusal of the operator API as the command's end: its sentence, and the exit code its status calls for.
printed refused(const wire::http_response& answer);

}  // namespace lockhub::hub
