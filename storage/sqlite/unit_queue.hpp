#pragma once
// Units on their way to the writer. Bounded by limits::writer_queue_units and writer_queue_bytes; any thread may put,
// one thread takes.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "storage/sqlite/unit.hpp"

namespace lockhub::storage::sqlite {

class unit_queue {
  public:
    // What does not fit, and everything after refuse_from_now(), is kept as refused: the taker answers it. Gives the
    // unit back once nobody takes any more.
    unit_pointer put(unit_pointer u);
    // A unit that wants another turn: goes to the end, whatever the bound.
    void put_again(unit_pointer u);

    struct group {
        std::vector<unit_pointer> units;
        std::vector<std::pair<unit_pointer, error>> refused;
        bool empty() const { return units.empty() && refused.empty(); }
    };
    // The oldest units, up to limits::group_units and group_bytes, one at least.
    group take();
    // Returns when there is something to take, or after end().
    void wait();

    // From now on everything put is refused with this error. What waits stays and can be taken.
    void refuse_from_now(error why);
    // As refuse_from_now(), and the taker shall go once it has emptied the queue.
    void end(error why);
    // True after end() when nothing is left; then nothing will ever be taken again.
    bool drained();
    std::size_t size() const;

  private:
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    bool taker_waits_ = false;
    std::deque<unit_pointer> units_;
    std::size_t bytes_ = 0;
    std::vector<std::pair<unit_pointer, error>> refused_;
    std::optional<error> refusing_;
    bool ended_ = false;
    bool drained_ = false;
};

}  // namespace lockhub::storage::sqlite
