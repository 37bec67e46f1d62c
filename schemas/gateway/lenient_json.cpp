#include "schemas/gateway/lenient_json.hpp"

namespace lockhub::gateway {

namespace {

bool closes_next(std::string_view rest) {
    const auto next = rest.find_first_not_of(" \t\r\n");
    return next != std::string_view::npos && (rest[next] == '}' || rest[next] == ']');
}

}  // namespace

std::string without_trailing_commas(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::string out;
    out.reserve(text.size());
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\' && i + 1 < text.size()) {
            out += c;
            out += text[++i];
            continue;
        }
        if (c == '"') in_string = !in_string;
        if (c == ',' && !in_string && closes_next(text.substr(i + 1))) continue;
        out += c;
    }
    return out;
}

}  // namespace lockhub::gateway
