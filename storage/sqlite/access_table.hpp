#pragma once
// access_rights: the faces, fingerprints and phones that lockhub gave access to a lock, or may have given: an upload
// nobody can tell about counts until an operator decides.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

enum class right_kind { face, fingerprint, access };

struct right_row {
    std::int64_t lock_row = 0;
    right_kind kind = right_kind::face;
    std::string_view holder;
    std::optional<int> number;  // of faces and fingerprints
    std::int64_t room_row = 0;
    std::string_view action;
    std::optional<time_point> valid_until;
    time_point changed_at{};
};

// One that nobody took back, expired or not.
struct active_right {
    std::string holder;
    std::optional<int> number;
    std::string action;
    std::optional<time_point> valid_until;

    bool over(time_point now) const { return valid_until && *valid_until <= now; }
};

class access_table {
  public:
    explicit access_table(database& db);

    // What stood under the same number is removed.
    void save_active(const right_row& row);
    void mark_removed(std::int64_t lock_row, right_kind kind, std::string_view holder, time_point at);

    std::optional<active_right> find(std::int64_t lock_row, right_kind kind, std::string_view holder);
    std::optional<active_right> find_by_number(std::int64_t lock_row, right_kind kind, int number);
    // Of a room, of one holder or, with "", of everybody. First those that are there for certain: the lock may refuse
    // to take back what never came. Those that are over at the end.
    std::vector<active_right> active_of(std::int64_t lock_row, std::int64_t room_row, right_kind kind,
                                        std::string_view holder, time_point now);
    // Everybody's on the lock.
    std::vector<active_right> active_on(std::int64_t lock_row, right_kind kind);

    // Those taken back, and access that ended by itself, before then.
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    statement save_active_;
    statement give_up_number_;
    statement mark_removed_;
    statement find_;
    statement find_by_number_;
    statement active_of_;
    statement active_on_;
    statement expunge_removed_;
    statement expunge_ended_;
};

}  // namespace lockhub::storage::sqlite
