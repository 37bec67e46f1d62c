#include "dispatch/net/await_store.hpp"
#include "hub/lockapi/operations.hpp"
#include "schemas/quhuhu/action_id.hpp"
#include "schemas/quhuhu/reply.hpp"

namespace lockhub::hub {
namespace {

operation_answer password_answer(const quhuhu::request& request, const secret& pin, const action_id& action) {
    const auto data = quhuhu::password_data(request.hotel.value, request.room.value, pin.reveal(), action.value);
    return {quhuhu::reply_data(data), 0, 0, false};
}

}  // namespace

// Document 000, section 八.1: a PIN given and the lock on line → a callback follows; a PIN given and the lock off line
// → the answer carries the PIN that opens the lock now; no PIN given → six random digits, answered at once. The last
// two promise no callback. A PIN nobody chose is no better off line, so it takes the second way there too.
dispatch::task<operation_answer> operations::enable_password(quhuhu::request request,
                                                             std::array<std::byte, 16> request_key) {
    const bool chosen = !request.pwd.empty();
    storage::action_request action{
        .pms = request.pms,
        .hotel = request.hotel,
        .room = request.room,
        .method = std::string(quhuhu::wire_name(request.what)),
        .request_key = request_key,
        .pin = chosen ? request.pwd : secret(quhuhu::six_digits(random_number())),
        .manage = request.what == quhuhu::method::enable_manage_pwd,
        .valid_until = request.end_time,
        .operator_guid = request.operator_guid,
        .operator_name = request.operator_name,
        .callback = chosen ? std::optional(delivery_kind::password_result) : std::nullopt,
        .only_if_online = true,
    };
    auto submit = [this, &action](storage::completion<storage::action_opened> done) {
        store_.open_action(action, std::move(done));
    };
    auto opened = co_await dispatch::await_store<storage::action_opened>(submit);
    if (!opened) {
        co_return not_stored(opened.error());
    }
    switch (opened->what) {
        case storage::action_opened::kind::opened:
            co_return password_answer(request, action.pin, opened->action);
        case storage::action_opened::kind::already_open:
            co_return password_answer(request, opened->pin, opened->action);
        case storage::action_opened::kind::unknown_room:
            co_return refused(quhuhu::status::no_lock_service,
                              "无直连门锁服务：房间 " + request.room.value + " 不在目录中");
        case storage::action_opened::kind::no_lock:
            co_return refused(quhuhu::status::no_lock_service,
                              "无直连门锁服务：房间 " + request.room.value + " 未绑定门锁");
        case storage::action_opened::kind::not_served:
            co_return refused(quhuhu::status::no_lock_service,
                              "无直连门锁服务：房间 " + request.room.value + " 的门锁不支持此操作");
        case storage::action_opened::kind::nothing_to_do:
        case storage::action_opened::kind::cannot_remove:
        case storage::action_opened::kind::wrong_reader:
            break;
        case storage::action_opened::kind::lock_offline:
            co_return co_await answer_dynamic_pin(std::move(request), std::move(action), std::move(*opened));
    }
    co_return refused(quhuhu::status::unknown_error);
}

dispatch::task<operation_answer> operations::answer_dynamic_pin(quhuhu::request request, storage::action_request action,
                                                                storage::action_opened lock) {
    vendor_command question;
    question.verb = command_verb::read_dynamic_pin;
    question.lock_uuid = lock.lock_uuid;
    question.cloud_home_id = lock.cloud_home_id;
    question.cloud_room_id = lock.cloud_room_id;
    auto facts = co_await ask_(lock.account, std::move(question));
    if (!facts || facts->pin.empty()) {
        co_return refused(quhuhu::status::lock_error,
                          "门锁离线，且未能取得当前可用密码" + (facts ? std::string() : "：" + facts.error().message));
    }
    action.pin = facts->pin;
    action.callback = std::nullopt;
    auto submit = [this, &action](storage::completion<action_id> done) {
        store_.record_answered_action({std::move(action), "lock off line: answered its dynamic password", {}},
                                      std::move(done));
    };
    auto recorded = co_await dispatch::await_store<action_id>(submit);
    if (!recorded) {
        co_return not_stored(recorded.error());
    }
    co_return password_answer(request, facts->pin, *recorded);
}

}  // namespace lockhub::hub
