#pragma once
// The methods of the lockapi, a file a theme: those of document 000, section 五, and lockhub's own. Each is one task a
// request; the context outlives it.
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

task<operation_answer> open_door(lockapi_context& with, lockapi_call call);
task<operation_answer> freeze_password(lockapi_context& with, lockapi_call call);  // and unfreeze
task<operation_answer> enable_face(lockapi_context& with, lockapi_call call);
task<operation_answer> disable_face(lockapi_context& with, lockapi_call call);
task<operation_answer> enable_fingerprint(lockapi_context& with, lockapi_call call);
task<operation_answer> disable_fingerprint(lockapi_context& with, lockapi_call call);
task<operation_answer> grant_access(lockapi_context& with, lockapi_call call);
task<operation_answer> revoke_access(lockapi_context& with, lockapi_call call);
task<operation_answer> query_operation_log(lockapi_context& with, lockapi_call call);
task<operation_answer> query_room_abilities(lockapi_context& with, lockapi_call call);

// --- used by several of them

// The fields of the request that every action has; the rest is the method's.
storage::action_request action_of(const lockapi_call& call, command_verb verb);
task<result<storage::action_opened>> open_action(lockapi_context& with, const storage::action_request& action);

// What follows code 0: nothing, as document 000 has it, or the room and the actionId, as lockhub's own methods have it.
enum class action_answer { code_alone, with_id };

// For methods that answer at once: opens the action and waits until its lock cloud has taken it, or it has ended.
task<operation_answer> run_action(lockapi_context& with, storage::action_request action, time_point until,
                                  action_answer what = action_answer::code_alone);

// For lockhub's own methods whose result comes to password_url: opens the action and answers with its id.
task<operation_answer> begin_action(lockapi_context& with, storage::action_request action);

}  // namespace lockhub::hub
