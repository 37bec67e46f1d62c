#include "hub/lockapi/log_freshness.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

constexpr time_point now = from_unix_ms(1'795'320'000'000);

struct asked_once {
    asked_once() { log.asked("lock", now - 24h, now, now, true); }
    bool must_ask(time_point from, time_point until, time_point at) const {
        return log.must_ask("lock", from, until, 1min, at);
    }
    hub::log_freshness log;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(log_freshness_test)

BOOST_FIXTURE_TEST_CASE(the_same_part_is_not_asked_for_again_while_it_is_fresh, asked_once) {
    BOOST_TEST(!must_ask(now - 24h, now, now));
    BOOST_TEST(!must_ask(now - 24h, now, now + 1min));
    BOOST_TEST(must_ask(now - 24h, now, now + 1min + 1ms));
}

BOOST_FIXTURE_TEST_CASE(a_part_of_it_is_covered_and_more_than_it_is_not, asked_once) {
    BOOST_TEST(!must_ask(now - 2h, now - 1h, now));
    BOOST_TEST(must_ask(now - 24h - 1ms, now, now));
    BOOST_TEST(must_ask(now - 24h, now + 1ms, now));
}

BOOST_FIXTURE_TEST_CASE(another_lock_is_another_matter, asked_once) {
    BOOST_TEST(log.must_ask("other", now - 1h, now, 1min, now));
}

BOOST_FIXTURE_TEST_CASE(a_clock_set_back_makes_nothing_fresh_for_ever, asked_once) {
    BOOST_TEST(must_ask(now - 24h, now, now - 1h));
}

BOOST_AUTO_TEST_CASE(memory_is_bounded_and_the_longest_ago_is_forgotten) {
    hub::log_freshness log;
    for (std::size_t i = 0; i < limits::remembered_log_askings; ++i)
        log.asked("lock-" + std::to_string(i), now - 1h, now, now, true);
    log.asked("lock-0", now - 1h, now, now, true);
    log.asked("one more", now - 1h, now, now, true);
    BOOST_TEST(log.size() == limits::remembered_log_askings);
    BOOST_TEST(log.must_ask("lock-1", now - 1h, now, 1min, now));
    BOOST_TEST(!log.must_ask("lock-0", now - 1h, now, 1min, now));
    BOOST_TEST(!log.must_ask("one more", now - 1h, now, 1min, now));
}

BOOST_AUTO_TEST_CASE(an_asking_that_brought_only_some_of_it_is_remembered_until_the_next) {
    hub::log_freshness log;
    const time_point now = from_unix_ms(1'760'000'000'000);
    BOOST_TEST(!log.was_cut("lock"));
    log.asked("lock", now - 1h, now, now, false);
    BOOST_TEST(log.was_cut("lock"));
    log.asked("lock", now - 1h, now, now, true);
    BOOST_TEST(!log.was_cut("lock"));
}

BOOST_AUTO_TEST_SUITE_END()
