#include "tests/simulators/push_body.hpp"

#include <fmt/format.h>

namespace lockhub::simulators {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

push_body& push_body::text(std::string_view name, std::string_view value) {
    member(name, quoted(value), value);
    return *this;
}

push_body& push_body::number(std::string_view name, std::int64_t value) {
    const std::string digits = std::to_string(value);
    member(name, digits, digits);
    return *this;
}

push_body& push_body::null(std::string_view name) {
    member(name, "null", "");
    return *this;
}

push_body& push_body::json(std::string_view name, std::string_view compact_json) {
    member(name, compact_json, compact_json);
    return *this;
}

void push_body::member(std::string_view name, std::string_view as_json, std::string_view as_signed) {
    if (!members_.empty()) members_ += ',';
    members_ += fmt::format("{}:{}", quoted(name), as_json);
    signed_.emplace_back(name, as_signed);
}

std::string push_body::finish(std::string_view registered_url, std::string_view style) const {
    if (style == "none") return '{' + members_ + '}';
    std::string sign = dingding_sign(registered_url, signed_);
    if (style == "wrong") sign[0] = sign[0] == '0' ? '1' : '0';
    return fmt::format(R"({{{},"sign":"{}"}})", members_, sign);
}

}  // namespace lockhub::simulators
