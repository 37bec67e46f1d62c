#include "hub/lockapi/call_rates.hpp"

#include <algorithm>

namespace lockhub::hub {

std::optional<time_point> call_rates::admit(const std::string& pms, std::uint64_t request_hash, time_point now) {
    auto& own = by_pms_[pms];
    const auto next = std::max(own.overall.next_room(now), own.identical.next_room(request_hash, now));
    if (next > now) {
        return next;
    }
    own.overall.note(now);
    own.identical.note(request_hash, now);
    return std::nullopt;
}

}  // namespace lockhub::hub
