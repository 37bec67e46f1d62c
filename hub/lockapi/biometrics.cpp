#include "hub/lockapi/methods.hpp"

namespace lockhub::hub {
namespace {

storage::action_request of_a_guest(const lockapi_call& call, command_verb verb, const secret& biometric) {
    auto action = action_of(call, verb);
    action.holder = call.request.guest_id;
    action.valid_from = call.request.start_time;
    action.biometric = biometric;
    return action;
}

}  // namespace

task<operation_answer> enable_face(lockapi_context& with, lockapi_call call) {
    return begin_action(with, of_a_guest(call, command_verb::upload_face, call.request.face));
}

task<operation_answer> disable_face(lockapi_context& with, lockapi_call call) {
    return run_action(with, of_a_guest(call, command_verb::stop_face, {}), call.until, action_answer::with_id);
}

task<operation_answer> enable_fingerprint(lockapi_context& with, lockapi_call call) {
    return begin_action(with, of_a_guest(call, command_verb::upload_fingerprint, call.request.fingerprint));
}

task<operation_answer> disable_fingerprint(lockapi_context& with, lockapi_call call) {
    return run_action(with, of_a_guest(call, command_verb::stop_fingerprint, {}), call.until, action_answer::with_id);
}

}  // namespace lockhub::hub
