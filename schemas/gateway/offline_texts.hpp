#pragma once
// The gateway has no code for a lock it cannot reach: only the text of a refusal tells.
#include <string_view>

namespace lockhub::gateway {

// True for a refusal of a call through the gateway to the lock that says the lock was not reached. A text about an
// off-line *password* does not.
bool says_lock_offline(std::string_view message);

}  // namespace lockhub::gateway
