#include "schemas/quhuhu/action_id.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>

using namespace lockhub;
using namespace lockhub::quhuhu;

BOOST_AUTO_TEST_SUITE(quhuhu_action_id)

const auto new_year_in_china = parse_china_time("2027-01-01 00:00:00").value() + std::chrono::milliseconds(7);

BOOST_AUTO_TEST_CASE(a_password_action_has_china_time_to_the_millisecond_and_six_digits) {
    BOOST_TEST(password_action_id(new_year_in_china, 41358) == "20270101000000007041358");
    BOOST_TEST(password_action_id(new_year_in_china, 7'000'001) == "20270101000000007000001");
    BOOST_TEST(password_action_id(new_year_in_china, std::numeric_limits<std::uint32_t>::max()).size() == 23U);
}

BOOST_AUTO_TEST_CASE(a_card_action_has_a_letter_the_day_in_china_and_eleven_digits) {
    BOOST_TEST(card_action_id(new_year_in_china, 41669752728) == "A27010141669752728");
    BOOST_TEST(card_action_id(new_year_in_china, 5) == "A27010100000000005");
    BOOST_TEST(card_action_id(new_year_in_china, std::numeric_limits<std::uint64_t>::max()).size() == 18U);
}

BOOST_AUTO_TEST_CASE(a_pin_nobody_chose_always_has_six_digits) {
    BOOST_TEST(six_digits(0) == "000000");
    BOOST_TEST(six_digits(42) == "000042");
    BOOST_TEST(six_digits(12'345'678) == "345678");
}

BOOST_AUTO_TEST_SUITE_END()
