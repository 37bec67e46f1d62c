#include "dispatch/core/rate_window.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);

}  // namespace

BOOST_AUTO_TEST_SUITE(rate_window_test)

BOOST_AUTO_TEST_CASE(allows_the_limit_and_then_waits_for_the_oldest_call_to_leave) {
    rate_window window(29, 1s);
    for (int call = 0; call < 29; ++call) {
        BOOST_TEST(window.allows(start + duration(call)));
        window.note(start + duration(call));
    }
    BOOST_TEST(!window.allows(start + 28ms));
    BOOST_TEST(to_unix_ms(window.next_room(start + 28ms)) == to_unix_ms(start + 1s));
    BOOST_TEST(!window.allows(start + 999ms));
    BOOST_TEST(window.allows(start + 1s));
    BOOST_TEST(window.room(start + 1s) == 1u);
    BOOST_TEST(window.room(start + 1028ms) == 29u);
}

BOOST_AUTO_TEST_CASE(says_when_several_calls_may_begin_together) {
    rate_window window(3, 1s);
    window.note(start);
    window.note(start + 100ms);
    window.note(start + 200ms);
    BOOST_TEST(to_unix_ms(window.next_room(start + 300ms, 1)) == to_unix_ms(start + 1000ms));
    BOOST_TEST(to_unix_ms(window.next_room(start + 300ms, 2)) == to_unix_ms(start + 1100ms));
    BOOST_TEST(to_unix_ms(window.next_room(start + 300ms, 3)) == to_unix_ms(start + 1200ms));
    BOOST_CHECK(window.next_room(start + 300ms, 4) == time_point::max());
}

BOOST_AUTO_TEST_CASE(restores_from_calls_in_any_order_and_keeps_the_latest) {
    rate_window window(3, 1s);
    for (const auto at : {400ms, 100ms, 300ms, 200ms, 50ms}) window.note(start + at);
    BOOST_TEST(window.room(start + 400ms) == 0u);
    BOOST_TEST(to_unix_ms(window.next_room(start + 400ms, 1)) == to_unix_ms(start + 1200ms));
    BOOST_TEST(to_unix_ms(window.next_room(start + 400ms, 3)) == to_unix_ms(start + 1400ms));
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_an_hour_does_not_close_the_window_for_an_hour) {
    rate_window window(3, 1s);
    for (int call = 0; call < 3; ++call) window.note(start + 1h);
    BOOST_TEST(!window.allows(start));
    BOOST_TEST(to_unix_ms(window.next_room(start)) == to_unix_ms(start + 1s));
    BOOST_TEST(window.allows(start + 1s));
}

BOOST_AUTO_TEST_CASE(never_lets_more_than_the_limit_into_any_stretch_of_the_span) {
    std::mt19937 random(7);
    rate_window window(5, 100ms);
    std::vector<time_point> made;
    time_point now = start;
    for (int step = 0; step < 5'000; ++step) {
        now += duration(random() % 20);
        if (!window.allows(now)) {
            if (random() % 2 == 0) continue;
            now = window.next_room(now);
        }
        BOOST_REQUIRE(window.allows(now));
        window.note(now);
        made.push_back(now);
    }
    for (std::size_t last = 5; last < made.size(); ++last) BOOST_REQUIRE(made[last] - made[last - 5] >= duration(100));
}

BOOST_AUTO_TEST_SUITE_END()
