#pragma once
// The `lockhub` command line. One command a file beside this one; every command returns an exit code.

namespace lockhub::hub {

namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int failed = 1;       // what was asked for failed, or was not found
inline constexpr int bad_usage = 2;    // arguments or configuration are wrong; nothing was done
inline constexpr int unreachable = 3;  // the running service is needed and cannot be reached
}  // namespace exit_code

// Parses the arguments and runs the command they name. Main thread only; throws nothing.
int run_cli(int count, char** arguments);

}  // namespace lockhub::hub
