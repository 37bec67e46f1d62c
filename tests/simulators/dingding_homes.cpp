// The simulated 丁盯 account, asked about homes and what stands in them.
#include <fmt/format.h>
#include <algorithm>

#include "tests/simulators/dingding_answers.hpp"
#include "tests/simulators/dingding_cloud.hpp"
#include "tests/simulators/dingding_outcome.hpp"
#include "tests/simulators/dingding_readings.hpp"

namespace lockhub::simulators {

namespace {

constexpr std::string_view center_prefix = "gateway-";

}  // namespace

dingding_cloud::outcome dingding_cloud::list_devices(const dingding_call& call) const {
    const auto homes = items_of(call.get("home_id"));
    const bool one = call.verb->name == "find_home_device";
    if (homes.empty() || (one && homes.size() > 1)) return outcome::refused(bad_parameter);
    if (one && !places_.homes().contains(homes.front())) return outcome::refused(no_record);
    std::vector<const dingding_lock*> locks;
    for (const auto& [uuid, lock] : locks_) locks.push_back(&lock);
    if (one) return {.body = home_device_json(locks, homes.front()), .pushes = {}};
    std::vector<std::string> known;
    for (const auto& home : homes) {
        if (places_.homes().contains(home)) known.push_back(home);
    }
    return {.body = home_devices_json(locks, known), .pushes = {}};
}

// A home's center comes with its first lock.
dingding_cloud::outcome dingding_cloud::show_center(const dingding_call& call) const {
    std::string home = call.get("home_id");
    if (const auto uuid = call.get("uuid"); uuid.starts_with(center_prefix)) home = uuid.substr(center_prefix.size());
    if (home.empty()) return outcome::refused(bad_parameter);
    const bool installed = std::ranges::any_of(locks_, [&](const auto& entry) { return entry.second.home_id == home; });
    if (!installed) return outcome::refused(no_record);
    return {.body = center_info_json(home), .pushes = {}};
}

dingding_cloud::outcome dingding_cloud::change_places(const dingding_call& call, time_point now,
                                                      random_source& random) {
    const bool lies = call.verb->changes_place && knobs.lie.strikes(random);
    const auto service_id = call.verb->name == "del_home" ? next_service_id_++ : 0;
    auto said = lies ? dingding_places::untrue_answer(call, service_id) : places_.handle(call, service_id, now);
    std::erase_if(locks_, [&](const auto& entry) {
        const auto& lock = entry.second;
        if (said.home_gone && lock.home_id == *said.home_gone) return true;
        return said.room_gone && lock.home_id == said.room_gone->first && lock.room_id == said.room_gone->second;
    });
    return {.number = said.number, .body = std::move(said.body), .pushes = {}};
}

}  // namespace lockhub::simulators
