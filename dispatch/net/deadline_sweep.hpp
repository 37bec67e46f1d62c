#pragma once
// Many deadlines on one timer. The timer is armed for the earliest one; a call that ends before its deadline, as nearly
// all do, costs two pointer writes and no timer of its own. Steady time; io thread only.
#include <boost/intrusive/list.hpp>
#include <memory>

#include "dispatch/net/wake_signal.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::dispatch {

class deadline_sweep {
  public:
    // Leaves the sweep when it is destroyed.
    class entry : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
      public:
        entry() = default;
        entry(const entry&) = delete;
        entry& operator=(const entry&) = delete;
        virtual ~entry() = default;
        // Called once, when the deadline has passed; the entry has left the sweep by then. May destroy the entry.
        virtual void deadline_passed() = 0;

      private:
        friend class deadline_sweep;
        steady_timer::time_point deadline_;
    };

    explicit deadline_sweep(executor where) : timer_(where), probe_(where) {}
    ~deadline_sweep();

    void add(entry& one, duration from_now);
    void rest();  // lets go of the timer, so that an io_context can run out of work. No entry may be left

  private:
    using entries = boost::intrusive::list<entry, boost::intrusive::constant_time_size<false>>;

    steady_timer::time_point after(duration d);
    void arm(steady_timer::time_point when);
    void sweep();

    entries entries_;
    steady_timer timer_;
    steady_timer probe_;  // never waited on: reads the steady clock
    bool armed_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace lockhub::dispatch
