#include "dispatch/core/retry_schedule.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr double no_jitter = 0.5;

}  // namespace

BOOST_AUTO_TEST_SUITE(retry_schedule_test)

BOOST_AUTO_TEST_CASE(waits_by_the_ten_steps_of_the_design_and_then_gives_up) {
    const retry_schedule schedule;
    const std::vector<duration> expected = {8s, 15s, 30s, 2min, 10min, 30min, 2h, 6h, 12h, 24h};
    for (std::uint32_t attempt = 1; attempt <= expected.size(); ++attempt) {
        const auto wait = schedule.wait_after(attempt, error_class::http_5xx, std::nullopt, no_jitter);
        BOOST_TEST_REQUIRE(wait.has_value());
        BOOST_TEST(wait->count() == expected[attempt - 1].count());
    }
    BOOST_TEST(!schedule.wait_after(11, error_class::http_5xx, std::nullopt, no_jitter).has_value());
}

BOOST_AUTO_TEST_CASE(jitter_stays_within_a_fifth_on_both_sides) {
    const retry_schedule schedule({100s});
    BOOST_TEST(schedule.wait_after(1, error_class::dns, std::nullopt, 0.0)->count() == 80'000);
    BOOST_TEST(schedule.wait_after(1, error_class::dns, std::nullopt, 0.25)->count() == 90'000);
    BOOST_TEST(schedule.wait_after(1, error_class::dns, std::nullopt, 0.9999999)->count() == 119'999);
}

BOOST_AUTO_TEST_CASE(a_timeout_and_a_429_wait_a_minute_at_least) {
    const retry_schedule schedule;
    for (const auto why : {error_class::timeout, error_class::http_429}) {
        BOOST_TEST(schedule.wait_after(1, why, std::nullopt, 0.0)->count() == 60'000);
        BOOST_TEST(schedule.wait_after(4, why, std::nullopt, no_jitter)->count() == 120'000);
    }
}

BOOST_AUTO_TEST_CASE(retry_after_makes_the_wait_longer_never_shorter_and_a_day_at_most) {
    const retry_schedule schedule;
    BOOST_TEST(schedule.wait_after(1, error_class::http_5xx, 90s, no_jitter)->count() == 90'000);
    BOOST_TEST(schedule.wait_after(1, error_class::http_5xx, 1s, no_jitter)->count() == 8'000);
    BOOST_TEST(schedule.wait_after(1, error_class::http_429, 30s, no_jitter)->count() == 60'000);
    BOOST_TEST(schedule.wait_after(1, error_class::http_5xx, 720h, no_jitter)->count() == duration(24h).count());
    BOOST_TEST(!schedule.wait_after(11, error_class::http_5xx, 90s, no_jitter).has_value());
}

BOOST_AUTO_TEST_CASE(refuses_a_schedule_without_steps_or_with_a_step_of_nothing) {
    BOOST_CHECK_THROW(retry_schedule(std::vector<duration>{}), std::invalid_argument);
    BOOST_CHECK_THROW(retry_schedule({8s, 0s}), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
