#include "hub/lockapi/log_freshness.hpp"

#include "schemas/core/limits.hpp"

namespace lockhub::hub {

bool log_freshness::must_ask(const std::string& lock, time_point from, time_point until, duration age,
                             time_point now) const {
    const auto found = by_lock_.find(lock);
    if (found == by_lock_.end()) return true;
    const auto& last = *found->second;
    // Ahead of now, the clock was set back meanwhile.
    const bool fresh = last.at <= now && now - last.at <= age;
    return !fresh || from < last.from || until > last.until;
}

bool log_freshness::was_cut(const std::string& lock) const {
    const auto found = by_lock_.find(lock);
    return found != by_lock_.end() && !found->second->whole;
}

void log_freshness::asked(const std::string& lock, time_point from, time_point until, time_point at, bool whole) {
    if (const auto found = by_lock_.find(lock); found != by_lock_.end()) {
        askings_.erase(found->second);
        by_lock_.erase(found);
    }
    askings_.push_back({lock, from, until, at, whole});
    by_lock_.emplace(lock, std::prev(askings_.end()));
    if (by_lock_.size() <= limits::remembered_log_askings) return;
    by_lock_.erase(askings_.front().lock);
    askings_.pop_front();
}

}  // namespace lockhub::hub
