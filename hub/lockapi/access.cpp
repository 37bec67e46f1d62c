#include "hub/lockapi/methods.hpp"

namespace lockhub::hub {

task<operation_answer> grant_access(lockapi_context& with, lockapi_call call) {
    auto action = action_of(call, command_verb::grant_access);
    action.holder = call.request.mobile;
    action.holder_name = call.request.guest_name;
    action.valid_from = call.request.start_time;
    return begin_action(with, std::move(action));
}

task<operation_answer> revoke_access(lockapi_context& with, lockapi_call call) {
    auto action = action_of(call, command_verb::revoke_access);
    action.holder = call.request.mobile;
    return run_action(with, std::move(action), call.until, action_answer::with_id);
}

}  // namespace lockhub::hub
