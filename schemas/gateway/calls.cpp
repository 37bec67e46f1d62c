#include "schemas/gateway/calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "schemas/gateway/biometrics.hpp"
#include "schemas/gateway/open_end.hpp"
#include "schemas/wire/bytes_text.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_writer.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::gateway {

namespace {

using enum command_verb;

std::string_view call_name(const vendor_command& command) {
    switch (command.verb) {
        case set_pin:
        case replace_pin:
            return "GatewayUploadOnline";
        case remove_pin:
            return command.offline_pin ? "GatewayStopOffline" : "GatewayStopOnline";
        case read_dynamic_pin:
            return "MakeOffline";
        case make_card:
            return "MarkRoomCard";
        case read_card:
            return "ReadCard";
        case clear_card:
        case lose_cards:
            return "ClearRoomCard";
        case list_devices:
            return "GetRoomList";
        case open_door:
            return "GatewayOpen";
        case upload_face:
            return "GatewayUploadFace";
        case stop_face:
            return "GatewayStopFace";
        case upload_fingerprint:
            return "GatewayUploadFinger";
        case stop_fingerprint:
            return "GatewayStopFinger";
        default:
            return "";
    }
}

bool is_digits(const secret& pin) {
    return !pin.empty() && std::ranges::all_of(pin.reveal(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_online_pin(const secret& pin) {
    constexpr std::size_t shortest = 6, longest = 10;
    return is_digits(pin) && pin.reveal().size() >= shortest && pin.reveal().size() <= longest;
}

bool is_sequence_number(const std::string& text) {
    const auto number = wire::whole_number(text);
    return number && *number >= first_sequence_number && *number <= last_sequence_number &&
           std::to_string(*number) == text;
}

bool is_about_room(command_verb verb) {
    return verb != read_card && verb != list_devices;
}

// The command's room; for a card at a reader the one it was seen to open, which may be none.
const std::string& room_of(const vendor_command& command) {
    return command.verb == clear_card && command.lock_uuid.empty() ? command.card.lock_uuid : command.lock_uuid;
}

bool uploads_biometric(command_verb verb) {
    return verb == upload_face || verb == upload_fingerprint;
}

bool about_biometric(command_verb verb) {
    return uploads_biometric(verb) || verb == stop_face || verb == stop_fingerprint;
}

std::string_view missing_biometric_part(const vendor_command& command) {
    if (!is_sequence_number(command.credential_ref)) return "a sequence number from 1 to 49";
    if (!uploads_biometric(command.verb)) return {};
    const auto data = command.biometric.reveal();
    if (command.verb == upload_face && !wire::is_base64(data)) return "a picture as base64";
    if (command.verb == upload_fingerprint && !wire::is_hex(data)) return "a fingerprint as hexadecimal digits";
    return command.valid_from ? "" : "the beginning of its validity";
}

// What the command lacks; "" when nothing.
std::string_view missing_part(const vendor_command& command) {
    const bool needs_room = is_about_room(command.verb) && command.verb != clear_card;
    if (needs_room && command.lock_uuid.empty()) return "a room id";
    if (about_biometric(command.verb)) return missing_biometric_part(command);
    const bool writes_pin = command.verb == set_pin || command.verb == replace_pin;
    if (writes_pin && !is_online_pin(command.pin)) return "a PIN of 6 to 10 digits";
    const bool removes_online = command.verb == remove_pin && !command.offline_pin;
    if ((writes_pin || removes_online) && !is_sequence_number(command.credential_ref)) {
        return "a sequence number from 1 to 49";
    }
    if (command.verb == remove_pin && command.offline_pin && !is_digits(command.pin)) return "the computed PIN";
    if (command.verb == make_card && !command.valid_from) return "the beginning of the stay";
    // Without a card the same call would report every card of the room lost.
    if (command.verb == clear_card && command.card.card_id.empty()) return "the card's id";
    return {};
}

void add_biometric(wire::form& out, const vendor_command& command) {
    if (command.verb == upload_face) {
        out.add("base64", std::string(command.biometric.reveal()));
    } else {
        out.add("hexs", write_fingerprint(command.biometric));
    }
    out.add("m1", command.credential_ref);
    out.add("abkp", format_china_time(*command.valid_from));
    out.add("unValid", write_end(command.valid_until));
}

// In the document's order.
wire::form parameters(const vendor_command& command) {
    wire::form out;
    if (is_about_room(command.verb) && !room_of(command).empty()) out.add("rm_id", room_of(command));
    switch (command.verb) {
        case set_pin:
        case replace_pin:
            out.add("m1", command.credential_ref);
            out.add("pwd", std::string(command.pin.reveal()));
            out.add("unValid", write_end(command.valid_until));
            break;
        case remove_pin:
            if (!command.offline_pin) {
                out.add("m1", command.credential_ref);
                break;
            }
            out.add("muid", std::string(command.pin.reveal()));
            out.add("unValid", write_end(command.valid_until));
            break;
        case read_dynamic_pin:
            out.add("unValid", write_end(command.valid_until));
            break;
        case make_card:
            out.add("abkp", format_china_time(*command.valid_from));
            out.add("unValid", write_end(command.valid_until));
            break;
        case clear_card:
            out.add("card_id", command.card.card_id);
            break;
        case upload_face:
        case upload_fingerprint:
            add_biometric(out, command);
            break;
        case stop_face:
        case stop_fingerprint:
            out.add("m1", command.credential_ref);
            break;
        default:
            break;
    }
    return out;
}

// `m1` is the document's Int; everything else is text, rm_id too, which it calls a Long in some places only.
std::string to_json(const wire::form& form) {
    wire::json_writer out;
    out.begin_object();
    for (const auto& [name, value] : form.fields()) {
        out.key(name);
        if (name == "m1") {
            out.value(wire::whole_number(value).value_or(0));
        } else {
            out.value(value);
        }
    }
    out.end_object();
    return out.take();
}

}  // namespace

bool reaches_lock(command_verb verb) {
    return verb == set_pin || verb == replace_pin || verb == remove_pin || verb == open_door || about_biometric(verb);
}

result<wire::http_request> encode_call(const account_settings& settings, const vendor_command& command) {
    const auto call = call_name(command);
    if (call.empty()) {
        return fail(errc::unsupported, fmt::format("the gateway has no call for {}", to_string(command.verb)));
    }
    if (const auto missing = missing_part(command); !missing.empty()) {
        return fail(errc::invalid_input, fmt::format("{} needs {}", call, missing));
    }
    return make_request(settings, call, parameters(command));
}

wire::http_request make_request(const account_settings& settings, std::string_view call, const wire::form& parameters) {
    wire::form form;
    form.add("appid", settings.appid);
    form.add("appsecret", std::string(settings.appsecret.reveal()));
    for (const auto& [name, value] : parameters.fields()) form.add(name, value);
    const bool as_form = settings.body == body_format::form;
    return {.method = "POST",
            .url = fmt::format("{}/Api/{}", settings.base_url, call),
            .headers = {{"Content-Type", as_form ? "application/x-www-form-urlencoded" : "application/json"}},
            .body = as_form ? form.encode() : to_json(form)};
}

}  // namespace lockhub::gateway
