#include "hub/observe/readiness.hpp"

#include "schemas/core/limits.hpp"

namespace lockhub::hub {

std::string readiness::not_ready(time_point now) const {
    if (!poisoned_.empty()) return "the store takes no more writes: " + poisoned_;
    if (stopping_) return "the service is stopping";
    if (last_round_trip_ == time_point{}) return "the store has not answered yet";
    if (now - last_round_trip_ > limits::round_trip_age)
        return "the store has not answered for " + format_duration(now - last_round_trip_);
    return {};
}

}  // namespace lockhub::hub
