#pragma once
// The bodies of what the simulated 丁盯 account lets be read.
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "tests/simulators/dingding_call.hpp"
#include "tests/simulators/dingding_lock.hpp"

namespace lockhub::simulators {

// A number the call may bring, or `otherwise`. Fails with invalid_input for what is no number, or below nought.
result<std::int64_t> number_or(const dingding_call& call, std::string_view name, std::int64_t otherwise);

std::string lock_info_json(const dingding_lock& lock);

// Newest first, `offset` and `count` (50) within start_time to end_time, seconds in and milliseconds out. Fails with
// invalid_input for a parameter that is no number.
result<std::string> lock_events_json(const dingding_lock& lock, const dingding_call& call);

// How many of them there are from start_time to end_time.
result<std::string> lock_event_count_json(const dingding_lock& lock, const dingding_call& call);

// Six digits that follow from the lock and the quarter of an hour.
std::string dynamic_password_json(const dingding_lock& lock, time_point now);

// The management password in plain. Fails with not_found where the lock has none.
result<std::string> default_password_json(const dingding_lock& lock);

// The center and the locks of each of the homes, or of one. The center comes with the first lock.
std::string home_devices_json(const std::vector<const dingding_lock*>& locks, const std::vector<std::string>& homes);
std::string home_device_json(const std::vector<const dingding_lock*>& locks, std::string_view home);
std::string center_info_json(std::string_view home);

}  // namespace lockhub::simulators
