#pragma once
// Which number a new PIN, face or fingerprint gets on a lock that is told the numbers. Pure.
#include <optional>
#include <set>
#include <vector>

#include "schemas/core/time.hpp"

namespace lockhub::storage::sqlite {

struct held_number {
    int number = 0;
    std::optional<time_point> valid_until;
};

// The smallest from `first` to `last` that is neither held nor asked for. What is over keeps its number as long as
// there is another: the lock's clock may be behind ours. nullopt: all are taken.
std::optional<int> free_number(int first, int last, const std::vector<held_number>& held,
                               const std::set<int>& asked_for, time_point now);

}  // namespace lockhub::storage::sqlite
