#pragma once
// The log of a door: who opened it, when, and by what.
#include <string_view>
#include <vector>

#include "schemas/domain/command.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::yeeuu {

// `type` of an entry.
enum class opened_by { alms = 0, wechat = 1, app = 2, password = 3, api = 4 };

// `data` of get_device_logs, in the order it came in. The source is opened_by_password for a password, else
// opened_remotely plus `type`; the source_id is the opener, a mobile number. Entries without a readable time are left
// out.
std::vector<reported_opening> read_openings(const wire::json_value& body);

}  // namespace lockhub::yeeuu
