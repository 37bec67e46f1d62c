#include "schemas/domain/message_mask.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "schemas/wire/form.hpp"

namespace lockhub {

namespace {

using wire::json_value;

// Lower case. `key` is how 云柚's sister product carries its secret; the rest are the words of the three documents and
// those of clients.
constexpr std::array<std::string_view, 17> hidden_names{
    "access_token", "accesst_token", "acccess_token", "token", "client_secret", "appsecret", "secret",
    "key",          "password",      "passwords",     "pwd",   "muid",          "base64",    "encrypted_password",
    "hexs",         "sign",          "authorization"};
constexpr std::array<std::string_view, 8> phone_names{"phonenumber",    "phone",   "phone_number", "mobile",
                                                      "authoredmobile", "send_to", "opener",       "operator"};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, lower(name)) != names.end();
}

// "138****1234"; nothing else that stands in such a member, a name perhaps, is hidden.
std::string shown_phone(std::string_view text) {
    constexpr std::size_t shortest = 7, head = 3, tail = 4;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(text, is_digit));
    if (digits < shortest) return std::string(text);
    return fmt::format("{}****{}", text.substr(0, head), text.substr(text.size() - tail));
}

bool is_scalar(const json_value& value) {
    return !value.is_object() && !value.is_array();
}

}  // namespace

message_mask::message_mask(std::vector<secret> values) {
    for (auto& each : values) add(std::move(each));
}

void message_mask::add(secret value) {
    constexpr std::size_t shortest = 4;
    if (value.reveal().size() < shortest) return;
    // The longest first: a PIN may stand in a longer secret.
    const auto shorter =
        std::ranges::find_if(values_, [&](const secret& each) { return each.reveal().size() < value.reveal().size(); });
    values_.insert(shorter, std::move(value));
}

std::vector<secret> message_mask::secrets_of(const wire::http_request& message) {
    std::vector<secret> out;
    const auto take = [&](std::string_view name, std::string_view value) {
        if (is_one_of(hidden_names, name)) out.emplace_back(std::string(value));
    };
    const auto take_form = [&](std::string_view text) {
        const auto fields = wire::form::parse(text);
        if (!fields) return;
        for (const auto& [name, value] : fields->fields()) take(name, value);
    };
    if (const auto query = message.url.find('?'); query != std::string::npos) {
        take_form(std::string_view(message.url).substr(query + 1));
    }
    const auto json = json_value::parse(message.body);
    if (!json || !json->is_object()) {
        take_form(message.body);
        return out;
    }
    for (const auto& [name, value] : json->members()) take(name, value.text());
    return out;
}

std::string message_mask::text(std::string_view text) const {
    std::string out(text);
    for (const auto& each : values_) {
        const auto wanted = each.reveal();
        for (auto at = out.find(wanted); at != std::string::npos; at = out.find(wanted, at + hidden.size())) {
            out.replace(at, wanted.size(), hidden);
        }
    }
    return out;
}

std::string message_mask::value(std::string_view name, std::string_view given) const {
    if (given.empty()) return {};
    if (is_one_of(hidden_names, name)) return std::string(hidden);
    return is_one_of(phone_names, name) ? shown_phone(text(given)) : text(given);
}

void message_mask::write(wire::json_writer& out, const json_value& value) const {
    write(out, "", value);
}

// Directly below a member that is hidden, only `id` shows: 丁盯 nests a password's number and its digits.
void message_mask::write(wire::json_writer& out, std::string_view name, const json_value& value) const {
    switch (value.type()) {
        case json_value::kind::null:
            out.null();
            return;
        case json_value::kind::object:
            out.begin_object();
            for (const auto& [member, below] : value.members()) {
                const bool keeps_hidden = is_one_of(hidden_names, name) && is_scalar(below) && member != "id";
                out.key(member);
                write(out, keeps_hidden ? name : std::string_view(member), below);
            }
            out.end_object();
            return;
        case json_value::kind::array:
            out.begin_array();
            for (const auto& item : value.items()) write(out, name, item);
            out.end_array();
            return;
        default:
            break;
    }
    const auto shown = this->value(name, value.text());
    const bool bare = value.type() != json_value::kind::string && shown == value.text();
    if (bare) {
        out.raw(shown);
    } else {
        out.value(shown);
    }
}

std::string message_mask::form(std::string_view text) const {
    const auto fields = wire::form::parse(text);
    if (!fields) return std::string(hidden);
    wire::form shown;
    for (const auto& [name, given] : fields->fields()) shown.add(name, value(name, given));
    return shown.encode();
}

wire::http_request message_mask::request(const wire::http_request& message) const {
    wire::http_request out{.method = message.method, .url = message.url, .headers = {}, .body = {}};
    if (const auto query = message.url.find('?'); query != std::string::npos) {
        out.url = message.url.substr(0, query + 1) + form(std::string_view(message.url).substr(query + 1));
    }
    out.url = text(out.url);
    for (const auto& [name, given] : message.headers) out.headers.emplace_back(name, value(name, given));
    if (message.body.empty()) return out;
    const auto json = json_value::parse(message.body);
    if (!json) {
        out.body = form(message.body);
        return out;
    }
    wire::json_writer body;
    write(body, *json);
    out.body = body.take();
    return out;
}

}  // namespace lockhub
