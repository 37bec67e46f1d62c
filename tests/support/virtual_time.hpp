#pragma once
// Time that passes only when a test says so, and everything that waits for it: one thread, one io_context, no sleeping.
// What runs is the same in every run, as long as nothing outside the thread posts to the io_context.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::test {

class virtual_time : public clock, public dispatch::waiter_factory {
  public:
    // 2026-11-22 12:00:00 China time.
    explicit virtual_time(dispatch::asio::io_context& io, time_point start = from_unix_ms(1'795'320'000'000));

    time_point now() const override;
    std::unique_ptr<dispatch::waiter> make_waiter() override;

    // Asked whenever the io_context has nothing left to run: does a piece of work that no handler drives (an inline
    // commit) and says whether there was one.
    void when_idle(std::function<bool()> step);

    // Runs whatever can run without time passing. Throws std::runtime_error when that never ends.
    void run_until_idle();
    // Runs until idle, then passes to the earliest point somebody waits for and runs until idle there. False, and no
    // time passes, when nobody waits.
    bool advance_to_next();
    // Lets that much time pass, stopping at each point somebody waits for.
    void run_for(duration d);
    // Lets time pass until `done`, for at most `longest`; says whether it came to that.
    bool run_until(const std::function<bool()>& done, duration longest);
    std::optional<time_point> next_deadline() const;

    struct schedule;

  private:
    void pass_to(time_point t);

    dispatch::asio::io_context& io_;
    std::shared_ptr<schedule> schedule_;  // shared with the waiters, which may go later
    std::vector<std::function<bool()>> idle_steps_;
};

}  // namespace lockhub::test
