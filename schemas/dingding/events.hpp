#pragma once
// The lock events of one event push.
#include <optional>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/core/time.hpp"
#include "schemas/dingding/event_names.hpp"
#include "schemas/domain/lock_event.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::dingding {

// Milliseconds since 1970 as a number or a string; nullopt for 0, for what is no number, and beyond the year 9999.
std::optional<time_point> read_time_ms(std::string_view text);

// One event, or one for each opening of a history and each password of a sync. Members of `detail` that are missing or
// of another type leave their fields empty. Fails with invalid_input beyond limits::push_records.
result<std::vector<lock_event>> make_events(const event_name& name, std::string_view device_uuid,
                                            std::optional<time_point> occurred_at, const wire::json_value& detail);

}  // namespace lockhub::dingding
