#include <utility>

#include "hub/lockapi/methods.hpp"
#include "schemas/quhuhu/lock_texts.hpp"
#include "schemas/quhuhu/reply.hpp"

namespace lockhub::hub {
namespace {

using quhuhu::status;

bool is_done(const storage::action_news& news) {
    return news.accepted || news.state == action_state::succeeded;
}

// What open_action answers where it opens nothing, beside what not_opened says.
operation_answer not_begun(const storage::action_opened& outcome, const storage::action_request& action) {
    using kind = storage::action_opened::kind;
    switch (outcome.what) {
        case kind::cannot_remove:
            return refused(status::lock_error, quhuhu::computed_pin_stays_text(outcome.pin_valid_until));
        case kind::lock_offline:
            return refused(status::lock_error, "门锁离线");
        case kind::no_such_pin:
            return refused(status::lock_error, "该房间没有有效的客人密码");
        default:
            return not_opened(outcome, action);
    }
}

operation_answer not_done(const storage::action_news& news, command_verb verb) {
    if (news.state != action_state::unverifiable) return refused(status::lock_error, news.message);
    // It is not tried again: a door that opens by itself later serves nobody.
    if (verb == command_verb::open_door) return refused(status::lock_error, "门锁服务的应答丢失，门是否打开未知");
    return refused(status::lock_error, "门锁服务的应答丢失，结果待人工核实");
}

operation_answer answered_with(action_answer what, const storage::action_request& action, const action_id& id) {
    if (what == action_answer::code_alone) return answered();
    return answered(quhuhu::room_action_data(action.hotel.value, action.room.value, id.value));
}

}  // namespace

storage::action_request action_of(const lockapi_call& call, command_verb verb) {
    const auto& request = call.request;
    storage::action_request action;
    action.pms = request.pms;
    action.hotel = request.hotel;
    action.room = request.room;
    action.method = std::string(quhuhu::wire_name(request.what));
    action.request_key = call.key;
    action.verb = verb;
    action.valid_until = request.end_time;
    action.operator_guid = request.operator_guid;
    action.operator_name = request.operator_name;
    action.callback = std::nullopt;
    action.only_if_online = false;
    return action;
}

task<result<storage::action_opened>> open_action(lockapi_context& with, const storage::action_request& action) {
    auto submit = [&with, &action](storage::completion<storage::action_opened> done) {
        with.store.open_action(action, std::move(done));
    };
    auto opened = co_await dispatch::await_store<storage::action_opened>(submit);
    co_return opened;
}

task<operation_answer> run_action(lockapi_context& with, storage::action_request action, time_point until,
                                  action_answer what) {
    using kind = storage::action_opened::kind;
    auto opened = co_await open_action(with, action);
    if (!opened) co_return not_stored(opened.error());
    if (opened->what == kind::nothing_to_do) co_return answered_with(what, action, opened->action);
    const bool begun = opened->what == kind::opened || opened->what == kind::already_open;
    if (!begun) co_return not_begun(*opened, action);
    if (opened->accepted) co_return answered_with(what, action, opened->action);
    auto news = co_await with.waits.wait(opened->action, until);
    if (!news) co_return refused(status::try_again, "门锁服务尚未应答，操作仍在进行，请稍后重试");
    if (!is_done(*news)) co_return not_done(*news, action.verb);
    co_return answered_with(what, action, opened->action);
}

task<operation_answer> begin_action(lockapi_context& with, storage::action_request action) {
    using kind = storage::action_opened::kind;
    action.callback = delivery_kind::password_result;
    auto opened = co_await open_action(with, action);
    if (!opened) co_return not_stored(opened.error());
    switch (opened->what) {
        case kind::opened:
        case kind::already_open:
        case kind::nothing_to_do:
            co_return answered_with(action_answer::with_id, action, opened->action);
        default:
            co_return not_begun(*opened, action);
    }
}

}  // namespace lockhub::hub
