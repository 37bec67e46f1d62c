#pragma once
// The methods of the lockapi, a file a theme (document 000, section 五). Each is one task a request; the context
// outlives it.
#include "hub/lockapi/context.hpp"

namespace lockhub::hub {

task<operation_answer> query_room_lock_info(lockapi_context& with, lockapi_call call);  // 1.1
task<operation_answer> query_lock_states(lockapi_context& with, lockapi_call call);     // 1.2
task<operation_answer> query_lock_log(lockapi_context& with, lockapi_call call);        // 1.3

task<operation_answer> enable_password(lockapi_context& with, lockapi_call call);   // 2.1, 3.1
task<operation_answer> reveal_password(lockapi_context& with, lockapi_call call);   // 2.2, 3.2
task<operation_answer> disable_password(lockapi_context& with, lockapi_call call);  // 2.3, 3.3

task<operation_answer> query_card_readers(lockapi_context& with, lockapi_call call);  // 4.1
task<operation_answer> make_room_card(lockapi_context& with, lockapi_call call);      // 5.1
task<operation_answer> read_room_card(lockapi_context& with, lockapi_call call);      // 5.2
task<operation_answer> return_room_card(lockapi_context& with, lockapi_call call);    // 5.3
task<operation_answer> lose_room_cards(lockapi_context& with, lockapi_call call);     // 5.4

// --- used by several of them

// The fields of the request that every action has; the rest is the method's.
storage::action_request action_of(const lockapi_call& call, command_verb verb);
task<result<storage::action_opened>> open_action(lockapi_context& with, const storage::action_request& action);

// For methods that answer at once: opens the action and waits until its lock cloud has taken it, or it has ended.
task<operation_answer> run_action(lockapi_context& with, storage::action_request action, time_point until);

}  // namespace lockhub::hub
