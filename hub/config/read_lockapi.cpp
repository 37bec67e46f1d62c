#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_lockapi(const setting& table, lockapi_config& into, findings& found) {
    using namespace std::chrono_literals;
    section in(table, "[lockapi]", found.problems);
    in.read("state_refresh_age", into.state_refresh_age, 0s, 24h);
    in.read("log_refresh_age", into.log_refresh_age, 0s, 24h);
    in.read("show_pins_in_log", into.show_pins_in_log);
    in.finish();
}

}  // namespace lockhub::hub
