#pragma once
// What the running service tells about itself beyond what stands in the database. Filled by the application on the io
// thread when an operator asks.
#include <cstdint>
#include <string>
#include <vector>

#include "hub/http/server.hpp"
#include "schemas/core/time.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

// The breaker of one target: a PMS, or a lock cloud's account.
struct breaker_report {
    std::string target;
    std::string state;           // closed, open, half_open
    time_point until{};          // open: when the next attempt may go; epoch otherwise
    std::uint32_t failures = 0;  // in a row
};

// A lock cloud's account, by how often its cloud was busy.
struct pause_report {
    std::string account;
    time_point until{};              // no call before; epoch: calls go
    std::uint64_t busy_answers = 0;  // since the start
};

// The last time a PMS was asked for its directory.
struct directory_report {
    std::string pms;
    time_point ended_at{};  // epoch: not asked yet
    bool succeeded = false;
    std::string outcome;   // applied, compared, or why it failed
    std::string message;   // a sentence
    std::string actor;     // "schedule", or who said so
    time_point next_at{};  // by the schedule; epoch: none
};

struct service_report {
    std::string version;
    std::string listen;
    time_point started_at{};
    std::string not_ready;  // "" when ready
    std::vector<breaker_report> breakers;
    std::vector<pause_report> pauses;
    std::vector<directory_report> directories;
    std::size_t deliveries_in_flight = 0;
    std::size_t commands_in_flight = 0;
    storage::writer_statistics writer;
    server_statistics connections;
};

// One JSON object; times in milliseconds since 1970 UTC.
std::string to_json(const service_report& report, time_point now);

}  // namespace lockhub::hub
