#pragma once
// An action's one end: its final code, the callback that was promised, and the news for whoever waits for it.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

struct action_outcome {
    action_state state = action_state::succeeded;  // final
    int final_code = 0;                            // 0 for succeeded alone
    std::string message;
};

// `account` is the one whose cards and locks the action is about. The action must not be final.
void end_action(workspace& w, const action_record& action, std::string_view account, const action_outcome& outcome,
                time_point now);

// The callback alone, of an action that was written with its end.
void call_back(workspace& w, const action_record& action, std::string_view account, int final_code, time_point now);

}  // namespace lockhub::storage::sqlite
