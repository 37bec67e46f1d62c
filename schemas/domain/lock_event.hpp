#pragma once
// The unified events (DESIGN's list): what any lock cloud tells about a lock, in one vocabulary.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/time.hpp"

namespace lockhub {

enum class event_kind : std::uint8_t {
    battery_low,
    battery_ok,
    battery_level,
    tampered,
    wrong_password,
    opened,
    lock_offline,
    lock_online,
    gateway_offline,
    gateway_online,
    password_synced,
    password_added_locally,
    password_deleted_locally,
    password_updated_locally,
    lock_fault,
    other,
};
inline constexpr std::size_t event_kind_count = 16;

std::string_view to_string(event_kind kind);  // "lock.battery_low", …, "vendor.other"
std::optional<event_kind> event_kind_from(std::string_view name);
bool is_alarm(
    event_kind kind);  // alarms travel in lanes of their own: low battery, tampering, wrong password, off line, fault

// `source` of what was done with a password, right or wrong.
inline constexpr int opened_by_password = 2;
// This and above: from afar, by a phone, a desk or a program. 云柚: this and its `type`.
inline constexpr int opened_remotely = 100;

struct lock_event {
    event_kind kind = event_kind::other;
    std::string vendor_name;                // the vendor's name of it, in its canonical spelling
    std::string device_uuid;                // may be empty
    std::optional<time_point> occurred_at;  // nullopt where the wire had no time or 0
    std::optional<int> battery_percent;
    std::optional<int> source;  // openings: how it was opened, the vendor's number (丁盯: 2 password)
    std::string source_id;      // openings and local passwords: the vendor's password id, as text
    std::string source_name;
    std::vector<std::string> subdevices;  // gateway events: the locks behind it
    bool about_lock = true;               // false: meters and installation news, stored and told to nobody

    bool operator==(const lock_event&) const = default;
};

}  // namespace lockhub
