#pragma once
// Turns at a lock cloud that takes only so many calls at once, or a second. Commands go before questions, because they
// hold a lease meanwhile; among themselves, each in the order they came. io thread only.
#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "dispatch/core/rate_window.hpp"
#include "dispatch/net/task.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::dispatch {

struct call_ceilings {
    std::size_t at_once = 0;     // of both kinds together; 0: limits::commands_in_flight_per_account of each
    std::size_t per_second = 0;  // in any second, wherever it begins; 0: as many as come
};

class call_turns {
  public:
    enum class kind { command, question };

    // One call, kept for as long as it takes; the turns outlive it. The cloud may see a call at any time until its end,
    // so it counts as one of its second until a second after that.
    class turn {
      public:
        turn(call_turns& of, kind what) : of_(&of), what_(what) {}
        turn(turn&& other) noexcept : of_(std::exchange(other.of_, nullptr)), what_(other.what_) {}
        turn& operator=(turn&&) = delete;
        ~turn() {
            if (of_ != nullptr) of_->give_back(what_);
        }
        // The call has ended and another follows in its place. False as take() has it; then this turn makes no more.
        task<bool> again(time_point until);

      private:
        call_turns* of_;
        kind what_;
    };

    // Both outlive it.
    call_turns(waiter_factory& waiters, const clock& time) : waiters_(waiters), time_(time) {}
    call_turns(const call_turns&) = delete;
    call_turns& operator=(const call_turns&) = delete;

    void allow(call_ceilings ceilings);

    // nullopt: no turn by `until`, or none to be had because of a pause; limits::questions_waiting questions wait
    // already; or close() came.
    task<std::optional<turn>> take(kind what, time_point until);

    // No call begins before that.
    void pause(time_point until);

    // Whoever waits, now and later, goes without.
    void close();
    bool closed() const { return closed_; }

    std::size_t taken() const { return taken_[0] + taken_[1]; }
    std::size_t waiting() const { return lines_[0].size() + lines_[1].size() + lines_[2].size(); }

  private:
    enum class line_of { another_call, commands, questions };
    struct place {
        std::unique_ptr<waiter> signal;
        time_point until;
        bool granted = false;
    };
    std::deque<place*>& line(line_of who) { return lines_[static_cast<std::size_t>(who)]; }
    std::size_t& taken_by(kind what) { return taken_[static_cast<std::size_t>(what)]; }

    task<bool> stand_in(line_of who, time_point until);
    bool has_place(line_of who) const;
    std::deque<place*>* next_line();
    time_point pause_end(time_point now) const;  // now: none
    time_point next_call_at(time_point now);     // as far as time alone decides
    void give_back(kind what);
    void call_ended();
    void grant();

    waiter_factory& waiters_;
    const clock& time_;
    call_ceilings ceilings_{};
    std::optional<rate_window> window_;
    time_point paused_until_{};
    std::array<std::size_t, 2> taken_{};       // by kind
    std::size_t calling_ = 0;                  // turns in a call, not between two
    std::array<std::deque<place*>, 3> lines_;  // they live in stand_in()
    bool closed_ = false;
};

}  // namespace lockhub::dispatch
