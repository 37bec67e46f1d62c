#include "dispatch/core/log_walk.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

using namespace lockhub;
using dispatch::log_walk;
using namespace std::chrono_literals;

namespace {

using numbers = std::vector<std::size_t>;

constexpr time_point start = from_unix_ms(1'760'000'000'000);
constexpr std::size_t page_size = 10;

// A log of openings a minute apart, the newest first; `log[i]` stands i-th.
std::vector<reported_opening> newest_first(int count) {
    std::vector<reported_opening> out;
    for (int minute = count; minute > 0; --minute) out.push_back({start + duration(1min) * minute, 2, "a", ""});
    return out;
}

std::vector<reported_opening> oldest_first(int count) {
    auto out = newest_first(count);
    std::ranges::reverse(out);
    return out;
}

std::vector<reported_opening> page_of(const std::vector<reported_opening>& log, std::size_t number) {
    const auto begin = std::min(log.size(), (number - 1) * page_size);
    const auto end = std::min(log.size(), begin + page_size);
    return {log.begin() + static_cast<std::ptrdiff_t>(begin), log.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::size_t pages_of(const std::vector<reported_opening>& log) {
    return (log.size() + page_size - 1) / page_size;
}

// The pages read until everything wanted is there.
numbers walk(const std::vector<reported_opening>& log, time_point from,
             std::vector<reported_opening>* found = nullptr) {
    log_walk at(pages_of(log), from);
    numbers out;
    for (auto page = at.next(); page && out.size() < 100; page = at.next()) {
        out.push_back(*page);
        const auto openings = page_of(log, *page);
        if (found) found->insert(found->end(), openings.begin(), openings.end());
        at.took(openings, start + 24h);
    }
    return out;
}

time_point minute(int number) {
    return start + duration(1min) * number;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_walk_test)

BOOST_AUTO_TEST_CASE(an_empty_log_has_no_page_and_a_short_one_its_only) {
    BOOST_TEST(walk({}, start) == numbers{}, boost::test_tools::per_element());
    BOOST_TEST(walk(newest_first(3), start) == numbers{1}, boost::test_tools::per_element());
    BOOST_TEST(walk(newest_first(15), start) == (numbers{1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pages_in_order_are_read_only_as_far_as_the_time_wanted_from_either_end) {
    BOOST_TEST(walk(newest_first(100), minute(75)) == (numbers{1, 10, 2, 3, 4}), boost::test_tools::per_element());
    BOOST_TEST(walk(oldest_first(100), minute(75)) == (numbers{1, 10, 9, 8, 7}), boost::test_tools::per_element());
    BOOST_TEST(walk(newest_first(100), minute(101)) == (numbers{1, 10}), boost::test_tools::per_element());
    BOOST_TEST(walk(oldest_first(100), minute(101)) == (numbers{1, 10}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(everything_wanted_is_found_whatever_the_order) {
    for (int kind = 0; kind < 3; ++kind) {
        auto log = newest_first(100);
        if (kind == 1) std::ranges::reverse(log);
        if (kind == 2) std::ranges::rotate(log, log.begin() + 45);
        std::vector<reported_opening> found;
        walk(log, minute(40), &found);
        for (int number = 40; number <= 100; ++number) {
            const bool there =
                std::ranges::any_of(found, [&](const auto& o) { return o.occurred_at == minute(number); });
            BOOST_TEST(there, "kind " << kind << ": minute " << number);
        }
    }
}

BOOST_AUTO_TEST_CASE(order_within_a_page_does_not_matter) {
    auto log = newest_first(100);
    for (std::size_t page = 0; page < 10; ++page) {
        std::ranges::reverse(log.begin() + static_cast<std::ptrdiff_t>(page * page_size),
                             log.begin() + static_cast<std::ptrdiff_t>((page + 1) * page_size));
    }
    BOOST_TEST(walk(log, minute(75)) == (numbers{1, 10, 2, 3, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_walk_that_goes_on_later_reads_what_came_on_the_old_last_page_too) {
    auto log = newest_first(40);
    log_walk at(4, start);
    for (int page = 0; page < 3; ++page) at.took(page_of(log, *at.next()), start + 24h);  // 1, 4, 2
    for (int more = 41; more <= 60; ++more) log.insert(log.begin(), {minute(more), 2, "a", ""});
    at.grown_to(6);
    numbers rest;
    std::vector<reported_opening> found;
    for (auto page = at.next(); page; page = at.next()) {
        rest.push_back(*page);
        const auto openings = page_of(log, *page);
        found.insert(found.end(), openings.begin(), openings.end());
        at.took(openings, start + 24h);
    }
    BOOST_TEST(rest == (numbers{3, 4, 5, 6}), boost::test_tools::per_element());
    for (int number = 1; number <= 20; ++number) {
        BOOST_TEST(std::ranges::any_of(found, [&](const auto& o) { return o.occurred_at == minute(number); }));
    }
}

BOOST_AUTO_TEST_CASE(the_newest_is_no_opening_of_a_clock_that_is_ahead) {
    log_walk at(1, start);
    at.took(std::vector<reported_opening>{{minute(5), 2, "a", ""}, {start + 24h * 365, 2, "b", ""}}, minute(6));
    BOOST_TEST((at.newest() == minute(5)));
    log_walk nothing(1, start);
    nothing.took({}, minute(6));
    BOOST_TEST((nothing.newest() == time_point{}));
}

BOOST_AUTO_TEST_SUITE_END()
