#include <algorithm>

#include "hub/lockapi/gathering.hpp"
#include "hub/lockapi/methods.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/room_replies.hpp"

namespace lockhub::hub {
namespace {

using storage::room_lock;
using storage::room_locks;

bool heard_of(const room_lock& lock) {
    return lock.condition_at != time_point{};
}

// A room shows the lock its passwords are on; the one its cards open, where nothing can be said of the other.
const room_lock* lock_of(const room_locks& room, const lockapi_settings& settings) {
    const auto& first = room.password;
    const bool tells = first && (heard_of(*first) || settings.serves(first->account, command_verb::read_lock));
    if (tells || !room.card) return first ? &*first : nullptr;
    return &*room.card;
}

std::vector<room_lock> locks_to_ask(const std::vector<room_locks>& rooms, const lockapi_settings& settings,
                                    time_point now) {
    std::vector<room_lock> out;
    for (const auto& room : rooms) {
        const auto* lock = lock_of(room, settings);
        if (lock == nullptr || !settings.serves(lock->account, command_verb::read_lock)) continue;
        const bool fresh = lock->condition_at <= now && now - lock->condition_at <= settings.rules.state_refresh_age;
        if (!fresh || !heard_of(*lock)) out.push_back(*lock);
    }
    return out;
}

task<void> ask_lock(lockapi_context& with, room_lock lock, time_point until) {
    vendor_command question;
    question.verb = command_verb::read_lock;
    question.lock_uuid = lock.lock_uuid;
    question.cloud_home_id = lock.cloud_home_id;
    question.cloud_room_id = lock.cloud_room_id;
    auto facts = co_await with.ask(lock.account, std::move(question), until);
    if (!facts) co_return;
    const storage::lock_report report{.account = lock.account,
                                      .lock_uuid = lock.lock_uuid,
                                      .at = with.time.now(),
                                      .condition = {facts->online, facts->battery_percent, facts->signal_percent},
                                      .openings = {}};
    auto submit = [&with, &report](storage::completion<storage::nothing> done) {
        with.store.report_lock(report, std::move(done));
    };
    co_await dispatch::await_store<storage::nothing>(submit);
}

quhuhu::lock_state state_of(const room_lock& lock) {
    using enum quhuhu::lock_state;
    if (lock.online == false) return offline;
    if (lock.faulty) return failure;
    if (lock.battery_low) return lowpower;
    const bool weak = lock.signal_percent && *lock.signal_percent <= limits::weak_signal_percent;
    return weak ? badsignal : normal;
}

operation_answer states_of(const std::vector<room_locks>& rooms, const lockapi_settings& settings) {
    std::vector<quhuhu::room_lock_state> states;
    std::vector<quhuhu::room_lock_error> errors;
    for (const auto& room : rooms) {
        const auto* lock = lock_of(room, settings);
        if (!room.known) {
            errors.push_back({room.room_id, "无效调用"});
        } else if (lock == nullptr) {
            errors.push_back({room.room_id, std::string(chinese(quhuhu::status::no_lock_service))});
        } else if (!heard_of(*lock)) {
            errors.push_back({room.room_id, "门锁状态未知"});
        } else {
            states.push_back({room.room_id, lock->battery_percent, lock->signal_percent, state_of(*lock)});
        }
    }
    return answered(quhuhu::lock_states_data(states, errors));
}

}  // namespace

// What is known too long is asked of the lock clouds, all rooms beside one another; what has not come in time, or
// fails, leaves what is known.
task<operation_answer> query_lock_states(lockapi_context& with, lockapi_call call) {
    const auto& request = call.request;
    auto rooms = co_await with.reads.locks_of_rooms(request.pms, request.hotel, request.rooms);
    if (!rooms) co_return not_read(rooms.error());
    auto to_ask = locks_to_ask(*rooms, with.settings, with.time.now());
    if (!to_ask.empty()) {
        gathering asking(with.tasks, with.waiters, with.time);
        for (auto& lock : to_ask) asking.add("ask a lock's state", ask_lock(with, std::move(lock), call.until));
        co_await asking.wait_until(call.until);
        rooms = co_await with.reads.locks_of_rooms(request.pms, request.hotel, request.rooms);
        if (!rooms) co_return not_read(rooms.error());
    }
    co_return states_of(*rooms, with.settings);
}

}  // namespace lockhub::hub
