#pragma once
// What a step of an action causes once it is done: what the hub knows of PINs and cards, and the step that follows.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

struct step_outcome {
    std::optional<command_verb> next;  // the step that follows; nullopt: the action ends
    int final_code = 0;                // of its end
    std::string message;
};

// `action` comes out with the card the reader showed.
step_outcome apply_done_step(workspace& w, const command_record& command, action_record& action,
                             const std::optional<card_facts>& card, time_point now);

// Whether the action has what it wanted although this command was refused or got no answer: a PIN that is over opens
// the lock no more, cleared away or not.
bool failed_without_harm(workspace& w, const command_record& command, const action_record& action, time_point now);

// Whether the action ends with this command, as far as can be told before it is done.
bool is_last_step(workspace& w, const command_record& command, const action_record& action, time_point now);

}  // namespace lockhub::storage::sqlite
