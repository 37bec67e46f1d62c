#pragma once
// What happens to PINs elsewhere, as reconciliation has to know it: which locks are to be compared and when, what is
// wanted on them, and how repairs end.
#include "storage/sqlite/action_end.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

inline constexpr auto first_comparison_after = std::chrono::minutes(5);      // of a PIN that was set
inline constexpr auto comparison_after_trouble = std::chrono::seconds(10);   // what failed, or nobody knows
inline constexpr auto confirmation_after = std::chrono::seconds(30);         // of a repair; of a PIN not found once
inline constexpr auto comparison_after_commands = std::chrono::seconds(60);  // of a lock that is busy
inline constexpr auto comparison_after_change = std::chrono::seconds(5);     // of an answer that came too late

bool is_about_pin(command_verb verb);
// The lock's cloud is configured and tells what stands on a lock.
bool can_be_compared(workspace& w, std::string_view account);
void compare_soon(workspace& w, std::int64_t lock_row, std::string_view account, time_point at);

// A command came to its end, and with it its action, unless another step follows (nullopt).
void note_pin_end(workspace& w, const command_record& command, const action_record& action,
                  const std::optional<action_outcome>& end, time_point now);
void note_pin_doubt(workspace& w, const command_record& command, const action_record& action, time_point now);
// A PMS takes back whatever stands or may stand on the lock for this room and purpose.
void note_removal_asked(workspace& w, const lock_place& lock, std::int64_t room_row, bool manage, time_point now);
// The lock is back: what could not be mended may be now.
void note_lock_back(workspace& w, std::int64_t lock_row, std::string_view account, time_point now);
// The lock reported that its PINs were changed at the door.
void note_change_at_door(workspace& w, std::int64_t lock_row, std::string_view account, time_point now);

}  // namespace lockhub::storage::sqlite
