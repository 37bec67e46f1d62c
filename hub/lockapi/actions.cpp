#include <utility>

#include "hub/lockapi/methods.hpp"
#include "schemas/quhuhu/lock_texts.hpp"

namespace lockhub::hub {
namespace {

using quhuhu::status;

operation_answer answer_of(const storage::action_news& news) {
    if (news.accepted || news.state == action_state::succeeded) return answered();
    if (news.state == action_state::unverifiable)
        return refused(status::lock_error, "门锁服务的应答丢失，结果待人工核实");
    return refused(status::lock_error, news.message);
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

task<operation_answer> run_action(lockapi_context& with, storage::action_request action, time_point until) {
    using kind = storage::action_opened::kind;
    auto opened = co_await open_action(with, action);
    if (!opened) co_return not_stored(opened.error());
    switch (opened->what) {
        case kind::opened:
        case kind::already_open:
            break;
        case kind::nothing_to_do:
            co_return answered();
        case kind::cannot_remove:
            co_return refused(status::lock_error, quhuhu::computed_pin_stays_text(opened->pin_valid_until));
        case kind::lock_offline:
            co_return refused(status::lock_error, "门锁离线");
        default:
            co_return not_opened(*opened, action);
    }
    if (opened->accepted) co_return answered();
    auto news = co_await with.waits.wait(opened->action, until);
    if (!news) co_return refused(status::try_again, "门锁服务尚未应答，操作仍在进行，请稍后重试");
    co_return answer_of(*news);
}

}  // namespace lockhub::hub
