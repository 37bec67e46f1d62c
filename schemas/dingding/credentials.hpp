#pragma once
// The answer of fetch_passwords.
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::dingding {

// `passwords` is an object keyed by password id, or a list; anything else reads as no password.
std::vector<reported_credential> read_credentials(const wire::json_value& body);

// Those that stand on the lock itself: neither the dynamic one nor any that was computed for a lock off line. A reply
// without `passwords` says nothing about the lock: unavailable.
result<std::vector<reported_credential>> read_inventory(const wire::json_value& body);

}  // namespace lockhub::dingding
