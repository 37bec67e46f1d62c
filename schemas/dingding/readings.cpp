#include "schemas/dingding/readings.hpp"

#include <utility>

#include "schemas/dingding/credentials.hpp"
#include "schemas/dingding/reply.hpp"

namespace lockhub::dingding {

namespace {

using wire::json_value;

result<command_facts> read_dynamic_pin(const json_value& body) {
    command_facts facts;
    facts.pin = secret(body.text_of("password"));
    if (facts.pin.empty()) return fail(errc::unavailable, "the reply carries no password");
    facts.pin_valid_until = read_stamp(body.integer_of("invalid_time").value_or(0));
    return facts;
}

std::optional<int> read_percent(const json_value& body, std::string_view name, int whole) {
    const auto number = body.integer_of(name);
    // -1 is the document's "unknown".
    if (!number || *number < 0 || *number > whole) return std::nullopt;
    return static_cast<int>(*number * 100 / whole);
}

command_facts read_lock(const json_value& body) {
    // The locks speak Zigbee (`zigbee_version`), whose link quality is an octet (IEEE 802.15.4): 255 is the best.
    constexpr int best_link_quality = 255;
    command_facts facts;
    const auto line = body.integer_of("onoff_line");
    if (line == 1) facts.online = true;
    if (line == 2) facts.online = false;
    facts.battery_percent = read_percent(body, "power", 100);
    facts.signal_percent = read_percent(body, "lqi", best_link_quality);
    return facts;
}

// A list, or an object whose members are the things.
template <class Take>
void for_each_in(const json_value& container, Take take) {
    for (const auto& item : container.items()) take(std::string(), item);
    for (const auto& [name, member] : container.members()) take(name, member);
}

std::optional<reported_opening> read_opening(const json_value& entry) {
    constexpr std::int64_t opening = 1;
    if (!entry.is_object()) return std::nullopt;
    if (entry.find("eventid") && entry.integer_of("eventid") != opening) return std::nullopt;
    const auto occurred_at = read_stamp(entry.integer_of("time").value_or(0));
    if (!occurred_at) return std::nullopt;
    reported_opening out;
    out.occurred_at = *occurred_at;
    const auto source = entry.integer_of("source");
    if (source && std::in_range<int>(*source)) out.source = static_cast<int>(*source);
    out.source_id = entry.text_of("sourceid");
    if (out.source_id.empty()) out.source_id = entry.text_of("sourcid");
    out.source_name = entry.text_of("source_name");
    return out;
}

result<command_facts> read_log(const json_value& body) {
    const auto* events = body.find("lock_events");
    if (!events) return fail(errc::unavailable, "the reply carries no lock_events");
    command_facts facts;
    const auto take = [&](const std::string&, const json_value& entry) {
        if (entry.is_object()) ++facts.log_entries;
        if (auto opening = read_opening(entry)) facts.openings.push_back(std::move(*opening));
    };
    take({}, *events);  // a single one needs no list
    for_each_in(*events, take);
    return facts;
}

std::string name_of(const json_value& party) {
    if (!party.is_object()) return party.text();
    const auto name = party.text_of("name");
    return name.empty() ? party.text_of("id") : name;
}

// Section 7.1 describes a thing as its type and then its name, or its id.
std::string thing_of(const json_value& thing) {
    const auto type = thing.is_object() ? thing.text_of("type") : std::string();
    const auto name = name_of(thing);
    return type.empty() || name.empty() ? type + name : type + ' ' + name;
}

std::optional<reported_operation> read_operation(const json_value& entry) {
    if (!entry.is_object()) return std::nullopt;
    const auto occurred_at = read_stamp(entry.integer_of("timestamp").value_or(0));
    if (!occurred_at) return std::nullopt;
    reported_operation out;
    out.occurred_at = *occurred_at;
    out.operation = entry.text_of("op_id");
    if (const auto* who = entry.find("operator")) out.operator_name = name_of(*who);
    if (const auto* holder = entry.find("holder")) out.target = thing_of(*holder);
    if (const auto* target = entry.find("target")) {
        const auto thing = thing_of(*target);
        if (!out.target.empty() && !thing.empty()) out.target += ' ';
        out.target += thing;
    }
    if (const auto* whom = entry.find("recipient")) out.recipient = name_of(*whom);
    return out;
}

result<command_facts> read_operations(const json_value& body) {
    const auto* operations = body.find("op_list");
    if (!operations) return fail(errc::unavailable, "the reply carries no op_list");
    command_facts facts;
    const auto take = [&](const std::string&, const json_value& entry) {
        if (auto one = read_operation(entry)) facts.operations.push_back(std::move(*one));
    };
    take({}, *operations);  // a single one needs no list
    for_each_in(*operations, take);
    return facts;
}

// "room_lock", "home_lock" and "lock" in the document, 4 in the pushes about installations.
bool is_lock(const json_value& device) {
    const auto type = device.text_of("type");
    return type == "4" || type.find("lock") != std::string::npos;
}

void read_device(const std::string& home_id, const json_value& device, std::vector<reported_device>& out) {
    if (!device.is_object() || !is_lock(device)) return;
    reported_device lock;
    lock.lock_uuid = device.text_of("uuid");
    if (lock.lock_uuid.empty()) return;
    lock.cloud_home_id = device.text_of("home_id");
    if (lock.cloud_home_id.empty()) lock.cloud_home_id = home_id;
    lock.cloud_room_id = device.text_of("room_id");
    lock.gateway_uuid = device.text_of("center_uuid");
    for (const auto* name : {"name", "nickname", "room_name", "description"}) {
        if (lock.name.empty()) lock.name = device.text_of(name);
    }
    out.push_back(std::move(lock));
}

result<command_facts> read_devices(const std::string& asked_home_id, const json_value& body) {
    const auto* homes = body.find("result");
    if (!homes) return fail(errc::unavailable, "the reply carries no result");
    command_facts facts;
    for_each_in(*homes, [&](const std::string& home_id, const json_value& home) {
        read_device(asked_home_id, home, facts.devices);  // find_home_device lists the devices themselves
        if (!home.is_array()) return;
        for (const auto& device : home.items()) read_device(home_id, device, facts.devices);
    });
    return facts;
}

result<command_facts> read_pins(const json_value& body) {
    auto pins = read_inventory(body);
    if (!pins) return std::unexpected(std::move(pins.error()));
    command_facts facts;
    facts.credentials = std::move(*pins);
    return facts;
}

}  // namespace

result<command_facts> read_facts(const vendor_command& command, const json_value& body) {
    command_facts facts;
    switch (command.verb) {
        case command_verb::read_pins:
            return read_pins(body);
        case command_verb::read_dynamic_pin:
            return read_dynamic_pin(body);
        case command_verb::read_lock:
            return read_lock(body);
        case command_verb::read_log:
            return read_log(body);
        case command_verb::read_operation_log:
            return read_operations(body);
        case command_verb::list_devices:
            return read_devices(command.cloud_home_id, body);
        default:
            return facts;
    }
}

}  // namespace lockhub::dingding
