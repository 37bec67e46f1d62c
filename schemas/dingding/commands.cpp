#include "schemas/dingding/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/dingding/readings.hpp"
#include "schemas/dingding/reply.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_writer.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::dingding {

namespace {

using wire::json_writer;

std::string_view call_name(command_verb verb) {
    switch (verb) {
        case command_verb::set_pin:
            return "add_password";
        case command_verb::replace_pin:
            return "update_password";
        case command_verb::remove_pin:
            return "delete_password";
        case command_verb::freeze_pin:
            return "frozen_password";
        case command_verb::unfreeze_pin:
            return "unfrozen_password";
        case command_verb::read_pins:
            return "fetch_passwords";
        case command_verb::read_dynamic_pin:
            return "get_dynamic_password_plaintext";
        case command_verb::read_lock:
            return "get_lock_info";
        case command_verb::read_log:
            return "get_lock_events";
        case command_verb::list_devices:
            return "find_home_devices";
        case command_verb::read_operation_log:
            return "search_device_op_log";
        default:
            return "";
    }
}

bool has_device(const vendor_command& command) {
    return !command.lock_uuid.empty() || !command.cloud_room_id.empty();
}

bool is_pin(const secret& pin) {
    return !pin.empty() && std::ranges::all_of(pin.reveal(), [](char c) { return c >= '0' && c <= '9'; });
}

bool writes_pin(command_verb verb) {
    return verb == command_verb::set_pin || verb == command_verb::replace_pin;
}

// What the command lacks; "" when nothing.
std::string_view missing_part(const vendor_command& command) {
    if (command.verb == command_verb::list_devices) return command.cloud_home_id.empty() ? "a home id" : "";
    if (!has_device(command)) return "a lock uuid or a room id";
    if (writes_pin(command.verb) && !is_pin(command.pin)) return "a PIN made of digits";
    const bool names_credential = changes_lock(command.verb) && command.verb != command_verb::set_pin;
    if (names_credential && command.credential_ref.empty()) return "the password id";
    return {};
}

// The uuid alone names a lock; 丁盯 takes the room only where no uuid is given.
void write_device(json_writer& body, const vendor_command& command) {
    if (!command.lock_uuid.empty()) {
        body.member("uuid", command.lock_uuid);
        return;
    }
    if (!command.cloud_home_id.empty()) body.member("home_id", command.cloud_home_id);
    body.member("room_id", command.cloud_room_id);
}

void write_password_id(json_writer& body, const std::string& ref) {
    const auto number = wire::whole_number(ref);
    body.key("password_id");
    if (number && std::to_string(*number) == ref) {
        body.value(*number);
    } else {
        body.value(ref);
    }
}

std::int64_t to_seconds(time_point t) {
    return std::chrono::floor<std::chrono::seconds>(t.time_since_epoch()).count();
}

// Without both 丁盯 makes a permanent password.
void write_permission(json_writer& body, const vendor_command& command, time_point now) {
    if (!command.valid_from && !command.valid_until) return;
    body.member("permission_begin", to_seconds(command.valid_from.value_or(now)));
    if (command.valid_until) body.member("permission_end", to_seconds(*command.valid_until));
}

std::string make_url(const account_settings& settings, std::string_view call) {
    return fmt::format("{}/{}", settings.base_url, call);
}

std::int64_t to_seconds_up(time_point t) {
    return std::chrono::ceil<std::chrono::seconds>(t.time_since_epoch()).count();
}

wire::http_request make_get(const account_settings& settings, const vendor_command& command, const access_token& token,
                            std::string_view call) {
    std::string url = make_url(settings, call);
    // Section 7.3 calls `uuid` the gateway's, and takes it before the room: the room is named where it is known.
    const bool reads_operations = command.verb == command_verb::read_operation_log;
    const bool by_room = command.lock_uuid.empty() || (reads_operations && !command.cloud_room_id.empty());
    const auto add = [&](char separator, std::string_view name, std::string_view value) {
        url += separator;
        url += name;
        url += '=';
        url += wire::percent_encode(value);
    };
    add('?', "access_token", token.value.reveal());
    if (!by_room) {
        add('&', "uuid", command.lock_uuid);
    } else {
        if (!command.cloud_home_id.empty()) add('&', "home_id", command.cloud_home_id);
        add('&', "room_id", command.cloud_room_id);
    }
    if (command.verb == command_verb::read_log || reads_operations) {
        add('&', "offset", std::to_string(command.page.offset));
        if (command.page.count > 0) add('&', "count", std::to_string(command.page.count));
        add('&', "start_time", std::to_string(to_seconds(command.page.from)));
        add('&', "end_time", std::to_string(to_seconds_up(command.page.until)));
    }
    return {.method = "GET", .url = std::move(url), .headers = {}, .body = {}};
}

wire::http_request as_json_post(const account_settings& settings, command_verb verb, json_writer& body) {
    return {.method = "POST",
            .url = make_url(settings, call_name(verb)),
            .headers = {{"Content-Type", "application/json"}},
            .body = body.take()};
}

wire::http_request make_post(const account_settings& settings, const vendor_command& command, const access_token& token,
                             time_point now) {
    json_writer body;
    body.begin_object().member("access_token", token.value.reveal());
    write_device(body, command);
    if (command.verb != command_verb::set_pin) write_password_id(body, command.credential_ref);
    if (writes_pin(command.verb)) {
        body.member("phonenumber", settings.phone_number);
        if (command.verb == command_verb::set_pin) body.member("is_default", command.manage ? 1 : 0);
        body.member("password", command.pin.reveal());
        if (!command.label.empty()) body.member("name", command.label);
        write_permission(body, command, now);
    }
    body.end_object();
    return as_json_post(settings, command.verb, body);
}

// The document says `home_id`, the clients of today `home_ids`: a list in both.
wire::http_request make_device_list_post(const account_settings& settings, const vendor_command& command,
                                         const access_token& token) {
    json_writer body;
    body.begin_object().member("access_token", token.value.reveal());
    for (const auto* name : {"home_id", "home_ids"}) {
        body.key(name).begin_array().value(command.cloud_home_id).end_array();
    }
    body.end_object();
    return as_json_post(settings, command.verb, body);
}

}  // namespace

