#pragma once
// Turns at a lock cloud that takes only so many calls at once. Commands go before questions, because they hold a lease
// meanwhile; among themselves, each in the order they came. io thread only.
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "dispatch/net/task.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::dispatch {

class call_turns {
  public:
    // Kept for as long as the call takes; the turns outlive it.
    class turn {
      public:
        explicit turn(call_turns& of) : of_(&of) {}
        turn(turn&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
        turn& operator=(turn&&) = delete;
        ~turn() {
            if (of_ != nullptr) of_->give_back();
        }

      private:
        call_turns* of_;
    };
    enum class kind { command, question };

    // Both outlive it.
    call_turns(waiter_factory& waiters, const clock& time) : waiters_(waiters), time_(time) {}
    call_turns(const call_turns&) = delete;
    call_turns& operator=(const call_turns&) = delete;

    void allow(std::size_t at_once);

    // nullopt: no turn by `until`; limits::questions_waiting wait already; or close() came.
    task<std::optional<turn>> take(kind what, time_point until);

    // Whoever waits, now and later, goes without.
    void close();

    std::size_t taken() const { return taken_; }
    std::size_t waiting() const { return commands_.size() + questions_.size(); }

  private:
    struct place {
        std::unique_ptr<waiter> signal;
        bool granted = false;
    };
    std::deque<place*>& line(kind what) { return what == kind::command ? commands_ : questions_; }
    void give_back();
    void grant();

    waiter_factory& waiters_;
    const clock& time_;
    std::size_t at_once_ = 1;
    std::size_t taken_ = 0;
    std::deque<place*> commands_;  // they live in take()
    std::deque<place*> questions_;
    bool closed_ = false;
};

}  // namespace lockhub::dispatch
