#include "schemas/wire/http_message.hpp"

#include <algorithm>

#include "schemas/wire/number.hpp"

namespace lockhub::wire {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view find_header(const header_list& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (same_name(key, name)) return value;
    }
    return {};
}

std::optional<duration> retry_after(const http_response& response) {
    constexpr std::int64_t longest_s = 24 * 60 * 60;
    const auto seconds = whole_number(response.header("Retry-After"));
    if (!seconds || *seconds < 0) return std::nullopt;
    return std::chrono::seconds(std::min(*seconds, longest_s));
}

std::string_view http_response::header(std::string_view name) const {
    return find_header(headers, name);
}

}  // namespace lockhub::wire
