#include <fmt/format.h>

#include <span>

#include "hub/lockapi/methods.hpp"
#include "schemas/quhuhu/action_id.hpp"
#include "schemas/quhuhu/reply.hpp"

namespace lockhub::hub {
namespace {

using quhuhu::status;

operation_answer password_answer(const quhuhu::request& request, const secret& pin, const action_id& action) {
    return answered(quhuhu::password_data(request.hotel.value, request.room.value, pin.reveal(), action.value));
}

secret random_pin(entropy& random) {
    std::uint32_t number = 0;
    random.fill(std::as_writable_bytes(std::span(&number, 1)));
    return secret(quhuhu::six_digits(number));
}

// The PIN an unreachable lock computes for itself. It opens the lock until an end of its own, which is kept with it.
task<operation_answer> answer_computed_pin(lockapi_context& with, lockapi_call call, storage::action_request action,
                                           storage::action_opened lock) {
    vendor_command question;
    question.verb = command_verb::read_dynamic_pin;
    question.lock_uuid = lock.lock_uuid;
    question.cloud_home_id = lock.cloud_home_id;
    question.cloud_room_id = lock.cloud_room_id;
    question.valid_until = action.valid_until;
    question.manage = action.manage;
    auto facts = co_await with.ask(lock.account, std::move(question), call.until);
    if (!facts || facts->pin.empty()) {
        const auto why = facts ? std::string() : "：" + facts.error().message;
        co_return refused(status::lock_error, "门锁离线，且未能取得当前可用密码" + why);
    }
    // The PMS has its answer by now: a PIN it never heard of must not count as the room's.
    if (with.time.now() >= call.until) co_return too_late();
    action.pin = facts->pin;
    action.callback = std::nullopt;
    auto submit = [&with, &action, &facts](storage::completion<action_id> done) {
        with.store.record_answered_action(
            {std::move(action), "lock off line: answered the PIN it computes itself", facts->pin_valid_until},
            std::move(done));
    };
    auto recorded = co_await dispatch::await_store<action_id>(submit);
    if (!recorded) co_return not_stored(recorded.error());
    co_return password_answer(call.request, facts->pin, *recorded);
}

}  // namespace

// Document 000, section 八.1: a PIN given and the lock on line → a callback follows; a PIN given and the lock off line
// → the answer carries the PIN that opens the lock now; no PIN given → six random digits, answered at once. The last
// two promise no callback. A PIN nobody chose is no better off line, so it takes the second way there too.
task<operation_answer> enable_password(lockapi_context& with, lockapi_call call) {
    using kind = storage::action_opened::kind;
    const auto& request = call.request;
    const bool chosen = !request.pwd.empty();
    auto action = action_of(call, command_verb::set_pin);
    action.pin = chosen ? request.pwd : random_pin(with.random);
    action.manage = request.what == quhuhu::method::enable_manage_pwd;
    action.callback = chosen ? std::optional(delivery_kind::password_result) : std::nullopt;
    action.only_if_online = true;
    auto opened = co_await open_action(with, action);
    if (!opened) co_return not_stored(opened.error());
    switch (opened->what) {
        case kind::opened:
            co_return password_answer(request, action.pin, opened->action);
        case kind::already_open:
            co_return password_answer(request, opened->pin, opened->action);
        case kind::lock_offline:
            co_return co_await answer_computed_pin(with, std::move(call), std::move(action), std::move(*opened));
        default:
            co_return not_opened(*opened, action);
    }
}

}  // namespace lockhub::hub
