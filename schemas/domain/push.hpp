#pragma once
// What a lock cloud's push says, whichever cloud it came from.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schemas/core/time.hpp"
#include "schemas/domain/lock_event.hpp"

namespace lockhub {

// The answer to a command, come as a push of its own (丁盯: `*_Service`).
struct command_result {
    std::string service;  // "Password_Add_Service"
    std::string ref;      // `serviceid`, as text; links the call and its result
    std::string device_uuid;
    bool ok = false;
    std::int64_t code = 0;       // the vendor's number, known or not
    std::string credential_ref;  // the vendor's password id; may be empty, in failures above all
    bool about_lock = true;      // false: meters

    bool operator==(const command_result&) const = default;
};

// Two pushes with equal keys are one push. `order` grows with time, so that a unique index over (order, hash) takes its
// inserts at the right edge: the event's time, the result's serviceid. Without either it is 0 and storage puts the
// arrival day there (and looks at the day before too).
struct dedupe_key {
    std::int64_t order = 0;
    std::array<std::byte, 16> hash{};  // of account, kind, device, name and content

    bool operator==(const dedupe_key&) const = default;
};

struct parsed_push {
    std::string name;  // wire name: the event as it came, or the service
    std::string device_uuid;
    std::string home_id;
    std::string room_id;                                            // the vendor's, not the PMS's
    std::variant<std::vector<lock_event>, command_result> content;  // one event at least; a history push has many
    dedupe_key key;
    bool may_carry_pin = false;  // its raw body is kept sealed
    std::string gateway_uuid{};  // the lock gateway that device_uuid is reached through; "" where the push has none

    bool is_result() const { return std::holds_alternative<command_result>(content); }
};

}  // namespace lockhub
