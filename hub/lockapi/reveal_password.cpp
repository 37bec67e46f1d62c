#include <fmt/format.h>

#include "hub/lockapi/methods.hpp"
#include "schemas/quhuhu/reply.hpp"

namespace lockhub::hub {

task<operation_answer> reveal_password(lockapi_context& with, lockapi_call call) {
    using kind = storage::pin_known::kind;
    const auto& request = call.request;
    const bool manage = request.what == quhuhu::method::query_manage_pwd;
    auto submit = [&with, &request, manage](storage::completion<storage::pin_known> done) {
        with.store.reveal_pin({.pms = request.pms,
                               .hotel = request.hotel,
                               .room = request.room,
                               .manage = manage,
                               .method = std::string(quhuhu::wire_name(request.what)),
                               .operator_guid = request.operator_guid,
                               .operator_name = request.operator_name},
                              std::move(done));
    };
    auto known = co_await dispatch::await_store<storage::pin_known>(submit);
    if (!known) co_return not_stored(known.error());
    const std::string_view under_way = known->change_under_way ? "（密码变更正在下发）" : "";
    switch (known->what) {
        case kind::unknown_room:
            co_return no_lock_service(request.room, "不在目录中");
        case kind::no_lock:
            co_return no_lock_service(request.room, "未绑定门锁");
        case kind::none:
            co_return refused(quhuhu::status::lock_error,
                              fmt::format("该房间没有有效的{}密码{}", manage ? "管理" : "客人", under_way));
        case kind::known:
            break;
    }
    const auto data = quhuhu::password_data(request.hotel.value, request.room.value, known->pin.reveal(), {});
    const std::string_view frozen = known->frozen ? "（密码已冻结）" : "";
    co_return answered(data, fmt::format("{}{}{}", chinese(quhuhu::status::ok), frozen, under_way));
}

}  // namespace lockhub::hub
