#include "dispatch/core/log_walk.hpp"

#include <algorithm>

#include "dispatch/core/assure.hpp"

namespace lockhub::dispatch {

std::optional<std::size_t> log_walk::next() const {
    if (pages_.empty()) return std::nullopt;
    if (!at(1).read) return 1;
    if (order_ == order::newest_first) {
        std::size_t number = 2;
        while (number <= pages_.size() && at(number).read) ++number;
        const bool over = number > pages_.size() || wholly_older(number - 1);
        return over ? std::nullopt : std::optional(number);
    }
    if (order_ == order::oldest_first) {
        std::size_t number = last_ - 1;
        while (number > 1 && at(number).read) --number;
        const bool over = at(number).read || wholly_older(number + 1);
        return over ? std::nullopt : std::optional(number);
    }
    if (order_ == order::not_known && pages_.size() > 1) return pages_.size();
    const auto unread = std::ranges::find(pages_, false, &page::read);
    if (unread == pages_.end()) return std::nullopt;
    return static_cast<std::size_t>(unread - pages_.begin()) + 1;
}

void log_walk::took(std::span<const reported_opening> openings, time_point now) {
    const auto number = next();
    assure(number.has_value(), "a page was read that nobody wanted");
    page& took = pages_[*number - 1];
    took = {.read = true};
    for (const auto& opening : openings) {
        took.oldest = std::min(took.oldest, opening.occurred_at);
        took.newest = std::max(took.newest, opening.occurred_at);
        if (opening.occurred_at <= now) newest_ = std::max(newest_, opening.occurred_at);
    }
    const bool found = order_ == order::newest_first || order_ == order::oldest_first;
    if (found && !goes_back_in_time(order_ == order::newest_first ? *number - 1 : *number + 1, *number))
        order_ = order::none;
    if (order_ == order::not_known && pages_.size() > 1 && at(pages_.size()).read) {
        order_ = order_of_ends();
        last_ = pages_.size();
    }
}

void log_walk::grown_to(std::size_t pages) {
    if (pages <= pages_.size()) return;
    // Where the newest come first, other openings stand on the last page now than when it was read.
    if (order_ != order::oldest_first && pages_.size() > 1) pages_.back().read = false;
    pages_.resize(pages);
}

log_walk::order log_walk::order_of_ends() const {
    const page& first = at(1);
    const page& last = pages_.back();
    if (first.empty() || last.empty()) return order::none;
    if (first.oldest >= last.newest && first.newest > last.oldest) return order::newest_first;
    if (first.newest <= last.oldest && first.oldest < last.newest) return order::oldest_first;
    return order::none;
}

bool log_walk::goes_back_in_time(std::size_t before, std::size_t number) const {
    if (at(before).empty() || at(number).empty()) return true;
    return at(number).newest <= at(before).newest && at(number).oldest <= at(before).oldest;
}

}  // namespace lockhub::dispatch
