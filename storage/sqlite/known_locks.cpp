#include "storage/sqlite/known_locks.hpp"

#include <algorithm>

#include "schemas/core/limits.hpp"

namespace lockhub::storage::sqlite {

namespace {

constexpr auto heard_step = std::chrono::minutes(1);

}  // namespace

lock_state after(const lock_state& before, const lock_news& news) {
    auto now = before;
    if (news.online && news.occurred_at >= before.online_at) {
        now.online = news.online;
        now.online_at = news.occurred_at;
    }
    if ((news.battery_percent || news.battery_low) && news.occurred_at >= before.battery_at) {
        if (news.battery_percent) now.battery_percent = *news.battery_percent;
        now.battery_low = news.battery_low.value_or(news.battery_percent <= limits::low_battery_percent);
        now.battery_at = news.occurred_at;
    }
    if (news.signal_percent && news.occurred_at >= before.signal_at) {
        now.signal_percent = *news.signal_percent;
        now.signal_at = news.occurred_at;
    }
    if (news.faulty && news.occurred_at >= before.fault_at)
        now.fault_at = *news.faulty ? news.occurred_at : time_point{};
    now.last_heard_at = std::max(before.last_heard_at, news.heard_at);
    return now;
}

bool worth_writing(const lock_state& before, const lock_state& now) {
    auto heard_alike = now;
    heard_alike.last_heard_at = before.last_heard_at;
    return heard_alike != before || before.last_heard_at == time_point{} ||
           now.last_heard_at - before.last_heard_at >= heard_step;
}

known_lock* known_locks::find(std::string_view account, std::string_view uuid) {
    key_.assign(account).append(1, '\n').append(uuid);
    if (const auto hit = by_key_.find(key_); hit != by_key_.end()) return &hit->second;
    const auto found = locks_.find(account, uuid);
    return found ? &remember(found->row) : nullptr;
}

known_lock& known_locks::find_or_add(std::string_view account, std::string_view uuid, std::string_view home,
                                     std::string_view room, time_point now) {
    if (auto* known = find(account, uuid)) return *known;
    return remember(locks_.add_heard(account, uuid, home, room, now));
}

known_lock& known_locks::remember(std::int64_t row) {
    if (by_key_.size() >= limits::known_locks) by_key_.clear();
    return by_key_[key_] = {row, locks_.state(row), directory_.rooms_of_lock(row), locks_.gateway_of(row)};
}

void known_locks::note(known_lock& lock, const lock_news& news) {
    const auto now = after(lock.state, news);
    if (!worth_writing(lock.state, now)) return;
    locks_.write_state(lock.row, now);
    lock.state = now;
}

void known_locks::note_gateway(known_lock& lock, std::string_view gateway_uuid) {
    if (gateway_uuid.empty() || gateway_uuid == lock.gateway_uuid) return;
    locks_.set_gateway(lock.row, gateway_uuid);
    lock.gateway_uuid = gateway_uuid;
}

}  // namespace lockhub::storage::sqlite
