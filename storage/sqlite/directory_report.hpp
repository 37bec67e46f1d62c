#pragma once
// What a change of the directory did: counts of everything, and as many lines of the difference as an operator reads.
#include <string>
#include <string_view>

#include "schemas/core/limits.hpp"
#include "storage/operators.hpp"

namespace lockhub::storage::sqlite {

struct directory_report {
    directory_changed changed;

    void add(directory_difference::kind what, std::string_view pms, std::string_view hotel, std::string_view room,
             std::string_view before, std::string_view after) {
        if (changed.differences.size() >= limits::operator_page_rows) return;
        changed.differences.push_back({.what = what,
                                       .pms = std::string(pms),
                                       .hotel = std::string(hotel),
                                       .room = std::string(room),
                                       .before = std::string(before),
                                       .after = std::string(after)});
    }
};

}  // namespace lockhub::storage::sqlite
