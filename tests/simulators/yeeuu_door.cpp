#include "tests/simulators/yeeuu_door.hpp"

#include <utility>

namespace lockhub::simulators {

void yeeuu_door::note_opening(yeeuu_opening opening) {
    constexpr std::size_t log_entries = 10'000;  // beyond: the oldest go
    log.push_front(std::move(opening));
    if (log.size() > log_entries) log.pop_back();
}

door_answer yeeuu_door::open_by_pin(std::string_view digits, time_point now) {
    door_answer refused{false, "nobody's PIN"};
    for (const auto& [mobile, pin] : pins) {
        if (pin.digits != digits) continue;
        if (pin.valid_at(now)) {
            note_opening({now, yeeuu_opened_by::password, mobile});
            return {true, "PIN of " + mobile};
        }
        refused.why = now < pin.from ? "not valid yet" : "not valid any more";
    }
    return refused;
}

door_answer yeeuu_door::open_by_phone(std::string_view mobile, yeeuu_opened_by by, time_point now) {
    const auto grant = grants.find(mobile);
    if (grant == grants.end()) return {false, "nobody's phone"};
    if (!grant->second.valid_at(now)) return {false, now < grant->second.from ? "not valid yet" : "not valid any more"};
    note_opening({now, by, std::string(mobile)});
    return {true, "phone " + std::string(mobile)};
}

bool yeeuu_door::may_open(std::string_view mobile, time_point now) const {
    const auto grant = grants.find(mobile);
    return grant != grants.end() && grant->second.valid_at(now);
}

}  // namespace lockhub::simulators
