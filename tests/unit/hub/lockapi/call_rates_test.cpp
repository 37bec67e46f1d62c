#include "hub/lockapi/call_rates.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(call_rates_test)

namespace {
const time_point start = from_unix_ms(1'760'000'000'000);
}

BOOST_AUTO_TEST_CASE(twenty_nine_different_calls_in_a_second_pass_and_the_thirtieth_waits_for_the_first_to_leave) {
    hub::call_rates rates;
    for (std::uint64_t call = 0; call < 29; ++call) {
        BOOST_TEST(!rates.admit("demopms", call, start + duration(call)).has_value());
    }
    const auto next = rates.admit("demopms", 29, start + 999ms);
    BOOST_REQUIRE(next.has_value());
    BOOST_TEST(to_unix_ms(*next) == to_unix_ms(start + 1000ms));
    BOOST_TEST(!rates.admit("demopms", 29, start + 1000ms).has_value());
}

BOOST_AUTO_TEST_CASE(the_fifth_identical_call_in_thirty_seconds_waits_until_the_first_is_thirty_seconds_old) {
    hub::call_rates rates;
    for (int call = 0; call < 4; ++call) {
        BOOST_TEST(!rates.admit("demopms", 7, start + call * 2s).has_value());
    }
    const auto next = rates.admit("demopms", 7, start + 29'999ms);
    BOOST_REQUIRE(next.has_value());
    BOOST_TEST(to_unix_ms(*next) == to_unix_ms(start + 30s));
    BOOST_TEST(!rates.admit("demopms", 7, start + 30s).has_value());
}

BOOST_AUTO_TEST_CASE(a_refused_call_is_not_counted) {
    hub::call_rates rates;
    for (int call = 0; call < 4; ++call) {
        BOOST_TEST(!rates.admit("demopms", 7, start).has_value());
    }
    for (int call = 0; call < 100; ++call) {
        BOOST_TEST(rates.admit("demopms", 7, start + 10s).has_value());
    }
    BOOST_TEST(!rates.admit("demopms", 7, start + 30s).has_value());
}

BOOST_AUTO_TEST_CASE(one_pms_does_not_use_up_the_calls_of_another) {
    hub::call_rates rates;
    for (std::uint64_t call = 0; call < 29; ++call) {
        BOOST_TEST(!rates.admit("one", call, start).has_value());
    }
    BOOST_TEST(rates.admit("one", 100, start).has_value());
    BOOST_TEST(!rates.admit("two", 100, start).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
