#pragma once
// What a push means: events of a lock, or the result of a command.
#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/dingding/message.hpp"
#include "schemas/domain/push.hpp"

namespace lockhub::dingding {

// True when the message is an event or a result at all.
bool is_push(const push_message& message);

// Fails with invalid_input for more openings in one history than limits::push_records. The sign is not looked at.
result<parsed_push> interpret(const account_id& account, const push_message& message);

}  // namespace lockhub::dingding
