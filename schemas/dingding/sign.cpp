#include "schemas/dingding/sign.hpp"

#include <algorithm>

#include "schemas/wire/digest.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::dingding {

namespace {

constexpr std::string_view sign_name = "sign";

// As JSON.stringify writes: only quotes, backslashes and control characters escaped. Numbers stay as they came.
void append_unescaped(std::string& out, const wire::json_value& value) {
    using kind = wire::json_value::kind;
    switch (value.type()) {
        case kind::null:
            out += "null";
            break;
        case kind::boolean:
        case kind::number:
            out += value.text();
            break;
        case kind::string:
            wire::append_json_string(out, value.text());
            break;
        case kind::array:
            out += '[';
            for (const auto& item : value.items()) {
                if (&item != &value.items().front()) out += ',';
                append_unescaped(out, item);
            }
            out += ']';
            break;
        case kind::object:
            out += '{';
            for (const auto& member : value.members()) {
                if (&member != &value.members().front()) out += ',';
                wire::append_json_string(out, member.first);
                out += ':';
                append_unescaped(out, member.second);
            }
            out += '}';
            break;
    }
}

void append_sign_text(std::string& out, std::string_view registered_url, const push_message& message,
                      nested_text nested) {
    out += registered_url;
    bool first = true;
    for (const auto& field : message.fields()) {
        if (field.name == sign_name) continue;
        if (!first) out += '&';
        first = false;
        out += field.name;
        out += '=';
        if (nested == nested_text::unescaped && field.is_container()) {
            append_unescaped(out, *field.value);
        } else {
            out += field.text;
        }
    }
}

bool has_nested_escapes(const push_message& message) {
    return std::ranges::any_of(message.fields(), [](const message_field& field) {
        return field.is_container() && field.text.find('\\') != std::string_view::npos;
    });
}

}  // namespace

std::string sign_text(std::string_view registered_url, const push_message& message, nested_text nested) {
    std::string out;
    append_sign_text(out, registered_url, message, nested);
    return out;
}

sign_state check_sign(std::string_view registered_url, const push_message& message) {
    const auto sign = message.text_of(sign_name);
    if (sign.empty()) return sign_state::missing;
    thread_local std::string text;
    text.clear();
    append_sign_text(text, registered_url, message, nested_text::as_written);
    if (wire::equal_ignoring_case(wire::md5_hex({text}), sign)) return sign_state::valid;
    if (!has_nested_escapes(message)) return sign_state::wrong;
    text.clear();
    append_sign_text(text, registered_url, message, nested_text::unescaped);
    return wire::equal_ignoring_case(wire::md5_hex({text}), sign) ? sign_state::valid : sign_state::wrong;
}

}  // namespace lockhub::dingding
