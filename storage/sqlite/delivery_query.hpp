#pragma once
// A delivery_filter as a condition over outbox.
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

struct condition {
    std::string sql;  // "1" when nothing filters; outbox stands in it as `o`
    std::vector<bound_value> values;

    void add(std::string_view term, bound_value value);
};

condition condition_of(const delivery_filter& filter);

// "state=dead pms=demopms", for audit rows; "all" when nothing filters.
std::string describe(const delivery_filter& filter);

}  // namespace lockhub::storage::sqlite
