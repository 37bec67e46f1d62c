#include "schemas/dingding/events.hpp"

#include <fmt/format.h>

#include <utility>

#include "schemas/core/limits.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::dingding {

namespace {

using wire::json_value;

std::optional<int> read_int(const json_value& object, std::string_view name) {
    const auto number = object.integer_of(name);
    if (!number || !std::in_range<int>(*number)) return std::nullopt;
    return static_cast<int>(*number);
}

std::optional<int> read_percent(const json_value& detail) {
    auto percent = read_int(detail, "battery_level");
    if (!percent) percent = read_int(detail, "battery");
    if (!percent) {
        // One public receiver first met it a level deeper.
        if (const auto* inner = detail.find("detail")) percent = read_int(*inner, "battery");
    }
    if (percent && (*percent < 0 || *percent > 100)) return std::nullopt;
    return percent;
}

void read_source(const json_value& object, lock_event& event) {
    event.source = read_int(object, "source");
    event.source_id = object.text_of("sourceid");
    if (event.source_id.empty()) event.source_id = object.text_of("sourcid");
    event.source_name = object.text_of("source_name");
}

std::unexpected<error> too_many_records() {
    return fail(errc::invalid_input, fmt::format("push has more than {} records", limits::push_records));
}

// Openings the lock kept while it was off line: their own times, which may be long past.
result<std::vector<lock_event>> make_history(const lock_event& common, const json_value& records) {
    if (records.items().size() > limits::push_records) return too_many_records();
    std::vector<lock_event> events;
    for (const auto& record : records.items()) {
        lock_event event = common;
        event.occurred_at = read_time_ms(record.text_of("time"));
        if (!event.occurred_at) event.occurred_at = read_time_ms(record.text_of("lock_time"));
        if (auto uuid = record.text_of("uuid"); !uuid.empty()) event.device_uuid = std::move(uuid);
        read_source(record, event);
        events.push_back(std::move(event));
    }
    return events;
}

result<std::vector<lock_event>> make_password_events(const lock_event& common, const json_value& passwords) {
    if (passwords.items().size() > limits::push_records) return too_many_records();
    std::vector<lock_event> events;
    for (const auto& password : passwords.items()) {
        events.push_back(common);
        events.back().source_id = password.text_of("id");
    }
    return events;
}

void read_subdevices(const json_value& detail, lock_event& event) {
    const auto* subdevices = detail.find("subdevices");
    if (!subdevices) return;
    for (const auto& device : subdevices->items()) {
        if (!device.text().empty()) event.subdevices.push_back(device.text());
    }
}

}  // namespace

std::optional<time_point> read_time_ms(std::string_view text) {
    constexpr std::int64_t year_10000_ms = 253'402'300'800'000;
    const auto ms = wire::whole_number(text);
    if (!ms || *ms <= 0 || *ms >= year_10000_ms) return std::nullopt;
    return from_unix_ms(*ms);
}

result<std::vector<lock_event>> make_events(const event_name& name, std::string_view device_uuid,
                                            std::optional<time_point> occurred_at, const json_value& detail) {
    lock_event event;
    event.kind = name.kind;
    event.vendor_name = name.canonical;
    event.device_uuid = device_uuid;
    event.occurred_at = occurred_at;
    event.about_lock = name.about_lock;

    if (name.canonical == "lockOpenHistoryAlarm") {
        const auto* records = detail.find("events");
        if (records && !records->items().empty()) return make_history(event, *records);
        event.kind = event_kind::other;  // a history of nothing tells of no opening
        event.about_lock = false;
        return std::vector{std::move(event)};
    }
    if (const auto* passwords = detail.find("passwords"); passwords && !passwords->items().empty()) {
        return make_password_events(event, *passwords);
    }
    event.battery_percent = read_percent(detail);
    read_source(detail, event);
    if (const auto* password = detail.find("password"); password && password->is_object()) {
        event.source_id = password->text_of("id");
    }
    read_subdevices(detail, event);
    return std::vector{std::move(event)};
}

}  // namespace lockhub::dingding
