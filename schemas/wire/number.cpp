#include "schemas/wire/number.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

namespace lockhub::wire {

namespace {

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at;
}

}  // namespace

std::optional<std::int64_t> whole_number(std::string_view text) {
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    const auto [stop, ec] = std::from_chars(text.data(), end, whole);
    if (ec == std::errc() && stop == end) return whole;
    if (ec == std::errc::result_out_of_range || !is_json_number(text)) return std::nullopt;

    double real = 0;
    const auto [real_stop, real_ec] = std::from_chars(text.data(), end, real);
    constexpr double limit = 9223372036854774784.0;  // the largest double below 2^63
    if (real_ec != std::errc() || real_stop != end || std::fabs(real) > limit || std::trunc(real) != real) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(real);
}

bool is_json_number(std::string_view text) {
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const auto whole_end = skip_digits(text, at);
    if (whole_end == at || (text[at] == '0' && whole_end > at + 1)) return false;
    at = whole_end;
    if (at < text.size() && text[at] == '.') {
        const auto fraction_end = skip_digits(text, at + 1);
        if (fraction_end == at + 1) return false;
        at = fraction_end;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const auto exponent_end = skip_digits(text, at);
        if (exponent_end == at) return false;
        at = exponent_end;
    }
    return at == text.size();
}

}  // namespace lockhub::wire
