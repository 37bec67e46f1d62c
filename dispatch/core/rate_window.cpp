#include "dispatch/core/rate_window.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace lockhub::dispatch {

rate_window::rate_window(std::size_t limit, duration span) : limit_(limit), span_(span) {
    if (limit == 0 || span <= duration::zero()) throw std::invalid_argument("a rate window needs a limit and a span");
}

time_point rate_window::latest(std::size_t index) const {
    return calls_[(head_ + calls_.size() - 1 - index) % calls_.size()];
}

std::size_t rate_window::room(time_point now) {
    if (!calls_.empty() && latest(0) > now) {
        for (auto& call : calls_) call = std::min(call, now);
    }
    std::size_t recent = 0;
    while (recent < calls_.size() && latest(recent) + span_ > now) ++recent;
    return limit_ - recent;
}

time_point rate_window::next_room(time_point now, std::size_t calls) {
    if (calls > limit_) return time_point::max();
    const std::size_t room_now = room(now);
    if (room_now >= calls) return now;
    // With `limit - calls` calls still inside, the next older one is the last that has to leave.
    return latest(limit_ - calls) + span_;
}

void rate_window::note(time_point at) {
    if (calls_.size() < limit_) {
        calls_.push_back(at);
    } else {
        if (at < calls_[head_]) return;
        calls_[head_] = at;
        head_ = (head_ + 1) % limit_;
    }
    // Times nearly always come in order; a late one sinks to its place.
    for (std::size_t index = 0; index + 1 < calls_.size() && latest(index) < latest(index + 1); ++index) {
        const std::size_t newer = (head_ + calls_.size() - 1 - index) % calls_.size();
        const std::size_t older = (newer + calls_.size() - 1) % calls_.size();
        std::swap(calls_[newer], calls_[older]);
    }
}

}  // namespace lockhub::dispatch
