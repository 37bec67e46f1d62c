#include "hub/directory/sync_schedule.hpp"

#include <algorithm>

namespace lockhub::hub {

namespace {

using namespace std::chrono_literals;

constexpr duration first_within = 5min;
constexpr duration again_after_failure = 15min;
constexpr double spread_part = 0.1;

duration scaled(duration d, double by) {
    return duration(static_cast<duration::rep>(static_cast<double>(d.count()) * by));
}

}  // namespace

void sync_schedule::set(const std::vector<entry>& entries, time_point now) {
    std::map<std::string, state> next;
    for (const auto& one : entries) {
        const auto known = entries_.find(one.pms);
        if (known != entries_.end() && known->second.every == one.every) {
            next.insert(*known);
        } else {
            const bool taken = known != entries_.end() && known->second.taken;
            const duration first = scaled(std::min(one.every, first_within), spread_.next());
            next.emplace(one.pms, state{one.every, now + first, taken});
        }
    }
    entries_ = std::move(next);
}

std::optional<std::string> sync_schedule::take_due(time_point now) {
    auto earliest = entries_.end();
    for (auto at = entries_.begin(); at != entries_.end(); ++at) {
        const auto& one = at->second;
        if (one.taken || one.due_at > now) continue;
        if (earliest == entries_.end() || one.due_at < earliest->second.due_at) earliest = at;
    }
    if (earliest == entries_.end()) return std::nullopt;
    earliest->second.taken = true;
    return earliest->first;
}

void sync_schedule::ended(const std::string& pms, bool succeeded, time_point now) {
    const auto found = entries_.find(pms);
    if (found == entries_.end()) return;
    auto& one = found->second;
    const duration wait = succeeded ? one.every : std::min(one.every, again_after_failure);
    one.taken = false;
    one.due_at = now + scaled(wait, 1 - spread_part + 2 * spread_part * spread_.next());
}

time_point sync_schedule::next_at() const {
    auto next = time_point::max();
    for (const auto& [pms, one] : entries_) {
        if (!one.taken) next = std::min(next, one.due_at);
    }
    return next;
}

std::optional<time_point> sync_schedule::due_at(const std::string& pms) const {
    const auto found = entries_.find(pms);
    if (found == entries_.end() || found->second.taken) return std::nullopt;
    return found->second.due_at;
}

}  // namespace lockhub::hub
