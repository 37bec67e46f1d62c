#pragma once
// Which pages of a lock's log to read, to have everything opened at a point in time or later, where nobody says in what
// order the pages come. Reads the first page and the last; where these, and each page read between them, are in order,
// only as far as the time wanted, else all of them. Pure; not thread-safe.
//
// An opening added meanwhile moves others one page on where the newest come first: they are met again, and nothing is
// left out. Order within a page does not matter.
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "schemas/core/time.hpp"
#include "schemas/domain/command.hpp"

namespace lockhub::dispatch {

class log_walk {
  public:
    // Pages are counted from 1; `from` and later is wanted.
    log_walk(std::size_t pages, time_point from) : from_(from), pages_(pages) {}

    // The next page to read; nullopt: everything wanted has been read.
    std::optional<std::size_t> next() const;
    // What the page that next() named holds.
    void took(std::span<const reported_opening> openings, time_point now);

    // A walk that goes on later may find more pages.
    void grown_to(std::size_t pages);

    // Of all that was read, without what lies ahead of now: a lock whose clock is ahead must not hide what others open.
    // Epoch when there is none.
    time_point newest() const { return newest_; }

  private:
    enum class order { not_known, newest_first, oldest_first, none };
    struct page {
        bool read = false;
        time_point oldest = time_point::max();  // later than `newest`: it was empty
        time_point newest = time_point::min();
        bool empty() const { return oldest > newest; }
    };

    const page& at(std::size_t number) const { return pages_[number - 1]; }
    bool wholly_older(std::size_t number) const { return !at(number).empty() && at(number).newest < from_; }
    order order_of_ends() const;
    bool goes_back_in_time(std::size_t before, std::size_t number) const;

    time_point from_;
    std::vector<page> pages_;
    order order_ = order::not_known;
    std::size_t last_ = 0;  // page, when the order was found
    time_point newest_{};
};

}  // namespace lockhub::dispatch
