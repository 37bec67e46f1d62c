#pragma once
// Time that stands still until a test moves it. Any thread.
#include <atomic>

#include "schemas/core/clock.hpp"

namespace lockhub::test {

class manual_clock : public clock {
  public:
    // 2026-11-22 12:00:00 China time.
    explicit manual_clock(time_point start = from_unix_ms(1'795'320'000'000)) : now_ms_(to_unix_ms(start)) {}

    time_point now() const override { return from_unix_ms(now_ms_.load()); }
    void set(time_point t) { now_ms_.store(to_unix_ms(t)); }
    void advance(duration d) { now_ms_.fetch_add(d.count()); }

  private:
    std::atomic<std::int64_t> now_ms_;
};

}  // namespace lockhub::test
