#include "hub/lockapi/answers.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "schemas/quhuhu/reply.hpp"

namespace lockhub::hub {

using quhuhu::status;

operation_answer answered() {
    return {quhuhu::reply_ok(), 0, 0, false};
}

operation_answer answered(std::string_view data_json, std::string_view message) {
    return {quhuhu::reply_data(data_json, message), 0, 0, false};
}

operation_answer refused(status code, std::string_view message) {
    return {quhuhu::reply_error(code, message), static_cast<int>(code), 0, false};
}

operation_answer not_stored(const error& why) {
    if (why.code != errc::unavailable) return refused(status::system_error);
    return {quhuhu::reply_error(status::try_again), static_cast<int>(status::try_again), 5, true};
}

operation_answer not_read(const error& why) {
    if (why.code == errc::not_found) return refused(status::hotel_not_matched);
    if (why.code != errc::unavailable) return refused(status::system_error);
    auto answer = refused(status::try_again);
    answer.retry_after_seconds = 1;
    return answer;
}

operation_answer too_late() {
    return refused(status::try_again, "门锁服务尚未应答，请稍后重试");
}

operation_answer no_lock_service(const room_id& room, std::string_view why) {
    return refused(status::no_lock_service,
                   fmt::format("{}：房间 {} {}", chinese(status::no_lock_service), room.value, why));
}

operation_answer not_opened(const storage::action_opened& outcome, const storage::action_request& request) {
    using kind = storage::action_opened::kind;
    const bool at_reader_alone = request.room.value.empty();
    switch (outcome.what) {
        case kind::unknown_room:
            if (at_reader_alone) return refused(status::hotel_not_matched);
            return no_lock_service(request.room, "不在目录中");
        case kind::no_lock:
            return no_lock_service(request.room, "未绑定门锁");
        case kind::not_served:
            if (at_reader_alone)
                return refused(
                    status::no_lock_service,
                    fmt::format("{}：读卡器 {} 不支持此操作", chinese(status::no_lock_service), request.reader_id));
            return no_lock_service(request.room, "的门锁不支持此操作");
        case kind::wrong_reader:
            return no_lock_service(request.room, fmt::format("的门锁不能在读卡器 {} 上制卡", request.reader_id));
        case kind::opened:
        case kind::already_open:
        case kind::nothing_to_do:
        case kind::cannot_remove:
        case kind::lock_offline:
        case kind::no_such_pin:
            break;
    }
    throw std::logic_error("an action that was opened, or a refusal of one method alone");
}

}  // namespace lockhub::hub
