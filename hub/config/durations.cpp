#include "hub/config/durations.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ranges>

namespace lockhub::hub {

namespace {

struct unit {
    std::string_view name;
    std::int64_t ms;
};
constexpr std::array<unit, 5> units{{{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::int64_t longest_ms = 10'000 * units.back().ms;

}  // namespace

std::optional<duration> parse_duration(std::string_view text) {
    if (text == "0") return duration::zero();
    std::int64_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc{} || number < 0) return std::nullopt;
    const std::string_view name(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const auto& known : units) {
        if (name != known.name) continue;
        if (number > longest_ms / known.ms) return std::nullopt;
        return duration{number * known.ms};
    }
    return std::nullopt;
}

std::string write_duration(duration d) {
    for (const auto& known : units | std::views::reverse) {
        if (d.count() != 0 && d.count() % known.ms == 0) return fmt::format("{}{}", d.count() / known.ms, known.name);
    }
    return "0s";
}

}  // namespace lockhub::hub
