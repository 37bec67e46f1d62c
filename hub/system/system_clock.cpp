#include "hub/system/system_clock.hpp"

namespace lockhub::hub {

time_point system_clock::now() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::microseconds system_clock::ticks() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace lockhub::hub
