#pragma once
// Ends of commands, and everything an end causes: the action's next step or its one final code, its callback, what is
// known of PINs and cards, and the next command of the same lock.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

struct command_end {
    command_state state = command_state::done;  // final
    int final_code = 0;                         // what the PMS gets, of those that are not done; 0: -1
    std::string credential_ref{};               // "" keeps what is there
    std::string message{};
    std::int64_t vendor_code = 0;
    std::optional<card_facts> card{};  // done: what the reader showed
};

// The command must not be final.
command_settled finish_command(workspace& w, command_record command, const command_end& end);

// A result the cloud pushed, now or before its reference was known.
command_settled apply_result_to(workspace& w, const command_record& command, const command_result& content);

// Tells whoever waits for the action that the cloud has taken its last command.
void note_acceptance(workspace& w, const command_record& command);

// Nobody can say what happened: the action waits for an operator, the lock's next command may go.
void leave_to_operator(workspace& w, command_record command, const std::string& message, std::int64_t vendor_code);

// The lease was cut off by a stop or a crash: what was being sent must be asked about, what was being asked is asked
// again.
void take_back(workspace& w, command_record leased, time_point now);

// A call to the command's lock has ended: what waits for the lock's gateway may go.
void tell_of_gateway(workspace& w, const command_record& ended);

}  // namespace lockhub::storage::sqlite
