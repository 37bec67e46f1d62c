#pragma once
// credentials: what lockhub knows to be on a lock, or computed for it.
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"

namespace lockhub::storage::sqlite {

// Computed ones are named after the action that answered them.
inline constexpr std::string_view computed_ref_prefix = "computed:";

struct credential_row {
    std::int64_t lock_row = 0;
    std::string_view credential_ref;
    std::string_view purpose;  // guest, manage, local
    std::optional<std::int64_t> room_row;
    std::optional<std::string_view> action;
    std::optional<time_point> valid_until;
    time_point changed_at{};
    bool computed = false;  // by the lock's own algorithm while it was off line; else put on the lock
    bool replaces = false;  // another PIN under the same reference: one that is frozen stays so
};

// One that lockhub made and that nobody took back, expired or not.
struct active_pin {
    std::string credential_ref;
    bool computed = false;
    std::string action;  // whose sealed PIN it is
    std::optional<time_point> valid_until;
    bool frozen = false;

    bool over(time_point now) const { return valid_until && *valid_until <= now; }
};

// As reconciliation compares them, computed ones and those made at the door too.
struct credential_in_books {
    std::string credential_ref;
    std::string purpose;
    std::optional<std::int64_t> room_row;
    std::string action;
    bool computed = false;
    bool active = false;
    bool wanted = false;
    bool accepted = false;
    bool frozen = false;
    std::optional<time_point> valid_until;
};

// A number taken on a lock, whoever took it.
struct taken_credential {
    std::string credential_ref;
    std::optional<time_point> valid_until;
};

class credential_table {
  public:
    explicit credential_table(database& db);

    void save_active(const credential_row& row);
    // Taken back: not there, and not wanted.
    void mark_removed(std::int64_t lock_row, std::string_view credential_ref, time_point at);
    // Not there, and wanted if it was.
    void mark_gone(std::int64_t lock_row, std::string_view credential_ref, time_point at);
    void mark_present(std::int64_t lock_row, std::string_view credential_ref, time_point at);
    // Made at the door: known, unless lockhub itself made one of this reference.
    void note_local(std::int64_t lock_row, std::string_view credential_ref, time_point at);

    // Those of a room and purpose that are on the lock are not wanted there any more.
    void unwant_present(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose);
    // Those that should be there and are not need not come back.
    void unwant_missing(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose);
    void set_wanted(std::int64_t lock_row, std::string_view credential_ref, bool wanted);
    void accept(std::int64_t lock_row, std::string_view credential_ref);  // as it is
    void set_valid_until(std::int64_t lock_row, std::string_view credential_ref, std::optional<time_point> until);
    void set_frozen(std::int64_t lock_row, std::string_view credential_ref, bool frozen);
    // False when that reference is in use.
    bool rename(std::int64_t lock_row, std::string_view from, std::string_view to);

    std::vector<credential_in_books> books_of(std::int64_t lock_row);
    // Something is to be compared: wanted and not over, or there and not wanted.
    bool worth_comparing(std::int64_t lock_row, time_point now);

    // What lockhub made for this room and purpose: on the lock first, then computed; those that are over at the end.
    std::vector<active_pin> active_pins(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose,
                                        time_point now);
    // The newest of those that are on the lock and still valid.
    std::optional<std::string> find_active(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose,
                                           time_point now);
    // The newest of all that still open the lock.
    std::optional<active_pin> find_valid(std::int64_t lock_row, std::int64_t room_row, std::string_view purpose,
                                         time_point now);
    std::optional<active_pin> find(std::int64_t lock_row, std::string_view credential_ref);
    // Everything on the lock, whatever its purpose, expired or not.
    std::vector<taken_credential> taken_on(std::int64_t lock_row);

    // Those taken back, and computed ones that ended, before then.
    std::int64_t expunge(time_point before, std::size_t limit);

  private:
    void make_way(std::int64_t lock_row, std::string_view credential_ref);

    statement save_active_;
    statement mark_removed_;
    statement mark_gone_;
    statement mark_present_;
    statement make_way_;
    statement unwant_present_;
    statement unwant_missing_;
    statement set_wanted_;
    statement accept_;
    statement set_valid_until_;
    statement set_frozen_;
    statement rename_;
    statement books_of_;
    statement worth_comparing_;
    statement note_local_;
    statement active_pins_;
    statement find_active_;
    statement find_valid_;
    statement find_;
    statement taken_on_;
    statement expunge_removed_;
    statement expunge_ended_;
};

}  // namespace lockhub::storage::sqlite
