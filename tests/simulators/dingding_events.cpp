// What happens at the doors of the simulated 丁盯 account, as pushes.
#include <fmt/format.h>

#include <algorithm>

#include "tests/simulators/dingding_cloud.hpp"
#include "tests/simulators/push_body.hpp"

namespace lockhub::simulators {

std::vector<scheduled_push> dingding_cloud::raise_event(std::string_view event, std::string_view uuid,
                                                        std::string_view detail, time_point now,
                                                        random_source& random) {
    // Two events of one millisecond would be one push to a receiver that removes repeats.
    last_event_ms_ = std::max(last_event_ms_ + 1, to_unix_ms(now));
    const dingding_lock* lock = find_lock(uuid);
    push_body body;
    body.text("event", event).text("uuid", uuid).number("time", last_event_ms_);
    if (!detail.empty()) body.json("detail", detail);
    body.null("center_uuid");
    body.text("home_id", lock ? lock->home_id : "").text("room_id", lock ? lock->room_id : "");
    body.text("nickname", lock ? lock->nickname : "").null("manufactory");
    std::vector<scheduled_push> out;
    out.push_back({.at = now,
                   .name = std::string(event),
                   .registered_url = registration_.event_url,
                   .body = body.finish(registration_.event_url, knobs.sign)});
    twice_by_fault(out, random);
    return out;
}

std::vector<scheduled_push> dingding_cloud::battery_alarm(std::string_view uuid, int percent, time_point now,
                                                          random_source& random) {
    if (dingding_lock* lock = find_lock(uuid)) lock->battery_percent = percent;
    // The wire has both spellings of the all-clear; this cloud uses the document's.
    return raise_event(percent <= 10 ? "batteryAlarm" : "clearBattryAlarm", uuid,
                       fmt::format(R"({{"battery_level":{}}})", percent), now, random);
}

std::vector<scheduled_push> dingding_cloud::open_by_pin(std::string_view uuid, std::int64_t pin_id, time_point now,
                                                        random_source& random) {
    auto out = raise_event(
        "lockerOpenAlarm", uuid,
        fmt::format(R"({{"source_name":"","eventid":1,"source":2,"sourceid":{},"notify":1,"audio_played":0}})", pin_id),
        now, random);
    // The log has the time the push has.
    if (dingding_lock* lock = find_lock(uuid)) lock->opened({last_event_ms_, pin_id});
    return out;
}

door_answer dingding_cloud::try_digits(std::string_view uuid, std::string_view digits, time_point now,
                                       random_source& random, std::vector<scheduled_push>& pushes) {
    dingding_lock* lock = find_lock(uuid);
    if (!lock) return {false, "no such lock"};
    const pin_try tried = lock->try_digits(digits, now);
    if (tried.said.opens) pushes = open_by_pin(uuid, tried.pin_id, now, random);
    if (tried.alarm) pushes = raise_event("wrongPwdAlarm", uuid, "", now, random);
    return tried.said;
}

std::vector<scheduled_push> dingding_cloud::upload_history(std::string_view uuid,
                                                           const std::vector<std::int64_t>& pin_ids, time_point now,
                                                           random_source& random) {
    std::string events;
    std::int64_t at_ms = to_unix_ms(now - std::chrono::hours(1) - std::chrono::minutes(pin_ids.size()));
    dingding_lock* lock = find_lock(uuid);
    for (const std::int64_t pin_id : pin_ids) {
        at_ms += 60'000;
        if (lock) lock->opened({at_ms, pin_id});
        if (!events.empty()) events += ',';
        events += fmt::format(
            R"({{"userid":"sim","uuid":{},"time":{},"lock_time":{},"eventid":1,"source":2,"sourceid":{},"source_name":"","audio_played":0}})",
            quoted(uuid), at_ms, at_ms, pin_id);
    }
    return raise_event("lockOpenHistoryAlarm", uuid, fmt::format(R"({{"events":[{}]}})", events), now, random);
}

std::vector<scheduled_push> dingding_cloud::set_online(std::string_view uuid, bool online, time_point now,
                                                       random_source& random) {
    dingding_lock* lock = find_lock(uuid);
    if (!lock || lock->online == online) return {};
    lock->online = online;
    lock->onoff_at = now;
    auto out = raise_event(online ? "clearLockOfflineAlarm" : "lockOfflineAlarm", uuid, "", now, random);
    if (!online) return out;
    const time_point ends_at = now + knobs.result_delay;
    for (const ended_change& ended : lock->resume(ends_at)) out.push_back(result_push(*lock, ended, ends_at));
    return out;
}

std::vector<scheduled_push> dingding_cloud::delete_at_door(std::string_view uuid, std::int64_t pin_id, bool tell,
                                                           time_point now, random_source& random) {
    dingding_lock* lock = find_lock(uuid);
    if (!lock || lock->pins.erase(pin_id) == 0 || !tell) return {};
    return raise_event("pwdDelLocal", uuid, fmt::format(R"({{"password":{{"id":{}}}}})", pin_id), now, random);
}

std::vector<scheduled_push> dingding_cloud::add_at_door(std::string_view uuid, std::string digits, std::string name,
                                                        bool tell, time_point now, random_source& random) {
    dingding_lock* lock = find_lock(uuid);
    if (!lock) return {};
    pin made;
    made.id = 2;
    while (lock->pins.contains(made.id)) ++made.id;
    made.on_lock = true;
    made.stage = operation_stage::done;
    made.values.digits = std::move(digits);
    made.values.name = std::move(name);
    made.created_at = now;
    lock->pins[made.id] = made;
    if (!tell) return {};
    return raise_event("pwdAddLocal", uuid,
                       fmt::format(R"({{"password":{{"id":{},"password":"b2JzY3VyZWQ="}}}})", made.id), now, random);
}

}  // namespace lockhub::simulators
