#pragma once
// At most `limit` calls with the same key in any stretch of time of length `span`. Exact like rate_window, one window a
// key. Memory is bounded: keys whose calls have all left the window are forgotten, and at `most_keys` keys a new one is
// not allowed until the oldest call has left. Not thread-safe.
#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <unordered_map>
#include <utility>

#include "dispatch/core/rate_window.hpp"

namespace lockhub::dispatch {

template <class Key, class Hash = std::hash<Key>>
class identical_window {
  public:
    identical_window(std::size_t limit, duration span, std::size_t most_keys)
        : limit_(limit), span_(span), most_keys_(most_keys) {}

    // `now` when a call with the key may be made at once, else the earliest time it may.
    time_point next_room(const Key& key, time_point now) {
        forget_until(now);
        const auto found = windows_.find(key);
        if (found != windows_.end()) return found->second.next_room(now);
        if (windows_.size() < most_keys_) return now;
        return calls_.front().first + span_;
    }

    bool allows(const Key& key, time_point now) { return next_room(key, now) <= now; }

    // True when a call with the key is inside the window.
    bool knows(const Key& key, time_point now) {
        forget_until(now);
        return windows_.contains(key);
    }

    // A call was made. At `most_keys` an unknown key's call is not kept: ask next_room first.
    void note(const Key& key, time_point at) {
        auto found = windows_.find(key);
        if (found == windows_.end()) {
            if (windows_.size() >= most_keys_) return;
            found = windows_.emplace(key, rate_window(limit_, span_)).first;
        }
        found->second.note(at);
        const auto place = std::upper_bound(calls_.begin(), calls_.end(), at,
                                            [](time_point time, const auto& call) { return time < call.first; });
        calls_.emplace(place, at, key);
    }

    std::size_t keys() const { return windows_.size(); }

  private:
    void forget_until(time_point now) {
        if (!calls_.empty() && calls_.back().first > now) {
            for (auto& call : calls_) call.first = std::min(call.first, now);
        }
        while (!calls_.empty() && calls_.front().first + span_ <= now) {
            const auto found = windows_.find(calls_.front().second);
            if (found != windows_.end() && found->second.idle(now)) windows_.erase(found);
            calls_.pop_front();
        }
    }

    std::size_t limit_;
    duration span_;
    std::size_t most_keys_;
    std::unordered_map<Key, rate_window, Hash> windows_;
    std::deque<std::pair<time_point, Key>> calls_;  // oldest first
};

}  // namespace lockhub::dispatch
