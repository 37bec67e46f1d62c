#pragma once
// How many calls may be under way: in the whole hub, and to one target. A target's share shrinks as the hub's room
// does, so that many slow targets together cannot take all of it from the quick ones. Not thread-safe.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lockhub::dispatch {

class in_flight_budget {
  public:
    using key = std::uint32_t;

    // A target never gets more than `1 / part_of_free` of what is free, but always one.
    in_flight_budget(std::size_t total, std::size_t per_key, std::size_t part_of_free = 16)
        : total_(total), per_key_(per_key), part_of_free_(part_of_free) {}

    // Fewer or more for this target than for the others; 0: as many.
    void set_most(key who, std::size_t calls);

    // How many more calls to the target may begin.
    std::size_t room(key who) const;
    void take(key who, std::size_t calls);       // asserts that the total allows it
    void give_back(key who, std::size_t calls);  // asserts that they were taken

    std::size_t in_flight() const { return used_; }
    std::size_t in_flight(key who) const { return who < used_by_.size() ? used_by_[who] : 0; }
    std::size_t free() const { return total_ - used_; }

    std::size_t most(key who) const { return who < most_of_.size() && most_of_[who] > 0 ? most_of_[who] : per_key_; }

  private:
    std::size_t total_;
    std::size_t per_key_;
    std::size_t part_of_free_;
    std::size_t used_ = 0;
    std::vector<std::uint32_t> used_by_;
    std::vector<std::size_t> most_of_;  // 0: per_key_
};

}  // namespace lockhub::dispatch
