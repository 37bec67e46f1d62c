#include "schemas/domain/field_forms.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "schemas/core/name_table.hpp"
#include "schemas/core/time.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/wire/bytes_text.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"
#include "schemas/wire/number.hpp"

namespace lockhub {

namespace {

using type = vendor_parameter::type;
using wire::json_value;

constexpr name_table<type, type::hex> names{
    {"text", "digits", "boolean", "whole number", "list of texts", "JSON", "time", "time", "base64", "hex"}};
static_assert(names.whole());

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<std::int64_t> plain_number(std::string_view text) {
    const auto digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
    return wire::whole_number(text);
}

bool lies_between(std::int64_t number, const vendor_parameter& parameter) {
    return number >= parameter.lowest && number <= parameter.highest;
}

std::optional<std::string> write_digits(const vendor_parameter& parameter, std::string_view given) {
    const bool plain = std::ranges::all_of(given, is_digit);
    if (!plain || !lies_between(static_cast<std::int64_t>(given.size()), parameter)) return std::nullopt;
    return std::string(given);
}

std::optional<std::string> write_number(const vendor_parameter& parameter, std::string_view given) {
    const auto number = plain_number(given);
    if (!number || !lies_between(*number, parameter)) return std::nullopt;
    return std::to_string(*number);
}

std::optional<std::string> write_boolean(std::string_view given) {
    if (given != "true" && given != "false") return std::nullopt;
    return std::string(given);
}

std::optional<std::vector<std::string>> read_list(std::string_view given) {
    std::vector<std::string> out;
    if (given.starts_with('[')) {
        const auto list = json_value::parse(given);
        if (!list || !list->is_array()) return std::nullopt;
        for (const auto& item : list->items()) {
            const bool scalar = item.type() == json_value::kind::string || item.type() == json_value::kind::number;
            if (!scalar || item.text().empty()) return std::nullopt;
            out.push_back(item.text());
        }
        return out.empty() ? std::nullopt : std::optional(std::move(out));
    }
    for (;;) {
        const auto comma = given.find(',');
        const auto item = given.substr(0, comma);
        if (item.empty()) return std::nullopt;
        out.emplace_back(item);
        if (comma == std::string_view::npos) return out;
        given.remove_prefix(comma + 1);
    }
}

std::optional<std::string> write_list(std::string_view given) {
    const auto texts = read_list(given);
    if (!texts) return std::nullopt;
    wire::json_writer list;
    list.begin_array();
    for (const auto& text : *texts) list.value(text);
    list.end_array();
    return list.take();
}

std::optional<std::string> write_json(std::string_view given) {
    if (!json_value::parse(given)) return std::nullopt;
    return std::string(given);
}

std::optional<time_point> read_time(std::string_view given) {
    if (const auto named = parse_china_time(given)) return named;
    constexpr std::int64_t year_10000_s = 253'402'300'800;
    const auto seconds = plain_number(given);
    if (!seconds || *seconds < 0 || *seconds >= year_10000_s) return std::nullopt;
    return from_unix_ms(*seconds * 1000);
}

std::optional<std::string> write_seconds(std::string_view given) {
    const auto at = read_time(given);
    if (!at) return std::nullopt;
    return std::to_string(to_unix_ms(*at) / 1000);
}

std::optional<std::string> write_china_time(std::string_view given) {
    const auto at = read_time(given);
    return at ? std::optional(format_china_time(*at)) : std::nullopt;
}

std::optional<std::string> keep_if(bool good, std::string_view given) {
    return good ? std::optional(std::string(given)) : std::nullopt;
}

}  // namespace

std::string_view to_string(vendor_parameter::type what) {
    return names.of(what);
}

std::string_view to_string(vendor_outcome what) {
    static constexpr name_table<vendor_outcome, vendor_outcome::unavailable> outcomes{
        {"done", "refused", "token_refused", "unavailable"}};
    static_assert(outcomes.whole());
    return outcomes.of(what);
}

std::string_view form_of(vendor_parameter::type what) {
    switch (what) {
        case type::text:
            return "a text in UTF-8";
        case type::digits:
            return "digits";
        case type::boolean:
            return "true or false";
        case type::whole_number:
            return "a whole number";
        case type::text_list:
            return "a list of texts with commas between them, or a JSON list";
        case type::json:
            return "JSON";
        case type::time_seconds:
        case type::time_china:
            return "a time: yyyy-MM-dd HH:mm:ss in China time, or seconds since 1970";
        case type::base64:
            return "base64 text";
        case type::hex:
            return "pairs of hexadecimal digits";
    }
    return "";
}

std::optional<std::string> write_value(const vendor_parameter& parameter, std::string_view given) {
    if (given.empty() && parameter.what != type::text) return std::nullopt;
    switch (parameter.what) {
        case type::text:
            return keep_if(is_utf8(given), given);
        case type::digits:
            return write_digits(parameter, given);
        case type::boolean:
            return write_boolean(given);
        case type::whole_number:
            return write_number(parameter, given);
        case type::text_list:
            return is_utf8(given) ? write_list(given) : std::nullopt;
        case type::json:
            return write_json(given);
        case type::time_seconds:
            return write_seconds(given);
        case type::time_china:
            return write_china_time(given);
        case type::base64:
            return keep_if(wire::is_base64(given), given);
        case type::hex:
            return keep_if(wire::is_hex(given), given);
    }
    return std::nullopt;
}

bool is_json_as_written(vendor_parameter::type what) {
    switch (what) {
        case type::boolean:
        case type::whole_number:
        case type::text_list:
        case type::json:
        case type::time_seconds:
            return true;
        default:
            return false;
    }
}

}  // namespace lockhub
