#include "schemas/dingding/event_names.hpp"

#include <algorithm>
#include <array>

namespace lockhub::dingding {

namespace {

struct row {
    std::string_view wire_name;
    event_name meaning;
};

constexpr row lock_row(std::string_view name, event_kind kind) {
    return {name, {.canonical = name, .kind = kind}};
}
constexpr row spelled(std::string_view name, std::string_view canonical, event_kind kind) {
    return {name, {.canonical = canonical, .kind = kind}};
}
constexpr row pin_row(std::string_view name, event_kind kind) {
    return {name, {.canonical = name, .kind = kind, .may_carry_pin = true}};
}
constexpr row install_row(std::string_view name, std::string_view canonical) {
    return {name, {.canonical = canonical, .about_lock = false}};
}

constexpr std::array rows{
    lock_row("lockerOpenAlarm", event_kind::opened),
    lock_row("batteryAsync", event_kind::battery_level),
    lock_row("batteryAlarm", event_kind::battery_low),
    lock_row("clearBatteryAlarm", event_kind::battery_ok),
    spelled("clearBattryAlarm", "clearBatteryAlarm", event_kind::battery_ok),
    lock_row("lockOpenHistoryAlarm", event_kind::opened),
    lock_row("lockOfflineAlarm", event_kind::lock_offline),
    lock_row("clearLockOfflineAlarm", event_kind::lock_online),
    lock_row("centerOfflineAlarm", event_kind::gateway_offline),
    lock_row("clearCenterOfflineAlarm", event_kind::gateway_online),
    lock_row("brokenAlarm", event_kind::tampered),
    lock_row("fpBrokenAlarm", event_kind::tampered),
    lock_row("wrongPwdAlarm", event_kind::wrong_password),
    lock_row("wrongFpAlarm", event_kind::wrong_password),
    pin_row("pwdSync", event_kind::password_synced),
    pin_row("pwdAddLocal", event_kind::password_added_locally),
    pin_row("pwdUpdateLocal", event_kind::password_updated_locally),
    lock_row("pwdDelLocal", event_kind::password_deleted_locally),
    lock_row("rtcError", event_kind::lock_fault),
    lock_row("hwRTCAlarm", event_kind::lock_fault),
    lock_row("hwLEDAlarm", event_kind::lock_fault),
    lock_row("hwFpAlarm", event_kind::lock_fault),
    lock_row("hwTouchAlarm", event_kind::lock_fault),
    lock_row("lockerReset", event_kind::other),
    lock_row("bleReset", event_kind::other),
    lock_row("clearRenterAuthenCode", event_kind::other),
    lock_row("clearAllCommonAuthenCode", event_kind::other),
    lock_row("doorSensorOpen", event_kind::other),
    lock_row("voiceDownloadFinish", event_kind::other),
    install_row("deviceInstall", "deviceInstall"),
    install_row("deviceUninstall", "deviceUninstall"),
    install_row("deviceReplace", "deviceReplace"),
    install_row("installerSubmit", "installerSubmit"),
    install_row("installSubmit", "installerSubmit"),
};

constexpr std::array<std::string_view, 3> meter_events{"elemeter", "watermeter", "waterGateway"};
constexpr std::array<std::string_view, 3> meter_services{"Elemeter_", "Zmeter_", "Watermeter_"};

template <class Prefixes>
bool starts_with_any(std::string_view name, const Prefixes& prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

}  // namespace

event_name find_event_name(std::string_view wire_name) {
    for (const auto& row : rows) {
        if (row.wire_name == wire_name) return row.meaning;
    }
    if (starts_with_any(wire_name, meter_events)) return {.canonical = wire_name, .about_lock = false};
    return {.canonical = wire_name, .known = false};
}

bool is_lock_service(std::string_view service) {
    return !starts_with_any(service, meter_services);
}

}  // namespace lockhub::dingding
