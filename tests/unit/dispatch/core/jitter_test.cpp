#include "dispatch/core/jitter.hpp"

#include <boost/test/unit_test.hpp>

using lockhub::dispatch::jitter;

BOOST_AUTO_TEST_SUITE(jitter_test)

BOOST_AUTO_TEST_CASE(numbers_lie_from_zero_to_below_one_and_spread_evenly) {
    jitter spread(1);
    int buckets[10] = {};
    for (int i = 0; i < 10'000; ++i) {
        const double number = spread.next();
        BOOST_REQUIRE(number >= 0.0);
        BOOST_REQUIRE(number < 1.0);
        ++buckets[static_cast<int>(number * 10)];
    }
    for (const int count : buckets) BOOST_TEST((count > 850 && count < 1150));
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_numbers) {
    jitter one(42);
    jitter other(42);
    jitter third(43);
    const double first = one.next();
    BOOST_TEST(first == other.next());
    BOOST_TEST(first != third.next());
}

BOOST_AUTO_TEST_SUITE_END()
