#pragma once
// lock_log: openings and wrong passwords, each once, however often the cloud tells of it.
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct log_entry {
    time_point occurred_at{};
    std::int64_t lock_row = 0;
    std::int64_t source = 0;
    std::string_view source_id;
    std::string_view source_name;
    bool succeeded = true;
    std::int64_t push = 0;  // 0: read from the lock cloud's own log
};

class lock_log_table {
  public:
    explicit lock_log_table(database& db);

    // False when the log has this entry already.
    bool insert(const log_entry& entry);
    bool opened_since(std::int64_t lock_row, time_point since);
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    statement insert_;
    statement opened_since_;
    statement expunge_;
};

}  // namespace lockhub::storage::sqlite
