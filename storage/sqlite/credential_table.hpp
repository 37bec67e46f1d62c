#pragma once
// credentials: what lockhub knows to be on a lock.
#include <optional>
#include <string>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

struct credential_row {
    std::int64_t lock_row = 0;
    std::string_view credential_ref;
    std::string_view purpose;  // guest, manage, local
    std::optional<std::int64_t> room_row;
    std::optional<std::string_view> action;
    std::optional<time_point> valid_until;
    time_point changed_at{};
};

class credential_table {
  public:
    explicit credential_table(database& db);

    void save_active(const credential_row& row);
    void mark_removed(std::int64_t lock_row, std::string_view credential_ref, time_point at);
    // Made at the door: known, unless lockhub itself made one of this reference.
    void note_local(std::int64_t lock_row, std::string_view credential_ref, time_point at);
    // The newest one that lockhub set for this room and purpose and that is still valid.
    std::optional<std::string> find_active(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose,
                                           time_point now);

  private:
    statement save_active_;
    statement mark_removed_;
    statement note_local_;
    statement find_active_;
};

}  // namespace lockhub::storage::sqlite
