#include "hub/config/sections.hpp"

namespace lockhub::hub {

void read_reconcile(const setting& table, reconcile_config& into, findings& found) {
    using namespace std::chrono_literals;
    section in(table, "[reconcile]", found.problems);
    in.read("every", into.every, 0ms, 24h * 7);
    if (into.every > duration::zero() && into.every < 1min)
        in.problem("every", "'every' must be \"1m\" at least, or \"0\" for never by itself");
    in.read("repair", into.repair);
    in.finish();
}

}  // namespace lockhub::hub
