#include "hub/lockapi/operations.hpp"

#include <utility>

#include "hub/lockapi/gathering.hpp"
#include "hub/lockapi/methods.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::hub {
namespace {

task<operation_answer> carry_out(lockapi_context& with, lockapi_call call) {
    using enum quhuhu::method;
    switch (call.request.what) {
        case query_room_lock_info:
            return hub::query_room_lock_info(with, std::move(call));
        case query_state_batch:
            return query_lock_states(with, std::move(call));
        case query_lock_log:
            return hub::query_lock_log(with, std::move(call));
        case enable_guest_pwd:
        case enable_manage_pwd:
            return enable_password(with, std::move(call));
        case query_guest_pwd:
        case query_manage_pwd:
            return reveal_password(with, std::move(call));
        case disable_guest_pwd:
        case disable_manage_pwd:
            return disable_password(with, std::move(call));
        case query_read_card:
            return query_card_readers(with, std::move(call));
        case add_room_card:
            return make_room_card(with, std::move(call));
        case query_room_card:
            return read_room_card(with, std::move(call));
        case return_room_card:
            return hub::return_room_card(with, std::move(call));
        case disable_room_card:
            return lose_room_cards(with, std::move(call));
        case open_door:
            return hub::open_door(with, std::move(call));
        case freeze_guest_pwd:
        case unfreeze_guest_pwd:
            return freeze_password(with, std::move(call));
        case enable_face:
            return hub::enable_face(with, std::move(call));
        case disable_face:
            return hub::disable_face(with, std::move(call));
        case enable_fingerprint:
            return hub::enable_fingerprint(with, std::move(call));
        case disable_fingerprint:
            return hub::disable_fingerprint(with, std::move(call));
        case grant_access:
            return hub::grant_access(with, std::move(call));
        case revoke_access:
            return hub::revoke_access(with, std::move(call));
        case query_operation_log:
            return hub::query_operation_log(with, std::move(call));
        case query_room_abilities:
            return hub::query_room_abilities(with, std::move(call));
    }
    std::unreachable();
}

}  // namespace

operations::operations(operations_seams seams)
    : context_{.store = seams.store,
               .random = seams.random,
               .time = seams.time,
               .waiters = seams.waiters,
               .reads = seams.reads,
               .ask = std::move(seams.ask),
               .tasks = dispatch::task_group(seams.where, std::move(seams.on_failure))} {}

task<operation_answer> operations::run(quhuhu::request request, std::array<std::byte, 16> key) {
    const auto deadline = context_.time.now() + limits::lockapi_request_timeout;
    lockapi_call call{std::move(request), key, deadline - limits::lockapi_answer_margin};
    auto answer = co_await in_time<operation_answer>(context_.tasks, context_.waiters, context_.time, deadline,
                                                     carry_out(context_, std::move(call)));
    if (!answer) co_return too_late();
    co_return std::move(*answer);
}

}  // namespace lockhub::hub
