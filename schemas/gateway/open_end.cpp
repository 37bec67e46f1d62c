#include "schemas/gateway/open_end.hpp"

#include <algorithm>

namespace lockhub::gateway {

namespace {

// 2099-12-31 23:59:59 China time.
constexpr time_point open_end = from_unix_ms(4'102'415'999'000);

}  // namespace

std::string write_end(std::optional<time_point> valid_until) {
    return format_china_time(std::min(valid_until.value_or(open_end), open_end));
}

std::optional<time_point> read_time(std::string_view text) {
    constexpr std::size_t to_seconds = std::string_view("yyyy-MM-dd HH:mm:ss").size();
    std::string plain(text.substr(0, to_seconds));
    const auto fraction = text.substr(plain.size());
    if (!fraction.empty() && !fraction.starts_with('.')) return std::nullopt;
    std::ranges::replace(plain, 'T', ' ');
    return parse_china_time(plain);
}

std::optional<time_point> read_end(std::string_view text) {
    const auto end = read_time(text);
    return end == open_end ? std::nullopt : end;
}

}  // namespace lockhub::gateway
