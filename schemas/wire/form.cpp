#include "schemas/wire/form.hpp"

#include <fmt/format.h>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"

namespace lockhub::wire {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '+') {
            out += ' ';
        } else if (c == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += c;
        }
    }
    return out;
}

bool is_unreserved(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.' || c == '*';
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4];
    out += hex[byte & 15];
}

void append_form_text(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            append_escaped(out, c);
        }
    }
}

}  // namespace

result<form> form::parse(std::string_view body) {
    std::vector<field> fields;
    for (std::size_t number = 1; !body.empty();) {
        const auto end = body.find('&');
        const auto pair = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view{} : body.substr(end + 1);
        if (pair.empty()) continue;
        if (fields.size() == limits::form_fields) {
            return fail(errc::invalid_input, fmt::format("form has more than {} fields", limits::form_fields));
        }
        const auto equals = pair.find('=');
        auto name = decode(pair.substr(0, equals));
        auto value = equals == std::string_view::npos ? std::string() : decode(pair.substr(equals + 1));
        if (!is_utf8(name) || !is_utf8(value)) {
            return fail(errc::invalid_input, fmt::format("form field {} is not UTF-8", number));
        }
        fields.emplace_back(std::move(name), std::move(value));
        ++number;
    }
    return form(std::move(fields));
}

std::optional<std::string_view> form::find(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
        if (key == name) return value;
    }
    return std::nullopt;
}

std::string form::encode() const {
    std::string out;
    for (const auto& [name, value] : fields_) {
        if (!out.empty()) out += '&';
        append_form_text(out, name);
        out += '=';
        append_form_text(out, value);
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if ((is_unreserved(c) && c != '*') || c == '~') {
            out += c;
        } else {
            append_escaped(out, c);
        }
    }
    return out;
}

}  // namespace lockhub::wire
