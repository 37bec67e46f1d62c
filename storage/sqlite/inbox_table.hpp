#pragma once
// inbox: every push that was accepted, as it came.
#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct inbox_row {
    time_point received_at{};
    std::string_view account;
    bool is_result = false;
    std::string_view name;
    std::string_view device_uuid;
    std::optional<time_point> occurred_at;
    std::uint32_t records = 0;
    bool sealed = false;
    std::string_view body;
    std::int64_t dedupe_order = 0;
    std::string_view dedupe_hash;
};

class inbox_table {
  public:
    explicit inbox_table(database& db);

    // The new push's id; nullopt when a push with this key is there already.
    std::optional<std::int64_t> insert(const inbox_row& row);
    bool contains(std::int64_t dedupe_order, std::string_view dedupe_hash);

    // Deletes up to `limit` pushes received before `before` that no open work refers to; how many.
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    database& db_;
    statement insert_;
    statement contains_;
    statement expunge_;
};

}  // namespace lockhub::storage::sqlite
