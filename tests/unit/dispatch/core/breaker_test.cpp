#include "dispatch/core/breaker.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);

breaker opened_at(time_point now) {
    breaker out;
    for (int failure = 0; failure < 5; ++failure) out.no_contact(now);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(breaker_test)

BOOST_AUTO_TEST_CASE(opens_after_five_failures_in_a_row) {
    breaker guard;
    for (int failure = 0; failure < 4; ++failure) guard.no_contact(start);
    BOOST_TEST(guard.allows(start));
    guard.no_contact(start);
    BOOST_CHECK(guard.state() == breaker_state::open);
    BOOST_TEST(!guard.allows(start + 9'999ms));
    BOOST_TEST(guard.allows(start + 10s));
}

BOOST_AUTO_TEST_CASE(contact_of_any_kind_ends_the_row_of_failures) {
    breaker guard;
    for (int round = 0; round < 3; ++round) {
        for (int failure = 0; failure < 4; ++failure) guard.no_contact(start);
        guard.contact();
    }
    BOOST_CHECK(guard.state() == breaker_state::closed);
    BOOST_TEST(guard.failures_in_a_row() == 0u);
}

BOOST_AUTO_TEST_CASE(half_open_lets_one_call_through) {
    breaker guard = opened_at(start);
    BOOST_TEST(guard.wants_probe(start + 10s));
    guard.begin(start + 10s);
    BOOST_CHECK(guard.state() == breaker_state::half_open);
    BOOST_TEST(!guard.allows(start + 10s));
    guard.contact();
    BOOST_TEST(guard.allows(start + 10s));
}

BOOST_AUTO_TEST_CASE(the_back_off_doubles_up_to_five_minutes_and_starts_anew_after_contact) {
    breaker guard = opened_at(start);
    time_point now = start;
    for (const duration back_off : {10s, 20s, 40s, 80s, 160s, 300s, 300s}) {
        BOOST_TEST((guard.open_until() - now).count() == back_off.count());
        now = guard.open_until();
        guard.begin(now);
        guard.no_contact(now);
    }
    now = guard.open_until();
    guard.begin(now);
    guard.contact();
    for (int failure = 0; failure < 5; ++failure) guard.no_contact(now);
    BOOST_TEST((guard.open_until() - now).count() == 10'000);
}

BOOST_AUTO_TEST_CASE(failures_of_calls_that_began_before_it_opened_change_nothing) {
    breaker guard = opened_at(start);
    guard.no_contact(start + 5s);
    BOOST_TEST((guard.open_until() - start).count() == 10'000);
}

BOOST_AUTO_TEST_CASE(an_abandoned_probe_lets_the_next_one_out_at_once) {
    breaker guard = opened_at(start);
    guard.begin(start + 10s);
    guard.abandoned(start + 11s);
    BOOST_TEST(guard.wants_probe(start + 11s));
}

BOOST_AUTO_TEST_CASE(only_failures_to_reach_the_target_count) {
    for (const auto why : {error_class::timeout, error_class::dns, error_class::tls, error_class::connection_refused,
                           error_class::connection_lost, error_class::address_forbidden, error_class::bad_url}) {
        BOOST_TEST_CONTEXT(to_string(why)) {
            BOOST_TEST(means_no_contact(why));
        }
    }
    for (const auto why :
         {error_class::none, error_class::refused_by_pms, error_class::http_3xx, error_class::http_4xx,
          error_class::http_429, error_class::http_5xx, error_class::response_too_large, error_class::interrupted}) {
        BOOST_TEST_CONTEXT(to_string(why)) {
            BOOST_TEST(!means_no_contact(why));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
