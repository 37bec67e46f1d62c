#pragma once
// What was done to the simulated 丁盯 locks by way of their cloud, and how it tells of it (document 001, section 7).
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "tests/simulators/dingding_call.hpp"
#include "tests/simulators/dingding_lock.hpp"

namespace lockhub::simulators {

// The entry an accepted change of a password makes.
lock_operation operation_on(const pin& target, const pin_change& change, std::int64_t at_ms,
                            std::string_view operator_id);

// search_device_op_log: newest first, `offset` and `count` (50) of those within start_time to end_time, in seconds, and
// of that operator and op_id where given. Fails with invalid_input for a parameter that is no number.
result<std::string> operations_json(const dingding_lock& lock, const dingding_call& call);
// count_device_op_log: how many there are of them.
result<std::string> operation_count_json(const dingding_lock& lock, const dingding_call& call);

}  // namespace lockhub::simulators
