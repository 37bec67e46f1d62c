#include "dispatch/core/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>

namespace lockhub::dispatch {

namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct words {
    std::array<std::string_view, 8> at;
    std::size_t count = 0;  // 9 when there were more than eight
};

// The three forms differ in their separators only, so the words between them are what is read.
words split_words(std::string_view text) {
    words out;
    constexpr std::string_view separators = " ,-:";
    std::size_t begin = text.find_first_not_of(separators);
    while (begin != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        if (out.count == out.at.size()) return words{.at = {}, .count = 9};
        out.at[out.count++] = text.substr(begin, end - begin);
        begin = text.find_first_not_of(separators, end);
    }
    return out;
}

std::optional<int> number(std::string_view text, std::size_t most_digits) {
    int value = 0;
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

// A year of two digits that would lie more than 50 years ahead is of the century before.
int full_year(int two_digits, time_point now) {
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    const int this_year = int(today.year());
    const int year = this_year / 100 * 100 + two_digits;
    return year > this_year + 50 ? year - 100 : year;
}

}  // namespace

std::optional<time_point> parse_http_date(std::string_view text, time_point now) {
    const words word = split_words(text);
    const bool asctime = word.count == 7 && !word.at[1].empty() && word.at[1].front() >= 'A';
    if (!asctime && (word.count != 8 || word.at[7] != "GMT")) return std::nullopt;
    const std::string_view day_text = word.at[asctime ? 2 : 1];
    const std::string_view month_text = word.at[asctime ? 1 : 2];
    const std::string_view year_text = word.at[asctime ? 6 : 3];
    const std::size_t clock_at = asctime ? 3 : 4;

    const auto month = std::ranges::find(months, month_text);
    const auto day = number(day_text, 2);
    const auto year = number(year_text, 4);
    const auto hour = number(word.at[clock_at], 2);
    const auto minute = number(word.at[clock_at + 1], 2);
    const auto second = number(word.at[clock_at + 2], 2);
    if (month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;

    const std::chrono::year_month_day date{std::chrono::year(year_text.size() == 2 ? full_year(*year, now) : *year),
                                           std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

std::optional<duration> parse_retry_after(std::string_view text, time_point now) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    if (const auto seconds = number(text, 9)) return std::chrono::seconds(*seconds);
    const auto date = parse_http_date(text, now);
    if (!date) return std::nullopt;
    return std::max(duration::zero(), *date - now);
}

}  // namespace lockhub::dispatch
