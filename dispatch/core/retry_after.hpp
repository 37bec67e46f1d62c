#pragma once
// The Retry-After header (RFC 9110, 10.2.3): a number of seconds or an HTTP date in one of its three forms.
#include <optional>
#include <string_view>

#include "schemas/core/time.hpp"

namespace lockhub::dispatch {

// How long to wait from `now`; zero for a date that has passed. nullopt for anything else, "" included.
std::optional<duration> parse_retry_after(std::string_view text, time_point now);

// "Sun, 06 Nov 1994 08:49:37 GMT" and the two obsolete forms that recipients must accept.
std::optional<time_point> parse_http_date(std::string_view text, time_point now);

}  // namespace lockhub::dispatch
