#include "hub/lockapi/methods.hpp"

namespace lockhub::hub {

task<operation_answer> freeze_password(lockapi_context& with, lockapi_call call) {
    const bool freezes = call.request.what == quhuhu::method::freeze_guest_pwd;
    auto action = action_of(call, freezes ? command_verb::freeze_pin : command_verb::unfreeze_pin);
    co_return co_await begin_action(with, std::move(action));
}

}  // namespace lockhub::hub
