#include "hub/observe/readiness.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {
constexpr time_point start = from_unix_ms(1'790'000'000'000);
}

BOOST_AUTO_TEST_SUITE(readiness_test)

BOOST_AUTO_TEST_CASE(the_service_is_ready_once_the_store_has_answered) {
    hub::readiness state;
    BOOST_TEST(state.not_ready(start) == "the store has not answered yet");
    state.round_trip_done(start);
    BOOST_TEST(state.not_ready(start) == "");
    BOOST_TEST(state.not_ready(start + limits::round_trip_age) == "");
}

BOOST_AUTO_TEST_CASE(a_store_that_stopped_answering_is_not_ready) {
    hub::readiness state;
    state.round_trip_done(start);
    BOOST_TEST(state.not_ready(start + limits::round_trip_age + 1s).starts_with("the store has not answered for "));
}

BOOST_AUTO_TEST_CASE(a_poisoned_store_and_a_stop_are_for_good) {
    hub::readiness state;
    state.round_trip_done(start);
    state.stopping();
    BOOST_TEST(state.not_ready(start) == "the service is stopping");
    state.poisoned("commit failed: disk full");
    state.round_trip_done(start + 1s);
    BOOST_TEST(state.not_ready(start + 1s) == "the store takes no more writes: commit failed: disk full");
}

BOOST_AUTO_TEST_SUITE_END()
