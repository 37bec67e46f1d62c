#pragma once
// inventories: locks whose PINs are compared with what their cloud reports, and when next.
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct inventory_record {
    std::int64_t lock_row = 0;
    time_point due_at{};
    time_point touched_at{};
    std::uint32_t failures = 0;
};

class inventory_table {
  public:
    explicit inventory_table(database& db);

    // What is known of the lock's PINs changes now. A lock that is not in the table comes to be compared at `first_at`.
    void touch(std::int64_t lock_row, std::string_view account, time_point now, time_point first_at);
    // Due then at the latest.
    void hasten(std::int64_t lock_row, std::string_view account, time_point at);
    void set_due(std::int64_t lock_row, time_point at);

    std::optional<inventory_record> find(std::int64_t lock_row);
    std::vector<std::int64_t> due(std::string_view account, time_point now, std::size_t limit);
    std::optional<time_point> next_due(std::string_view account);
    void compared(std::int64_t lock_row, time_point at, time_point due_at);
    void failed(std::int64_t lock_row, time_point due_at, std::string_view message);
    void erase(std::int64_t lock_row);

  private:
    statement touch_;
    statement hasten_;
    statement set_due_;
    statement find_;
    statement due_;
    statement next_due_;
    statement compared_;
    statement failed_;
    statement erase_;
};

}  // namespace lockhub::storage::sqlite
