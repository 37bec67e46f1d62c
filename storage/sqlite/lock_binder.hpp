#pragma once
// Ties rooms to locks. A lock that changes its room may open another guest's door afterwards, so nothing of the old
// room may still be on its way to it:
//   a command that was never sent is rejected, and its PMS told to ask again: the next one goes to the new lock;
//   one that was sent, or that an operator must decide, makes the change fail with conflict: nothing can call it back.
#include "storage/sqlite/directory_report.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

class lock_binder {
  public:
    enum class effect { all, directory_only };  // directory_only: of a dry run, which leaves commands alone

    lock_binder(workspace& w, directory_report& report, effect how);

    // The room's lock for this service from now on; nullopt: none. Takes the lock from whatever room it served so.
    // True when that changed something.
    result<bool> tie(const room_place& room, lock_service service, std::optional<std::int64_t> lock_row);

  private:
    result<nothing> let_go(const room_place& room, lock_service service, std::int64_t lock_row);
    result<nothing> take_from_others(const room_place& room, lock_service service, std::int64_t lock_row);
    std::string name_of(std::optional<std::int64_t> lock_row);

    workspace& w_;
    directory_report& report_;
    effect how_;
    statement unfinished_;
};

}  // namespace lockhub::storage::sqlite
