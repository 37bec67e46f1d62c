#include "dispatch/core/identical_window.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);

}  // namespace

BOOST_AUTO_TEST_SUITE(identical_window_test)

BOOST_AUTO_TEST_CASE(the_fifth_identical_call_waits_until_the_first_is_thirty_seconds_old) {
    identical_window<std::string> window(4, 30s, 100);
    for (int call = 0; call < 4; ++call) {
        BOOST_TEST(window.allows("a", start + call * 1s));
        window.note("a", start + call * 1s);
    }
    BOOST_TEST(to_unix_ms(window.next_room("a", start + 4s)) == to_unix_ms(start + 30s));
    BOOST_TEST(!window.allows("a", start + 29'999ms));
    BOOST_TEST(window.allows("a", start + 30s));
}

BOOST_AUTO_TEST_CASE(another_key_has_its_own_window) {
    identical_window<std::string> window(1, 30s, 100);
    window.note("a", start);
    BOOST_TEST(!window.allows("a", start + 1s));
    BOOST_TEST(window.allows("b", start + 1s));
}

BOOST_AUTO_TEST_CASE(forgets_a_key_when_its_last_call_has_left) {
    identical_window<std::string> window(4, 30s, 100);
    window.note("a", start);
    window.note("a", start + 10s);
    window.note("b", start + 5s);
    BOOST_TEST(window.knows("a", start + 30s));
    BOOST_TEST(!window.knows("b", start + 35s));
    BOOST_TEST(window.keys() == 1u);
    BOOST_TEST(!window.knows("a", start + 40s));
    BOOST_TEST(window.keys() == 0u);
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_makes_nobody_wait_longer_than_the_span) {
    identical_window<std::string> window(1, 30s, 100);
    window.note("a", start + 1h);
    BOOST_TEST(!window.allows("a", start));
    BOOST_TEST(window.allows("a", start + 30s));
    BOOST_TEST(window.keys() == 0u);
}

BOOST_AUTO_TEST_CASE(at_its_bound_a_new_key_waits_for_the_oldest_call) {
    identical_window<std::string> window(4, 30s, 2);
    window.note("a", start);
    window.note("b", start + 1s);
    BOOST_TEST(to_unix_ms(window.next_room("c", start + 2s)) == to_unix_ms(start + 30s));
    BOOST_TEST(window.allows("a", start + 2s));
    BOOST_TEST(window.allows("c", start + 30s));
}

BOOST_AUTO_TEST_SUITE_END()
