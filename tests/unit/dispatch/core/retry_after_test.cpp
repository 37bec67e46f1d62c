#include "dispatch/core/retry_after.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

// Sun, 06 Nov 1994 08:49:37 GMT
constexpr time_point the_date = from_unix_ms(784'111'777'000);

}  // namespace

BOOST_AUTO_TEST_SUITE(retry_after_test)

BOOST_AUTO_TEST_CASE(reads_a_number_of_seconds) {
    BOOST_TEST(parse_retry_after("120", the_date)->count() == 120'000);
    BOOST_TEST(parse_retry_after(" 0\t", the_date)->count() == 0);
}

BOOST_AUTO_TEST_CASE(reads_the_three_forms_of_an_http_date) {
    for (const auto* text :
         {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(parse_retry_after(text, the_date - 90s)->count() == 90'000);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_date_that_has_passed_means_at_once) {
    BOOST_TEST(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", the_date + 1h)->count() == 0);
}

BOOST_AUTO_TEST_CASE(two_digits_of_a_year_mean_the_nearest_century) {
    const time_point now = from_unix_ms(1'760'000'000'000);  // 2025
    BOOST_TEST(to_unix_ms(*parse_http_date("Tuesday, 01-Jan-30 00:00:00 GMT", now)) == 1'893'456'000'000);
    BOOST_TEST(to_unix_ms(*parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now)) == to_unix_ms(the_date));
}

BOOST_AUTO_TEST_CASE(anything_else_says_nothing) {
    for (const auto* text : {"", "soon", "-5", "1.5", "12345678901", "Sun, 31 Feb 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 CST", "Sun, 06 Nov 1994",
                             "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT and more"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!parse_retry_after(text, the_date).has_value());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
