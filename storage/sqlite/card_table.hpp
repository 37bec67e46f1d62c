#pragma once
// cards and card_stays: which cards lockhub made for which lock, and the stay they belong to.
#include <optional>
#include <string>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct card_stay {
    bool current = false;
    time_point begins_at{};
    std::optional<time_point> valid_until;
};

struct card_row {
    std::string_view account;
    std::string_view card_id;
    std::int64_t lock_row = 0;
    std::optional<std::int64_t> room_row;
    time_point begins_at{};
    std::optional<time_point> valid_until;
    std::string_view action;
    time_point changed_at{};
};

struct active_card {
    std::int64_t lock_row = 0;
    std::optional<std::int64_t> room_row;
    time_point begins_at{};
};

class card_table {
  public:
    explicit card_table(database& db);

    std::optional<card_stay> stay_of(std::int64_t lock_row);
    void begin_stay(std::int64_t lock_row, time_point begins_at, std::optional<time_point> valid_until);
    void end_stay(std::int64_t lock_row);

    void save_active(const card_row& row);
    std::optional<active_card> find_active(std::string_view account, std::string_view card_id);
    bool has_active(std::int64_t lock_row, time_point begins_at);
    void mark_cleared(std::string_view account, std::string_view card_id, time_point at);
    // Active cards of the lock whose stay began then or earlier.
    void mark_lost(std::int64_t lock_row, time_point begun_until, time_point at);
    // Cards that went out of use before then.
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    statement stay_of_;
    statement begin_stay_;
    statement end_stay_;
    statement save_active_;
    statement find_active_;
    statement has_active_;
    statement mark_cleared_;
    statement mark_lost_;
    statement expunge_;
};

}  // namespace lockhub::storage::sqlite
