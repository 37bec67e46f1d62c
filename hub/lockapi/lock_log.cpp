#include <fmt/format.h>

#include "hub/lockapi/gathering.hpp"
#include "hub/lockapi/methods.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/domain/lock_event.hpp"
#include "schemas/quhuhu/room_replies.hpp"

namespace lockhub::hub {
namespace {

using storage::room_lock;

struct log_range {
    time_point from{};
    time_point until{};
};

std::string log_key(const room_lock& lock) {
    return lock.account.value + '\x1f' + lock.lock_uuid;
}

// One page of a lock's log, as its cloud has it, kept. nullopt: not to be had; else how many openings it held.
task<std::optional<std::size_t>> ask_page(lockapi_context& with, const room_lock& lock, log_page page,
                                          time_point until) {
    vendor_command question;
    question.verb = command_verb::read_log;
    question.lock_uuid = lock.lock_uuid;
    question.cloud_home_id = lock.cloud_home_id;
    question.cloud_room_id = lock.cloud_room_id;
    question.page = page;
    auto facts = co_await with.ask(lock.account, std::move(question), until);
    if (!facts) co_return std::nullopt;
    const auto count = facts->openings.size();
    if (count == 0) co_return count;
    storage::lock_report report{.account = lock.account,
                                .lock_uuid = lock.lock_uuid,
                                .at = with.time.now(),
                                .condition = {},
                                .openings = std::move(facts->openings)};
    auto submit = [&with, &report](storage::completion<storage::nothing> done) {
        with.store.report_lock(std::move(report), std::move(done));
    };
    auto stored = co_await dispatch::await_store<storage::nothing>(submit);
    if (!stored) co_return std::nullopt;
    co_return count;
}

task<void> ask_log(lockapi_context& with, room_lock lock, log_range range, time_point until) {
    const auto begun_at = with.time.now();
    for (std::size_t pages = 0; pages < limits::log_pages; ++pages) {
        const log_page page{range.from, range.until, pages * limits::log_page_openings, limits::log_page_openings};
        const auto count = co_await ask_page(with, lock, page, until);
        if (!count) co_return;
        if (*count < page.count) break;
    }
    with.log_asked.asked(log_key(lock), range.from, range.until, begun_at);
}

task<void> refresh_logs(lockapi_context& with, std::vector<room_lock> locks, log_range range, time_point until) {
    gathering asking(with.tasks, with.waiters, with.time);
    for (auto& lock : locks) {
        const bool known = !with.settings.serves(lock.account, command_verb::read_log) ||
                           !with.log_asked.must_ask(log_key(lock), range.from, range.until,
                                                    with.settings.rules.log_refresh_age, with.time.now());
        if (!known) asking.add("ask a lock's log", ask_log(with, std::move(lock), range, until));
    }
    co_await asking.wait_until(until);
}

std::vector<room_lock> locks_of(const std::vector<storage::room_locks>& rooms) {
    std::vector<room_lock> out;
    for (const auto& room : rooms) {
        if (room.password) out.push_back(*room.password);
        const bool same = room.password && room.card && room.password->account == room.card->account &&
                          room.password->lock_uuid == room.card->lock_uuid;
        if (room.card && !same) out.push_back(*room.card);
    }
    return out;
}

storage::log_question page_of(const quhuhu::request& request) {
    const auto size = static_cast<std::size_t>(request.page_size);
    return {.pms = request.pms,
            .hotel = request.hotel,
            .rooms = request.rooms,
            .from = *request.start_time,
            .until = *request.end_time,
            .offset = static_cast<std::size_t>(request.page_number - 1) * size,
            .count = size};
}

// Document 001 names one way of opening, 2, and 云柚 those from afar; the rest has no published meaning.
std::string type_of(const storage::log_row& row) {
    if (row.source >= opened_remotely) return "远程开门";
    return row.source == opened_by_password ? "密码开门" : "其他方式开门";
}

std::string param_of(const storage::log_row& row, bool show_pins) {
    if (row.source != opened_by_password) return {};
    return show_pins ? std::string(row.pin.reveal()) : "******";
}

std::string log_data(const storage::log_rows& found, bool show_pins) {
    std::vector<quhuhu::lock_log_line> lines;
    lines.reserve(found.rows.size());
    for (const auto& row : found.rows)
        lines.push_back({row.room_id, row.occurred_at, type_of(row), param_of(row, show_pins), row.succeeded});
    return quhuhu::lock_log_data(lines, found.total);
}

}  // namespace

task<operation_answer> query_lock_log(lockapi_context& with, lockapi_call call) {
    const auto& request = call.request;
    auto rooms = co_await with.reads.locks_of_rooms(request.pms, request.hotel, request.rooms);
    if (!rooms) co_return not_read(rooms.error());
    auto locks = locks_of(*rooms);
    if (locks.empty()) co_return no_lock_service(request.rooms.front(), "未绑定门锁");
    const log_range range{*request.start_time, *request.end_time};
    co_await refresh_logs(with, std::move(locks), range, call.until);
    auto found = co_await with.reads.lock_log(page_of(request));
    if (!found) co_return not_read(found.error());
    co_return answered(log_data(*found, with.settings.rules.show_pins_in_log));
}

}  // namespace lockhub::hub
