#pragma once
// lock_polls: from when a polled lock's openings are told, and how far its log has been read.
#include <optional>
#include <vector>

#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

class lock_poll_table {
  public:
    explicit lock_poll_table(database& db);

    struct listed {
        std::int64_t lock_row = 0;
        bool begun = false;
        polled_lock lock;  // tells_from as begun, else when the hub first knew the lock; epoch: nobody noted
    };
    // The account's locks that serve a room, card readers not among them.
    std::vector<listed> list(std::string_view account);

    // The lock's row, made at `now` when it is not there yet. Returns from when its openings are told: a whole second,
    // since such logs have no finer times.
    time_point begin(std::int64_t lock_row, time_point now);
    void advance(std::int64_t lock_row, time_point read_until);
    // What the hub no longer remembers it must not tell again.
    void forget_before(time_point t);

  private:
    statement list_;
    statement begin_;
    statement tells_from_;
    statement advance_;
    statement forget_before_;
};

}  // namespace lockhub::storage::sqlite
