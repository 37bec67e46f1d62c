#include "tests/simulators/dingding_readings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/push_body.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

namespace {

wire::json_writer fine() {
    wire::json_writer out;
    out.begin_object().member("ErrNo", 0).member("ErrMsg", "success");
    return out;
}

void write_home(wire::json_writer& out, const std::vector<const dingding_lock*>& locks, std::string_view home) {
    out.begin_array();
    const bool any = std::ranges::any_of(locks, [&](const auto* lock) { return lock->home_id == home; });
    if (any) {
        out.begin_object().member("type", "gateway").member("sn", "sim-gateway");
        out.member("uuid", fmt::format("gateway-{}", home)).member("room_id", "").end_object();
    }
    for (const dingding_lock* lock : locks) {
        if (lock->home_id != home) continue;
        out.begin_object().member("type", "room_lock").member("sn", "sim-" + lock->uuid.substr(0, 6));
        out.member("uuid", lock->uuid).member("room_id", lock->room_id).member("name", lock->nickname).end_object();
    }
    out.end_array();
}

// The times of the openings within start_time to end_time.
result<std::vector<door_opening>> openings_asked_for(const dingding_lock& lock, const dingding_call& call) {
    constexpr std::int64_t for_ever_s = 100'000'000'000;
    const auto from = number_or(call, "start_time", 0), until = number_or(call, "end_time", for_ever_s);
    if (!from) return std::unexpected(from.error());
    if (!until) return std::unexpected(until.error());
    std::vector<door_opening> found;
    for (const door_opening& opening : lock.log) {
        if (opening.at_ms >= *from * 1000 && opening.at_ms <= *until * 1000) found.push_back(opening);
    }
    return found;
}

}  // namespace

result<std::int64_t> number_or(const dingding_call& call, std::string_view name, std::int64_t otherwise) {
    if (call.get(name).empty()) return otherwise;
    const auto number = call.number(name);
    if (!number || *number < 0) return fail(errc::invalid_input, fmt::format("参数有误: {}", name));
    return *number;
}

std::string lock_info_json(const dingding_lock& lock) {
    return fmt::format(
        R"({{"ErrNo":0,"ErrMsg":"success","mac":"00:0d:6f:00:00:00:00:01","sn":"sim-{0}","uuid":{1},"name":{2},)"
        R"("bind_time":1760000000,"onoff_line":{3},"onoff_time":{4},"power":{5},"power_refreshtime":{4},"lqi":{6},)"
        R"("lqi_refreshtime":{4},"model":"DL100","brand":"dingding","versions":{{"app_version":"0.1.4.12"}}}})",
        lock.uuid.substr(0, 6), quoted(lock.uuid), quoted(lock.nickname), lock.online ? 1 : 2,
        to_unix_ms(lock.onoff_at) / 1000, lock.battery_percent, lock.link_quality);
}

result<std::string> lock_events_json(const dingding_lock& lock, const dingding_call& call) {
    const auto offset = number_or(call, "offset", 0), count = number_or(call, "count", 50);
    for (const auto* parameter : {&offset, &count}) {
        if (!*parameter) return std::unexpected(parameter->error());
    }
    auto asked = openings_asked_for(lock, call);
    if (!asked) return std::unexpected(asked.error());
    auto& found = *asked;
    std::ranges::sort(found, std::ranges::greater(), &door_opening::at_ms);
    const auto total = static_cast<std::int64_t>(found.size());
    const auto begin = std::min(*offset, total), end = begin + std::min(*count, total - begin);
    auto out = fine();
    out.key("lock_events").begin_array();
    for (auto i = begin; i < end; ++i) {
        const auto& opening = found[static_cast<std::size_t>(i)];
        out.begin_object().member("time", opening.at_ms).member("eventid", 1).member("source", 2);
        out.member("sourceid", opening.pin_id).member("source_name", "").end_object();
    }
    out.end_array().end_object();
    return out.take();
}

result<std::string> lock_event_count_json(const dingding_lock& lock, const dingding_call& call) {
    const auto found = openings_asked_for(lock, call);
    if (!found) return std::unexpected(found.error());
    auto out = fine();
    return out.member("count", found->size()).end_object().take();
}

std::string dynamic_password_json(const dingding_lock& lock, time_point now) {
    constexpr std::int64_t quarter_ms = 15 * 60 * 1000;
    const std::int64_t quarter = to_unix_ms(now) / quarter_ms;
    const std::string digest = md5_hex_lower(fmt::format("{}/{}", lock.uuid, quarter));
    const auto digits = std::stoull(digest.substr(0, 12), nullptr, 16) % 1'000'000;
    return fmt::format(R"({{"ErrNo":0,"ErrMsg":"success","id":2015,"password":"{:06}","invalid_time":{}}})", digits,
                       (quarter + 1) * quarter_ms);
}

result<std::string> default_password_json(const dingding_lock& lock) {
    const auto found = lock.pins.find(dingding_lock::manage_pin_id);
    if (found == lock.pins.end() || !found->second.on_lock) return fail(errc::not_found, "记录不存在");
    auto out = fine();
    out.member("password", found->second.values.digits).end_object();
    return out.take();
}

std::string home_devices_json(const std::vector<const dingding_lock*>& locks, const std::vector<std::string>& homes) {
    auto out = fine();
    out.key("result").begin_object();
    for (const auto& home : homes) {
        out.key(home);
        write_home(out, locks, home);
    }
    out.end_object().end_object();
    return out.take();
}

std::string home_device_json(const std::vector<const dingding_lock*>& locks, std::string_view home) {
    auto out = fine();
    out.key("result");
    write_home(out, locks, home);
    out.end_object();
    return out.take();
}

std::string center_info_json(std::string_view home) {
    return fmt::format(
        R"({{"ErrNo":0,"ErrMsg":"success","mac":"00:0d:6f:00:00:00:00:02","sn":"sim-gateway","uuid":{},"name":{},)"
        R"("bind_time":1760000000,"onoff_line":1,"onoff_time":1760000000,"model":"DG100","brand":"dingding",)"
        R"("versions":{{"kernel_version":"0.0.3.0","zigbee_version":"1.0.0.2","media_version":"0.0.1.1",)"
        R"("hardware_version":"0.0.3.0","app_version":"0.1.4.12"}}}})",
        quoted(fmt::format("gateway-{}", home)), quoted(home));
}

}  // namespace lockhub::simulators
