#include "storage/sqlite/free_number.hpp"

#include <algorithm>
#include <utility>

namespace lockhub::storage::sqlite {

std::optional<int> free_number(int first, int last, const std::vector<held_number>& held,
                               const std::set<int>& asked_for, time_point now) {
    std::set<int> taken = asked_for;
    std::optional<std::pair<time_point, int>> first_expired;
    for (const auto& one : held) {
        taken.insert(one.number);
        if (!one.valid_until || *one.valid_until > now || asked_for.contains(one.number)) continue;
        if (one.number < first || one.number > last) continue;
        const std::pair candidate(*one.valid_until, one.number);
        first_expired = first_expired ? std::min(*first_expired, candidate) : candidate;
    }
    for (int number = first; number <= last; ++number)
        if (!taken.contains(number)) return number;
    if (!first_expired) return std::nullopt;
    return first_expired->second;
}

}  // namespace lockhub::storage::sqlite
