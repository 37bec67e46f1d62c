#include "hub/lockapi/methods.hpp"

namespace lockhub::hub {

task<operation_answer> disable_password(lockapi_context& with, lockapi_call call) {
    auto action = action_of(call, command_verb::remove_pin);
    action.manage = call.request.what == quhuhu::method::disable_manage_pwd;
    co_return co_await run_action(with, std::move(action), call.until);
}

}  // namespace lockhub::hub
