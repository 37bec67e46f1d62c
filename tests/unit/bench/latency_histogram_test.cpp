#include "tests/bench/latency_histogram.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>

using namespace lockhub;
using std::chrono::nanoseconds;

BOOST_AUTO_TEST_SUITE(latency_histogram_test)

BOOST_AUTO_TEST_CASE(percentiles_are_right_within_a_thirty_second) {
    bench::latency_histogram values;
    constexpr std::int64_t count = 100'000;
    for (std::int64_t value = 1; value <= count; ++value) values.record(nanoseconds(value));
    BOOST_TEST(values.count() == 100'000U);
    BOOST_TEST(values.longest().count() == count);
    for (const double share : {0.01, 0.5, 0.9, 0.99, 0.999}) {
        const auto exact = share * count;
        const auto found = static_cast<double>(values.percentile(share).count());
        BOOST_TEST(found >= exact);
        BOOST_TEST(found <= exact * (1.0 + 1.0 / 32));
    }
    BOOST_TEST(values.percentile(1.0).count() == count);
}

BOOST_AUTO_TEST_CASE(every_value_has_a_bucket) {
    for (const auto value : {std::int64_t{-5}, std::int64_t{0}, std::int64_t{31}, std::int64_t{32}, std::int64_t{63},
                             std::int64_t{64}, std::numeric_limits<std::int64_t>::max()}) {
        bench::latency_histogram values;
        values.record(nanoseconds(value));
        BOOST_TEST(values.percentile(0.5).count() == std::max<std::int64_t>(value, 0));
    }
}

BOOST_AUTO_TEST_CASE(without_values_every_percentile_is_nothing) {
    BOOST_TEST(bench::latency_histogram().percentile(0.99).count() == 0);
}

BOOST_AUTO_TEST_CASE(merged_histograms_count_as_one) {
    bench::latency_histogram fast, slow;
    for (int i = 0; i < 99; ++i) fast.record(nanoseconds(10));
    slow.record(nanoseconds(1'000'000));
    fast.merge(slow);
    BOOST_TEST(fast.count() == 100U);
    BOOST_TEST(fast.percentile(0.5).count() == 10);
    BOOST_TEST(fast.percentile(1.0).count() == 1'000'000);
    BOOST_TEST(fast.longest().count() == 1'000'000);
}

BOOST_AUTO_TEST_SUITE_END()
