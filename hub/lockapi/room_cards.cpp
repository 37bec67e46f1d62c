#include <fmt/format.h>

#include "hub/lockapi/methods.hpp"
#include "schemas/quhuhu/reply.hpp"

namespace lockhub::hub {
namespace {

// What is done at a card reader takes its time: the answer is the actionId, and a callback follows.
task<operation_answer> begin_at_reader(lockapi_context& with, lockapi_call call, command_verb verb,
                                       delivery_kind callback) {
    using kind = storage::action_opened::kind;
    const auto& request = call.request;
    const auto* reader = with.settings.readers.find(request.pms, request.hotel, request.reader_id);
    if (reader == nullptr) {
        auto hotel = co_await with.reads.locks_of_rooms(request.pms, request.hotel, {});
        if (!hotel) co_return not_read(hotel.error());
        co_return refused(quhuhu::status::no_lock_service,
                          fmt::format("{}：酒店 {} 没有读卡器 {}", chinese(quhuhu::status::no_lock_service),
                                      request.hotel.value, request.reader_id));
    }
    auto action = action_of(call, verb);
    action.reader_account = reader->account;
    action.reader_id = reader->id;
    action.callback = callback;
    auto opened = co_await open_action(with, action);
    if (!opened) co_return not_stored(opened.error());
    if (opened->what != kind::opened && opened->what != kind::already_open) co_return not_opened(*opened, action);
    co_return answered(quhuhu::action_data(opened->action.value));
}

}  // namespace

task<operation_answer> make_room_card(lockapi_context& with, lockapi_call call) {
    return begin_at_reader(with, std::move(call), command_verb::make_card, delivery_kind::make_card_result);
}

task<operation_answer> read_room_card(lockapi_context& with, lockapi_call call) {
    return begin_at_reader(with, std::move(call), command_verb::read_card, delivery_kind::query_card_result);
}

task<operation_answer> return_room_card(lockapi_context& with, lockapi_call call) {
    return begin_at_reader(with, std::move(call), command_verb::clear_card, delivery_kind::return_card_result);
}

task<operation_answer> lose_room_cards(lockapi_context& with, lockapi_call call) {
    auto action = action_of(call, command_verb::lose_cards);
    return run_action(with, std::move(action), call.until);
}

}  // namespace lockhub::hub
