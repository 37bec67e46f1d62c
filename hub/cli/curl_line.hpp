#pragma once
// A request as the command line that would make it.
#include <string>

#include "schemas/wire/http_message.hpp"

namespace lockhub::hub {

// Quoted for a POSIX shell; a form body as --data-urlencode, one a field.
std::string curl_line(const wire::http_request& message);

}  // namespace lockhub::hub
