#include "dispatch/core/busy_pause.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using dispatch::busy_pause;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);

// How long a pause from `now` on lasts.
duration left(const busy_pause& pause, time_point now) {
    const auto until = pause.until(now);
    return until == time_point{} ? duration::zero() : until - now;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(busy_pause_test)

BOOST_AUTO_TEST_CASE(without_a_word_from_the_cloud_pauses_double_up_to_the_longest) {
    busy_pause pause;
    auto now = start;
    for (const duration expected : {5s, 10s, 20s, 40s, 80s, 160s, 320s, 600s, 600s}) {
        pause.busy(now, std::nullopt);
        BOOST_TEST((left(pause, now) == expected));
        now += expected;
        BOOST_TEST((pause.until(now) == time_point{}));
    }
    BOOST_TEST(pause.answers() == 9u);
}

BOOST_AUTO_TEST_CASE(answers_to_calls_begun_before_the_pause_make_it_no_longer) {
    busy_pause pause;
    for (int call = 0; call < 8; ++call) pause.busy(start + duration(call), std::nullopt);
    BOOST_TEST((left(pause, start) == 5s));
    pause.busy(start + 5s, std::nullopt);
    BOOST_TEST((left(pause, start + 5s) == 10s));
}

BOOST_AUTO_TEST_CASE(an_answer_that_says_otherwise_begins_anew_but_not_one_from_before_the_pause) {
    busy_pause pause;
    pause.busy(start, std::nullopt);
    pause.served(start + 1s);
    pause.busy(start + 5s, std::nullopt);
    BOOST_TEST((left(pause, start + 5s) == 10s));
    pause.served(start + 15s);
    pause.busy(start + 16s, std::nullopt);
    BOOST_TEST((left(pause, start + 16s) == 5s));
}

BOOST_AUTO_TEST_CASE(what_the_cloud_says_counts_up_to_the_longest_and_never_shortens) {
    busy_pause pause;
    pause.busy(start, 30s);
    BOOST_TEST((left(pause, start) == 30s));
    pause.busy(start + 1s, 2s);
    BOOST_TEST((left(pause, start) == 30s));
    pause.busy(start + 1s, 24h);
    BOOST_TEST((left(pause, start + 1s) == limits::longest_busy_pause));
    busy_pause other;
    other.busy(start, -3s);
    BOOST_TEST((other.until(start) == time_point{}));
}

BOOST_AUTO_TEST_CASE(a_clock_set_back_leaves_no_pause_beyond_the_longest) {
    busy_pause pause;
    pause.busy(start, 10min);
    BOOST_TEST((left(pause, start - 24h) == limits::longest_busy_pause));
}

BOOST_AUTO_TEST_SUITE_END()
