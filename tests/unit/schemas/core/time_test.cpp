#include "schemas/core/time.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(time_test)

BOOST_AUTO_TEST_CASE(china_time_is_eight_hours_ahead_of_utc) {
    const auto t = from_unix_ms(1795320000123);  // 2026-11-22T04:00:00.123Z
    BOOST_CHECK_EQUAL(format_utc(t), "2026-11-22T04:00:00.123Z");
    BOOST_CHECK_EQUAL(format_china_time(t), "2026-11-22 12:00:00");
    BOOST_CHECK_EQUAL(format_china_time_compact(t), "20261122120000123");
}

BOOST_AUTO_TEST_CASE(china_time_changes_the_day_before_utc_does) {
    const auto t = from_unix_ms(1735660800000);  // 2024-12-31T16:00:00Z
    BOOST_CHECK_EQUAL(format_china_time(t), "2025-01-01 00:00:00");
    BOOST_CHECK(parse_china_time("2025-01-01 00:00:00") == t);
}

BOOST_AUTO_TEST_CASE(times_before_1970_keep_their_milliseconds_positive) {
    BOOST_CHECK_EQUAL(format_utc(from_unix_ms(-1)), "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(a_parsed_time_formats_to_the_same_text) {
    for (const std::string text : {"2024-02-29 23:59:59", "2026-11-22 12:00:00", "1999-12-31 00:00:00"}) {
        const auto parsed = parse_china_time(text);
        BOOST_REQUIRE_MESSAGE(parsed.has_value(), text);
        BOOST_CHECK_EQUAL(format_china_time(*parsed), text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_time_or_no_date_that_exists_is_refused) {
    for (const std::string text :
         {"", "2026-11-22", "2026-11-22 12:00", "2026-11-22T12:00:00", "2026-02-29 00:00:00", "2026-13-01 00:00:00",
          "2026-00-10 00:00:00", "2026-04-31 00:00:00", "2026-11-22 24:00:00", "2026-11-22 12:60:00",
          "2026-11-22 12:00:60", "2026-11-22 12:00:00 ", " 2026-11-22 12:00:00", "2026-11-22 12:00:0x",
          "-026-11-22 12:00:00", "2026-1-22 12:00:00", "2026-11-22 +2:00:00"}) {
        BOOST_CHECK_MESSAGE(!parse_china_time(text), text);
    }
}

BOOST_AUTO_TEST_CASE(durations_read_in_two_units_at_most) {
    using namespace std::chrono_literals;
    BOOST_CHECK_EQUAL(format_duration(200s), "3m 20s");
    BOOST_CHECK_EQUAL(format_duration(2h + 5min + 9s), "2h 5m");
    BOOST_CHECK_EQUAL(format_duration(97h), "4d 1h");
    BOOST_CHECK_EQUAL(format_duration(2h), "2h");
    BOOST_CHECK_EQUAL(format_duration(24h + 30min), "1d");
    BOOST_CHECK_EQUAL(format_duration(999ms), "0s");
    BOOST_CHECK_EQUAL(format_duration(-5min), "0s");
}

BOOST_AUTO_TEST_SUITE_END()
