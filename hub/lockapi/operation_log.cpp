#include <algorithm>

#include "hub/lockapi/methods.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/room_replies.hpp"

namespace lockhub::hub {
namespace {

using storage::room_lock;

// The lock whose cloud keeps such a log; nullptr where neither does.
const room_lock* lock_with_log(const storage::room_locks& room, const lockapi_settings& settings) {
    for (const auto* lock : {&room.password, &room.card}) {
        if (*lock && settings.serves((*lock)->account, command_verb::read_operation_log)) return &**lock;
    }
    return nullptr;
}

vendor_command question_of(const room_lock& lock) {
    vendor_command question;
    question.verb = command_verb::read_operation_log;
    question.lock_uuid = lock.lock_uuid;
    question.cloud_home_id = lock.cloud_home_id;
    question.cloud_room_id = lock.cloud_room_id;
    return question;
}

// Of a log of which its cloud has more than was read.
constexpr std::string_view cut_text = "处理成功（操作记录较多，仅取得其中一部分，请缩小查询时间范围）";

struct operations_read {
    std::vector<reported_operation> all;  // newest first: no lock cloud says in which order it lists
    bool cut = false;                     // limits::log_pages were read, and there may be more
};

task<result<operations_read>> ask_operations(lockapi_context& with, account_id account, vendor_command question,
                                             time_point until) {
    operations_read out;
    for (std::size_t pages = 0; pages < limits::log_pages; ++pages) {
        question.page.offset = pages * limits::log_page_openings;
        question.page.count = limits::log_page_openings;
        auto facts = co_await with.ask(account, question, until);
        if (!facts) co_return std::unexpected(std::move(facts.error()));
        const auto count = facts->operations.size();
        std::ranges::move(facts->operations, std::back_inserter(out.all));
        out.cut = count == question.page.count;
        if (!out.cut) break;
    }
    std::ranges::sort(out.all, std::ranges::greater(), &reported_operation::occurred_at);
    co_return out;
}

std::string page_data(const quhuhu::request& request, const std::vector<reported_operation>& all) {
    const auto size = static_cast<std::size_t>(request.page_size);
    const auto begin = std::min(all.size(), static_cast<std::size_t>(request.page_number - 1) * size);
    const auto end = begin + std::min(size, all.size() - begin);
    std::vector<quhuhu::operation_log_line> lines;
    for (auto i = begin; i < end; ++i) {
        const auto& one = all[i];
        lines.push_back(
            {request.room.value, one.occurred_at, one.operation, one.operator_name, one.target, one.recipient});
    }
    return quhuhu::operation_log_data(lines, all.size());
}

}  // namespace

// Nothing of it is kept: the lock cloud is asked within the request.
task<operation_answer> query_operation_log(lockapi_context& with, lockapi_call call) {
    const auto& request = call.request;
    const std::vector<room_id> one_room{request.room};
    auto rooms = co_await with.reads.locks_of_rooms(request.pms, request.hotel, one_room);
    if (!rooms) co_return not_read(rooms.error());
    const auto& room = rooms->front();
    if (!room.known) co_return no_lock_service(request.room, "不在目录中");
    if (!room.password && !room.card) co_return no_lock_service(request.room, "未绑定门锁");
    const auto* lock = lock_with_log(room, with.settings);
    if (lock == nullptr) co_return no_lock_service(request.room, "的门锁不支持此操作");
    auto question = question_of(*lock);
    question.page.from = *request.start_time;
    question.page.until = *request.end_time;
    auto found = co_await ask_operations(with, lock->account, std::move(question), call.until);
    if (!found) co_return refused(quhuhu::status::lock_error, "未能取得操作记录：" + found.error().message);
    co_return answered(page_data(request, found->all), found->cut ? cut_text : std::string_view());
}

}  // namespace lockhub::hub
