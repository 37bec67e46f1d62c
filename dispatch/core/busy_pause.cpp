#include "dispatch/core/busy_pause.hpp"

#include <algorithm>

namespace lockhub::dispatch {

void busy_pause::busy(time_point now, std::optional<duration> come_again_after) {
    ++answers_;
    const time_point before = until(now);
    if (come_again_after) {
        const duration wait = std::clamp<duration>(*come_again_after, duration::zero(), limits::longest_busy_pause);
        until_ = std::max(before, now + wait);
        return;
    }
    if (before > now) return;
    length_ = length_ == duration::zero() ? duration(limits::busy_pause)
                                          : std::min<duration>(length_ * 2, limits::longest_busy_pause);
    until_ = now + length_;
}

void busy_pause::served(time_point now) {
    if (until(now) <= now) length_ = duration::zero();
}

time_point busy_pause::until(time_point now) const {
    if (until_ <= now) return {};
    return std::min(until_, now + limits::longest_busy_pause);
}

}  // namespace lockhub::dispatch
