#include "schemas/wire/json_scan.hpp"

#include <fmt/format.h>

#include "schemas/core/limits.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub::wire {

using simdjson::ondemand::json_type;

struct json_value_builder {
    static void set(json_value& out, json_value::kind kind, std::string_view text = {}) {
        out.kind_ = kind;
        out.text_ = text;
    }
    static json_value& add_item(json_value& out) { return out.items_.emplace_back(); }
    static json_value& add_member(json_value& out, std::string_view name) {
        return out.members_.emplace_back(std::string(name), json_value()).second;
    }
};

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view token) {
    const auto end = token.find_last_not_of(" \t\r\n");
    return token.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// The text between a key's quotes, as written. The key is known to be closed.
std::string_view key_as_written(simdjson::ondemand::raw_json_string key) {
    const char* const begin = key.raw();
    const char* end = begin;
    while (*end != '"') end += *end == '\\' ? 2 : 1;
    return {begin, static_cast<std::size_t>(end - begin)};
}

std::string_view token_of(simdjson::ondemand::value& value) {
    return trimmed(value.raw_json_token());
}

std::unexpected<error> too_deep() {
    return fail(errc::invalid_input, fmt::format("JSON is nested deeper than {} levels", limits::json_depth));
}

}  // namespace

std::unexpected<error> json_scan::broken(simdjson::error_code code) {
    std::string where;
    const char* at = nullptr;
    if (document_.is_alive() && document_.current_location().get(at) == simdjson::SUCCESS && at >= padded_.data() &&
        at <= padded_.data() + size_) {
        where = fmt::format(" near byte {}", at - padded_.data());
    }
    return fail(errc::invalid_input, fmt::format("not valid JSON{}: {}", where, simdjson::error_message(code)));
}

result<simdjson::ondemand::document*> json_scan::open(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    size_ = text.size();
    padded_.assign(text);
    padded_.append(simdjson::SIMDJSON_PADDING, ' ');
    const simdjson::padded_string_view view(padded_.data(), size_, padded_.size());
    if (const auto code = parser_.iterate(view).get(document_)) {
        document_ = {};
        return broken(code);
    }
    return &document_;
}

result<> json_scan::finish() {
    const char* at = nullptr;
    const auto code = document_.current_location().get(at);
    if (code == simdjson::OUT_OF_BOUNDS) return {};
    if (code != simdjson::SUCCESS) return broken(code);
    return fail(errc::invalid_input,
                fmt::format("not valid JSON: something follows the document at byte {}", at - padded_.data()));
}

result<json_scan::scalar> json_scan::read_scalar(simdjson::ondemand::value value) {
    const auto token = token_of(value);
    if (token.starts_with('"')) {
        std::string_view text;
        if (const auto code = value.get_string().get(text)) return broken(code);
        return scalar{json_value::kind::string, text};
    }
    if (token == "null") return scalar{};
    if (token == "true" || token == "false") return scalar{json_value::kind::boolean, token};
    if (!is_json_number(token)) return broken(simdjson::NUMBER_ERROR);
    return scalar{json_value::kind::number, token};
}

result<> json_scan::read(simdjson::ondemand::value value, std::size_t depth, json_value& out, std::string* compact) {
    json_type type{};
    if (const auto code = value.type().get(type)) return broken(code);
    if (type == json_type::object || type == json_type::array) {
        if (depth >= limits::json_depth) return too_deep();
        return type == json_type::object ? read_object(value, depth, out, compact)
                                         : read_array(value, depth, out, compact);
    }
    const auto token = token_of(value);
    const auto read = read_scalar(value);
    if (!read) return std::unexpected(read.error());
    json_value_builder::set(out, read->kind, read->text);
    if (compact) *compact += token;
    return {};
}

result<> json_scan::read_object(simdjson::ondemand::value value, std::size_t depth, json_value& out,
                                std::string* compact) {
    json_value_builder::set(out, json_value::kind::object);
    if (compact) *compact += '{';
    simdjson::ondemand::object object;
    if (const auto code = value.get_object().get(object)) return broken(code);
    bool first = true;
    for (auto each : object) {
        simdjson::ondemand::field field;
        if (const auto code = std::move(each).get(field)) return broken(code);
        const auto written = key_as_written(field.key());
        std::string_view name;
        if (const auto code = field.unescaped_key().get(name)) return broken(code);
        if (compact) {
            if (!first) *compact += ',';
            *compact += '"';
            *compact += written;
            *compact += "\":";
        }
        first = false;
        auto& member = json_value_builder::add_member(out, name);
        if (auto done = read(field.value(), depth + 1, member, compact); !done) return done;
    }
    if (compact) *compact += '}';
    return {};
}

result<> json_scan::read_array(simdjson::ondemand::value value, std::size_t depth, json_value& out,
                               std::string* compact) {
    json_value_builder::set(out, json_value::kind::array);
    if (compact) *compact += '[';
    simdjson::ondemand::array array;
    if (const auto code = value.get_array().get(array)) return broken(code);
    bool first = true;
    for (auto each : array) {
        simdjson::ondemand::value item;
        if (const auto code = std::move(each).get(item)) return broken(code);
        if (compact && !first) *compact += ',';
        first = false;
        if (auto done = read(item, depth + 1, json_value_builder::add_item(out), compact); !done) return done;
    }
    if (compact) *compact += ']';
    return {};
}

result<json_value> json_scan::read_scalar_document() {
    const std::string_view token = trimmed(document_.raw_json_token());
    json_value out;
    if (token.starts_with('"')) {
        std::string_view text;
        if (const auto code = document_.get_string().get(text)) return broken(code);
        json_value_builder::set(out, json_value::kind::string, text);
        if (auto end = finish(); !end) return std::unexpected(end.error());
        return out;
    }
    // On-Demand sees one token here even where more follow; the whole text must be this one.
    const std::string_view whole = trimmed(std::string_view(padded_.data(), size_));
    if (token.data() + token.size() != whole.data() + whole.size()) return broken(simdjson::TAPE_ERROR);
    if (token == "null") return out;
    if (token == "true" || token == "false") {
        json_value_builder::set(out, json_value::kind::boolean, token);
        return out;
    }
    if (!is_json_number(token)) return broken(simdjson::NUMBER_ERROR);
    json_value_builder::set(out, json_value::kind::number, token);
    return out;
}

}  // namespace lockhub::wire
