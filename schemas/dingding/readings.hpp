#pragma once
// What the answers of the reading calls tell: fetch_passwords, get_dynamic_password_plaintext, get_lock_info,
// get_lock_events, search_device_op_log, find_home_devices.
#include "schemas/core/result.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::dingding {

// `body` is an answer with ErrNo 0. Fails with unavailable, saying what is missing, for one that does not carry what
// was asked for.
result<command_facts> read_facts(const vendor_command& command, const wire::json_value& body);

}  // namespace lockhub::dingding
