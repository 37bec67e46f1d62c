#pragma once
// When each key (a PMS, an account) has its next work due: the earliest time heard of, one entry a key. A binary heap
// that knows where each key stands: O(log n), no allocation once every key was seen. Keys are small numbers given by
// the owner. Not thread-safe.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "schemas/core/time.hpp"

namespace lockhub::dispatch {

class due_queue {
  public:
    using key = std::uint32_t;

    // Keeps the earlier of what is known and `due_at`.
    void note(key who, time_point due_at);
    // Removes and returns the key with the earliest time at or before `now`. Of equal times the lower key comes first.
    std::optional<key> take_due(time_point now);
    void forget(key who);

    // time_point::max() when nothing is known.
    time_point next_at() const { return heap_.empty() ? time_point::max() : heap_.front().due_at; }
    std::optional<time_point> due_at(key who) const;
    std::size_t size() const { return heap_.size(); }

  private:
    struct entry {
        time_point due_at;
        key who;
        auto operator<=>(const entry&) const = default;
    };
    static constexpr std::uint32_t nowhere = 0xffffffff;

    void put(std::size_t place, entry what);
    void sift_up(std::size_t place);
    void sift_down(std::size_t place);
    void remove(std::size_t place);

    std::vector<entry> heap_;
    std::vector<std::uint32_t> place_of_;  // by key
};

}  // namespace lockhub::dispatch
