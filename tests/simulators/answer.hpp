#pragma once
// What a simulated system does with a request: values, so that a test in memory and a real server play the same part.
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "schemas/core/time.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::simulators {

// Handed in by the owner, seeded by it: the simulators draw from nothing else.
using random_source = std::mt19937_64;

struct scheduled_push {
    time_point at{};
    std::string name;            // "batteryAlarm", "Password_Add_Service"
    std::string registered_url;  // what `sign` was computed over; the hub may be reached elsewhere
    std::string body;            // JSON
};

struct answer {
    std::optional<wire::http_response> response;  // nullopt: the connection is closed without a word
    duration delay{};                             // before answering or closing
    bool after_pushes = false;                    // answer only when the pushes due now have been answered
    std::vector<scheduled_push> pushes;
};

wire::http_response json_response(std::string body, int status = 200);

}  // namespace lockhub::simulators
