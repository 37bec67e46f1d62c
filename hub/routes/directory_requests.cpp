#include "hub/routes/directory_requests.hpp"

#include <fmt/format.h>

#include <array>

#include "hub/routes/body_members.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

storage::lock_service service_in(body_members& body) {
    const auto word = body.text("service");
    if (word == to_string(storage::lock_service::card)) return storage::lock_service::card;
    if (!word.empty() && word != to_string(storage::lock_service::password))
        body.wrong(fmt::format("'{}' is no value of 'service': password or card", word));
    return storage::lock_service::password;
}

template <class Value>
result<Value> if_sound(const body_members& body, Value value) {
    if (!body.sound()) return std::unexpected(body.sound().error());
    return value;
}

void write_counts(wire::json_writer& json, const storage::directory_changed& c) {
    json.member("hotels_added", c.hotels_added).member("room_types_added", c.room_types_added);
    json.member("rooms_added", c.rooms_added).member("rooms_changed", c.rooms_changed);
    json.member("rooms_unchanged", c.rooms_unchanged).member("rooms_missing", c.rooms_missing);
    json.member("locks_bound", c.locks_bound).member("locks_unbound", c.locks_unbound);
    json.key("differences").begin_array();
    for (const auto& one : c.differences) {
        json.begin_object().member("what", to_string(one.what)).member("pms", one.pms).member("hotel", one.hotel);
        json.member("room", one.room).member("before", one.before).member("after", one.after).end_object();
    }
    json.end_array();
}

void write_members(wire::json_writer& json, const suggestion_room& room) {
    json.member("room", room.room).member("room_no", room.room_no);
}

void write_members(wire::json_writer& json, const reported_device& device) {
    json.member("lock_uuid", device.lock_uuid).member("name", device.name);
    json.member("cloud_home_id", device.cloud_home_id).member("cloud_room_id", device.cloud_room_id);
}

template <class Items>
void write_list(wire::json_writer& json, std::string_view name, const Items& items) {
    json.key(name).begin_array();
    for (const auto& one : items) {
        json.begin_object();
        write_members(json, one);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

result<sync_request> parse_sync(std::string_view text) {
    constexpr std::array<std::string_view, 3> known{"pms", "dry_run", "actor"};
    body_members body(text, known);
    sync_request request;
    request.pms = pms_id(body.text("pms", true));
    request.dry_run = body.flag("dry_run");
    request.actor = body.text("actor");
    return if_sound(body, std::move(request));
}

result<storage::lock_binding> parse_binding(std::string_view text, bool unbind) {
    constexpr std::array<std::string_view, 10> known{"pms",   "hotel",   "room",      "service",       "dry_run",
                                                     "actor", "account", "lock_uuid", "cloud_home_id", "cloud_room_id"};
    constexpr std::size_t without_lock = 6;
    body_members body(text, unbind ? std::span(known).first(without_lock) : std::span(known));
    storage::lock_binding binding;
    binding.pms = pms_id(body.text("pms", true));
    binding.hotel = hotel_no(body.text("hotel", true));
    binding.room = room_id(body.text("room", true));
    binding.service = service_in(body);
    binding.dry_run = body.flag("dry_run");
    binding.actor = body.text("actor");
    if (!unbind) {
        binding.account = account_id(body.text("account", true));
        binding.lock_uuid = body.text("lock_uuid", true);
        binding.cloud_home_id = body.text("cloud_home_id");
        binding.cloud_room_id = body.text("cloud_room_id");
    }
    return if_sound(body, std::move(binding));
}

result<suggestion_request> parse_suggestion(std::string_view text) {
    constexpr std::array<std::string_view, 7> known{"pms", "hotel", "account", "service", "home", "apply", "actor"};
    body_members body(text, known);
    suggestion_request request;
    request.pms = pms_id(body.text("pms", true));
    request.hotel = hotel_no(body.text("hotel", true));
    request.account = account_id(body.text("account", true));
    request.service = service_in(body);
    request.home = body.text("home");
    request.apply = body.flag("apply");
    request.actor = body.text("actor");
    return if_sound(body, std::move(request));
}

std::string to_json(const storage::directory_changed& changed) {
    wire::json_writer json;
    json.begin_object();
    write_counts(json, changed);
    return json.end_object().take();
}

std::string to_json(const directory_synced& done, bool dry_run) {
    wire::json_writer json;
    json.begin_object().member("applied", !dry_run).member("hotels", done.hotels);
    json.member("room_types", done.room_types).member("rooms", done.rooms).member("calls", done.calls);
    json.key("hotels_without_rooms").begin_array();
    for (const auto& hotel : done.hotels_without_rooms) json.value(hotel);
    json.end_array();
    write_counts(json, done.changed);
    return json.end_object().take();
}

std::string to_json(const lock_suggestions& found, bool apply) {
    wire::json_writer json;
    json.begin_object().member("applied", apply).member("rooms", found.rooms).member("devices", found.devices);
    json.key("suggestions").begin_array();
    for (const auto& one : found.suggestions) {
        json.begin_object();
        write_members(json, one.room);
        write_members(json, one.device);
        json.member("how", to_string(one.how)).member("state", to_string(one.what)).member("note", one.note);
        json.end_object();
    }
    json.end_array().key("unclear").begin_array();
    for (const auto& one : found.unclear) {
        json.begin_object();
        write_list(json, "rooms", one.rooms);
        write_list(json, "devices", one.devices);
        json.end_object();
    }
    json.end_array();
    write_list(json, "rooms_left", found.rooms_left);
    write_list(json, "devices_left", found.devices_left);
    return json.end_object().take();
}

}  // namespace lockhub::hub
