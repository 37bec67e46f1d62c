#pragma once
// Points in time are milliseconds since 1970 UTC. The 去呼呼, gateway and 云柚 wires carry China time (UTC+8, no
// daylight saving) as text, whatever the server's zone: these functions never ask the system for one.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lockhub {

using time_point = std::chrono::sys_time<std::chrono::milliseconds>;
using duration = std::chrono::milliseconds;

constexpr std::int64_t to_unix_ms(time_point t) {
    return t.time_since_epoch().count();
}
constexpr time_point from_unix_ms(std::int64_t ms) {
    return time_point{duration{ms}};
}

// "2026-11-22 12:00:00", China time.
std::string format_china_time(time_point t);

// Reads "yyyy-MM-dd HH:mm:ss" as China time. Strict: two-digit fields, a date that exists, nothing before or after.
std::optional<time_point> parse_china_time(std::string_view text);

// "20261122120000123" (yyyyMMddHHmmssSSS), China time: the head of a password actionId.
std::string format_china_time_compact(time_point t);

// "2026-11-22T04:00:00.123Z", for logs and JSON.
std::string format_utc(time_point t);

// "3m 20s", "2h 5m", "4d 1h": two units at most, for people. Negative durations read as "0s".
std::string format_duration(duration d);

}  // namespace lockhub
