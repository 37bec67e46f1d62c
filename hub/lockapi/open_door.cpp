#include "hub/lockapi/methods.hpp"

namespace lockhub::hub {

task<operation_answer> open_door(lockapi_context& with, lockapi_call call) {
    auto action = action_of(call, command_verb::open_door);
    co_return co_await run_action(with, std::move(action), call.until, action_answer::with_id);
}

}  // namespace lockhub::hub
