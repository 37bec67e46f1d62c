#include <fmt/format.h>

#include <algorithm>

#include "hub/lockapi/gathering.hpp"
#include "hub/lockapi/methods.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/domain/lock_event.hpp"
#include "schemas/quhuhu/room_replies.hpp"

namespace lockhub::hub {
namespace {

using storage::room_lock;

// Of a log of which its cloud may have more than was read.
constexpr std::string_view cut_text = "处理成功（开门记录较多，可能只取得其中一部分，请缩小查询时间范围）";

struct log_range {
    time_point from{};
    time_point until{};
};

std::string log_key(const room_lock& lock) {
    return lock.account.value + '\x1f' + lock.lock_uuid;
}

dispatch::logged_lock where_is(const room_lock& lock) {
    return {lock.account, lock.lock_uuid, lock.cloud_home_id, lock.cloud_room_id};
}

// What was read is kept; where logs are polled, as openings that are told like any other.
task<bool> keep(lockapi_context& with, const room_lock& lock, std::vector<reported_opening> openings) {
    if (openings.empty()) co_return true;
    if (with.settings.polled.contains(lock.account.value)) {
        storage::polled_openings read{.account = lock.account,
                                      .lock_uuid = lock.lock_uuid,
                                      .read_at = with.time.now(),
                                      .openings = std::move(openings)};
        auto submit = [&with, &read](storage::completion<storage::openings_recorded> done) {
            with.store.record_openings(std::move(read), std::move(done));
        };
        const auto recorded = co_await dispatch::await_store<storage::openings_recorded>(submit);
        co_return recorded.has_value();
    }
    storage::lock_report report{.account = lock.account,
                                .lock_uuid = lock.lock_uuid,
                                .at = with.time.now(),
                                .condition = {},
                                .openings = std::move(openings)};
    auto submit = [&with, &report](storage::completion<storage::nothing> done) {
        with.store.report_lock(std::move(report), std::move(done));
    };
    const auto stored = co_await dispatch::await_store<storage::nothing>(submit);
    co_return stored.has_value();
}

enum class log_end {
    whole,    // all there is of the range
    cut,      // limits::log_pages were read, and there may be more
    not_had,  // the cloud or the store failed
};

// Of a cloud that takes the range: the pages hold nothing else.
task<log_end> ask_range(lockapi_context& with, const room_lock& lock, log_range range, time_point until) {
    for (std::size_t pages = 0; pages < limits::log_pages; ++pages) {
        vendor_command question;
        question.verb = command_verb::read_log;
        question.lock_uuid = lock.lock_uuid;
        question.cloud_home_id = lock.cloud_home_id;
        question.cloud_room_id = lock.cloud_room_id;
        question.page = {range.from, range.until, pages * limits::log_page_openings, limits::log_page_openings};
        auto facts = co_await with.ask(lock.account, std::move(question), until);
        if (!facts) co_return log_end::not_had;
        const auto count = facts->log_entries;
        const bool kept = co_await keep(with, lock, std::move(facts->openings));
        if (!kept) co_return log_end::not_had;
        if (count < limits::log_page_openings) co_return log_end::whole;
    }
    co_return log_end::cut;
}

// Of a cloud whose pages hold the whole log, in an order nobody knows.
task<log_end> ask_pages(lockapi_context& with, const room_lock& lock, log_range range, time_point until) {
    const auto where = where_is(lock);
    const auto counted = co_await dispatch::count_pages(with.ask, where, until);
    if (!counted) co_return log_end::not_had;
    dispatch::log_walk walk(*counted, range.from);
    for (std::size_t pages = 0; pages < limits::log_pages; ++pages) {
        const auto page = walk.next();
        if (!page) break;
        auto openings = co_await dispatch::read_page(with.ask, where, *page, until);
        if (!openings) co_return log_end::not_had;
        walk.took(*openings, with.time.now());
        const bool kept = co_await keep(with, lock, std::move(*openings));
        if (!kept) co_return log_end::not_had;
    }
    co_return walk.next() ? log_end::cut : log_end::whole;
}

task<void> ask_log(lockapi_context& with, room_lock lock, log_range range, time_point until) {
    const auto begun_at = with.time.now();
    const bool counts = with.settings.serves(lock.account, command_verb::count_log);
    log_end end = log_end::not_had;
    if (counts)
        end = co_await ask_pages(with, lock, range, until);
    else
        end = co_await ask_range(with, lock, range, until);
    if (end != log_end::not_had)
        with.log_asked.asked(log_key(lock), range.from, range.until, begun_at, end == log_end::whole);
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
    co_await refresh_logs(with, locks, range, call.until);
    auto found = co_await with.reads.lock_log(page_of(request));
    if (!found) co_return not_read(found.error());
    const bool cut =
        std::ranges::any_of(locks, [&](const auto& lock) { return with.log_asked.was_cut(log_key(lock)); });
    co_return answered(log_data(*found, with.settings.rules.show_pins_in_log), cut ? cut_text : std::string_view());
}

}  // namespace lockhub::hub
