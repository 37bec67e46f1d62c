#include "schemas/core/time.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace lockhub {

namespace {

using namespace std::chrono;

constexpr hours china_offset{8};

struct calendar_time {
    int year;
    unsigned month;
    unsigned day;
    hh_mm_ss<milliseconds> of_day;
};

calendar_time split(time_point t) {
    const auto day = floor<days>(t);
    const year_month_day date{day};
    return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
            hh_mm_ss<milliseconds>{t - day}};
}

// The number made of exactly `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

}  // namespace

std::string format_china_time(time_point t) {
    const auto c = split(t + china_offset);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", c.year, c.month, c.day, c.of_day.hours().count(),
                       c.of_day.minutes().count(), c.of_day.seconds().count());
}

std::optional<time_point> parse_china_time(std::string_view text) {
    constexpr std::string_view shape = "yyyy-MM-dd HH:mm:ss";
    if (text.size() != shape.size()) return std::nullopt;
    if (text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':') return std::nullopt;
    const int y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
    const int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
    if (y < 0 || mo < 0 || d < 0 || h < 0 || mi < 0 || s < 0) return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
    if (!date.ok() || h > 23 || mi > 59 || s > 59) return std::nullopt;
    return time_point{sys_days{date} + hours{h} + minutes{mi} + seconds{s} - china_offset};
}

std::string format_china_time_compact(time_point t) {
    const auto c = split(t + china_offset);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}{:03}", c.year, c.month, c.day, c.of_day.hours().count(),
                       c.of_day.minutes().count(), c.of_day.seconds().count(), c.of_day.subseconds().count());
}

std::string format_utc(time_point t) {
    const auto c = split(t);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", c.year, c.month, c.day, c.of_day.hours().count(),
                       c.of_day.minutes().count(), c.of_day.seconds().count(), c.of_day.subseconds().count());
}

std::string format_duration(duration d) {
    constexpr std::array<std::pair<std::int64_t, char>, 4> units{{{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}}};
    std::int64_t rest = d.count() / 1000;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto [size, name] = units[i];
        if (rest < size) continue;
        const std::int64_t small = i + 1 < units.size() ? rest % size / units[i + 1].first : 0;
        if (small == 0) return fmt::format("{}{}", rest / size, name);
        return fmt::format("{}{} {}{}", rest / size, name, small, units[i + 1].second);
    }
    return "0s";
}

}  // namespace lockhub
