#pragma once
// The answer of fetch_passwords.
#include <vector>

#include "schemas/domain/command.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::dingding {

// `passwords` is an object keyed by password id, or a list; anything else reads as no password.
std::vector<reported_credential> read_credentials(const wire::json_value& body);

}  // namespace lockhub::dingding