result<wire::http_request> encode_command(const account_settings& settings, const vendor_command& command,
                                          const access_token& token, time_point now) {
    const auto call = call_name(command.verb);
    if (call.empty()) return fail(errc::unsupported, fmt::format("丁盯 has no call for {}", to_string(command.verb)));
    if (const auto missing = missing_part(command); !missing.empty()) {
        return fail(errc::invalid_input, fmt::format("{} needs {}", call, missing));
    }
    if (command.verb == command_verb::list_devices) return make_device_list_post(settings, command, token);
    return changes_lock(command.verb) ? make_post(settings, command, token, now)
                                      : make_get(settings, command, token, call);
}

result<wire::http_request> encode_fetch_passwords(const account_settings& settings, const vendor_command& command,
                                                  const access_token& token) {
    if (!has_device(command)) return fail(errc::invalid_input, "fetch_passwords needs a lock uuid or a room id");
    return make_get(settings, command, token, call_name(command_verb::read_pins));
}

// 5006 names the password; 15006 is the document's "no such record" (section 3.1).
bool says_unknown_password(std::int64_t code) {
    return code == 5006 || code == 15006;
}

command_reply decode_command(const vendor_command& command, const wire::http_response& response) {
    const auto reply = read_reply(response);
    switch (reply.kind) {
        case api_reply::outcome::unavailable:
            return reply::retry{reply.retry_after, reply.message, reply.refused, reply.busy};
        case api_reply::outcome::token_refused:
            return reply::renew_token{reply.message};
        case api_reply::outcome::refused:
            return reply::rejected{reply.code, reply.message, says_unknown_password(reply.code)};
        case api_reply::outcome::done:
            break;
    }
    if (!changes_lock(command.verb)) {
        auto facts = read_facts(command, reply.body);
        if (!facts) return reply::retry{std::nullopt, std::move(facts.error().message)};
        return reply::done{std::move(*facts)};
    }
    reply::accepted accepted;
    accepted.ref = reply.body.text_of("serviceid");
    if (accepted.ref.empty()) accepted.ref = reply.body.text_of("service_id");
    accepted.credential_ref = reply.body.text_of("id");
    if (accepted.credential_ref.empty()) accepted.credential_ref = command.credential_ref;
    return accepted;
}

}  // namespace lockhub::dingding
