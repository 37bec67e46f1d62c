#pragma once
// What a PMS asks for through the lockapi.
#include "storage/sqlite/action_target.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<action_opened> open_action(workspace& w, const action_request& request);
result<action_id> record_answered_action(workspace& w, const answered_action& answered);

// An action of the hub's own that mends a difference; its first command goes the way of any other.
std::string open_repair_action(workspace& w, const action_request& request, const action_target& target);

// An operator's word on an unverifiable action. not_found, or conflict when it is not unverifiable.
result<nothing> decide_action(workspace& w, const action_verdict& verdict);

}  // namespace lockhub::storage::sqlite
