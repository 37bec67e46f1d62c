#pragma once
// attempts: one row for each finished try to deliver.
#include <vector>

#include "schemas/domain/delivery.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace lockhub::storage::sqlite {

struct finished_attempt {
    std::int64_t delivery = 0;
    std::uint32_t number = 0;
    time_point started_at{};
    time_point finished_at{};
    error_class why = error_class::none;
    int http_status = 0;
    std::string_view message;
    std::string_view response;
};

class attempt_table {
  public:
    explicit attempt_table(database& db);

    void insert(const finished_attempt& attempt);
    void erase_of(std::int64_t delivery);

    // Attempts begun since then, newest first, read backwards from the end: the log grows in the order attempts finish.
    std::vector<recent_send> recent(time_point since, std::size_t limit);

  private:
    statement insert_;
    statement erase_of_;
    statement recent_;
};

}  // namespace lockhub::storage::sqlite
