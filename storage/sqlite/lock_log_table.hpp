#pragma once
// lock_log: openings, each once, however often the cloud tells of it.
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

class lock_log_table {
  public:
    explicit lock_log_table(database& db);

    // False when this opening is in the log already.
    bool insert(time_point occurred_at, std::int64_t lock, std::int64_t source, std::string_view source_id,
                std::string_view source_name, std::int64_t push);
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    statement insert_;
    statement expunge_;
};

}  // namespace lockhub::storage::sqlite
