#include "dispatch/net/connection_pool.hpp"

#include <algorithm>
#include <utility>

namespace lockhub::dispatch {

std::unique_ptr<connection> connection_pool::remove(place at) {
    auto line = std::move(at->line);
    const auto found = by_key_.find(at->key);
    auto& places = found->second;
    // The newest and the oldest are the ones that leave; both are at an end.
    if (places.back() == at) {
        places.pop_back();
    } else {
        places.erase(std::ranges::find(places, at));
    }
    if (places.empty()) by_key_.erase(found);
    by_age_.erase(at);
    return line;
}

std::unique_ptr<connection> connection_pool::take(const std::string& key, time_point now) {
    for (auto found = by_key_.find(key); found != by_key_.end(); found = by_key_.find(key)) {
        const auto newest = found->second.back();
        const bool outlived = newest->since + bounds_.lifetime <= now;
        auto line = remove(newest);
        if (!outlived && !line->stale()) return line;
        dropped_.push_back(std::move(line));
    }
    return nullptr;
}

void connection_pool::put(const std::string& key, std::unique_ptr<connection> line, time_point now) {
    const auto found = by_key_.find(key);
    if (bounds_.total == 0 || bounds_.per_key == 0 ||
        (found != by_key_.end() && found->second.size() >= bounds_.per_key)) {
        dropped_.push_back(std::move(line));
        return;
    }
    if (by_age_.size() >= bounds_.total) dropped_.push_back(remove(by_age_.begin()));
    by_age_.push_back({key, std::move(line), now});
    by_key_[key].push_back(std::prev(by_age_.end()));
}

void connection_pool::drop_outlived(time_point now) {
    while (!by_age_.empty() && by_age_.front().since + bounds_.lifetime <= now) {
        dropped_.push_back(remove(by_age_.begin()));
    }
}

void connection_pool::clear() {
    by_key_.clear();
    by_age_.clear();
    dropped_.clear();
}

}  // namespace lockhub::dispatch
