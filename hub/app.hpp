#pragma once
// The service: owns everything, and is the only place that knows every concrete type.
#include "hub/config/config.hpp"

namespace lockhub::hub {

// Runs in the foreground until SIGTERM or SIGINT; returns the process's exit code. Start-up failures (address in use,
// database locked) are printed as one sentence and return non-zero.
int run_service(config settings);

}  // namespace lockhub::hub
