#include "schemas/dingding/push.hpp"

#include <utility>

#include "schemas/dingding/dedupe.hpp"
#include "schemas/dingding/event_names.hpp"
#include "schemas/dingding/events.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::dingding {

namespace {

using wire::json_value;

constexpr std::int64_t result_succeeded = 1000;

std::string text_of(const push_message& message, std::string_view name) {
    return std::string(message.scalar_of(name));
}

// `detail` and `result` are objects; a form, and 丁盯's inner bus, carry them as JSON text. `parsed` keeps what that is
// read into.
const json_value& object_of(const push_message& message, std::string_view name, json_value& parsed) {
    const auto* field = message.find(name);
    if (field && field->is_container()) return *field->value;
    if (field && field->text.starts_with('{')) parsed = json_value::parse(field->text).value_or(json_value());
    return parsed;
}

bool mentions_password(const push_message& message, std::string_view name) {
    const auto text = message.text_of(name);
    return text.find("\"password\"") != std::string_view::npos || text.find("\"passwords\"") != std::string_view::npos;
}

command_result make_result(const push_message& message) {
    command_result out;
    out.service = text_of(message, "service");
    out.ref = text_of(message, "serviceid");
    if (out.ref.empty()) out.ref = text_of(message, "service_id");
    out.device_uuid = text_of(message, "uuid");
    out.about_lock = is_lock_service(out.service);
    json_value parsed;
    const auto& content = object_of(message, "result", parsed);
    const auto code = content.integer_of("ErrNo");
    // Without a code it says neither yes nor no: it is kept, settles nothing, and the poll finds out.
    if (!code) out.about_lock = false;
    out.code = code.value_or(0);
    out.ok = out.code == result_succeeded;
    if (out.about_lock) {
        out.credential_ref = content.text_of("passwordid");
        if (out.credential_ref.empty()) out.credential_ref = content.text_of("id");
    }
    return out;
}

std::optional<std::int64_t> positive_number(std::string_view text) {
    const auto number = wire::whole_number(text);
    return number && *number > 0 ? number : std::nullopt;
}

}  // namespace

bool is_push(const push_message& message) {
    return !message.scalar_of("event").empty() || !message.scalar_of("service").empty();
}

result<parsed_push> interpret(const account_id& account, const push_message& message) {
    parsed_push out;
    out.device_uuid = text_of(message, "uuid");
    out.home_id = text_of(message, "home_id");
    out.room_id = text_of(message, "room_id");
    out.gateway_uuid = text_of(message, "center_uuid");

    const auto wire_name = message.scalar_of("event");
    if (wire_name.empty()) {
        auto content = make_result(message);
        out.name = content.service;
        out.may_carry_pin = mentions_password(message, "result");
        out.key = make_dedupe_key(account, message, true, positive_number(content.ref));
        out.content = std::move(content);
        return out;
    }
    out.name = wire_name;
    const auto name = find_event_name(wire_name);
    const auto occurred_at = read_time_ms(message.scalar_of("time"));
    json_value parsed;
    auto events = make_events(name, out.device_uuid, occurred_at, object_of(message, "detail", parsed));
    if (!events) return std::unexpected(std::move(events.error()));
    out.content = std::move(*events);
    out.may_carry_pin = name.may_carry_pin || (!name.known && mentions_password(message, "detail"));
    const auto order = occurred_at ? std::optional(to_unix_ms(*occurred_at)) : std::nullopt;
    out.key = make_dedupe_key(account, message, false, order);
    return out;
}

}  // namespace lockhub::dingding
