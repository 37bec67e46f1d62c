#pragma once
// Deadlines of all connections of a server, swept by one timer: arming one is two stores, not a timer operation. Time
// is counted in ticks, so that this is pure; the server turns the wheel once a tick. When the io thread stalls, ticks
// come late and nobody is cut off for our own slowness.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lockhub::hub {

class deadline_wheel {
    static constexpr std::uint64_t never = ~std::uint64_t{0};

  public:
    class entry {
      public:
        entry() = default;
        virtual ~entry();  // disarms
        entry(const entry&) = delete;
        entry& operator=(const entry&) = delete;

      protected:
        // Called by turn(); the entry is disarmed and may be armed again from here. Must not destroy any entry.
        virtual void on_deadline() = 0;

      private:
        friend class deadline_wheel;
        entry* next_ = nullptr;
        entry* previous_ = nullptr;
        deadline_wheel* wheel_ = nullptr;  // where it is linked
        std::uint64_t due_tick_ = never;
        std::uint64_t linked_tick_ = 0;  // the turn that looks at it; never later than due_tick_
    };

    explicit deadline_wheel(std::size_t slots = 256);
    ~deadline_wheel();  // asserts that no entry is linked
    deadline_wheel(const deadline_wheel&) = delete;
    deadline_wheel& operator=(const deadline_wheel&) = delete;

    // Fires after at least `ticks` turns. Arming again moves the deadline.
    void arm(entry& what, std::uint64_t ticks);
    void disarm(entry& what) { what.due_tick_ = never; }

    void turn();

  private:
    void link(entry& what, std::uint64_t tick);
    void unlink(entry& what);

    std::vector<entry*> slots_;  // heads of doubly linked lists, by tick modulo size
    std::vector<entry*> taken_;  // by the turn under way
    std::uint64_t now_tick_ = 0;
};

}  // namespace lockhub::hub
