#include "dispatch/delivery_roster.hpp"

#include <utility>

#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

roster_entry::roster_entry(std::shared_ptr<const delivery_target> settings)
    : target(std::move(settings)),
      identical_(limits::pms_identical_per_30s, identical_span, limits::identical_keys_per_pms) {}

time_point roster_entry::may_send_at(delivery_id id, std::uint32_t attempt, time_point now) {
    if (attempt <= 1) return now;
    if (!identical_.knows(id.value, now)) {
        const time_point room_at = identical_.next_room(id.value, now);
        if (room_at <= now) identical_.note(id.value, now);
        return room_at;
    }
    return identical_.next_room(id.value, now);
}

std::optional<delivery_roster::key> delivery_roster::find(std::string_view pms) const {
    const auto found = by_pms_.find(pms);
    if (found == by_pms_.end()) return std::nullopt;
    return found->second;
}

delivery_roster::key delivery_roster::add(delivery_target target) {
    const key who = size();
    by_pms_.emplace(target.pms.value, who);
    entries_.push_back(std::make_unique<roster_entry>(std::make_shared<const delivery_target>(std::move(target))));
    return who;
}

}  // namespace lockhub::dispatch
