#include "tests/support/plain_forms.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub::test;

BOOST_AUTO_TEST_SUITE(plain_forms_test)

BOOST_AUTO_TEST_CASE(a_pin_is_found_in_text_hexadecimal_and_base64) {
    BOOST_TEST(find_plain("pwd=738291&x", "738291") == "738291");
    BOOST_TEST(find_plain("00373338323931ff", "738291") == "373338323931");
    BOOST_TEST(find_plain("738290", "738291") == "");
}

// base64 of "738291", "a738291b" and "ab738291".
BOOST_AUTO_TEST_CASE(base64_is_found_wherever_the_text_begins) {
    BOOST_TEST(find_plain("NzM4Mjkx", "738291") == "NzM4Mjkx");
    BOOST_TEST(find_plain("YTczODI5MWI=", "738291") == "czODI5M");
    BOOST_TEST(find_plain("YWI3MzgyOTE=", "738291") == "3MzgyOT");
}

BOOST_AUTO_TEST_CASE(hexadecimal_is_found_in_either_case_and_forms_are_percent_encoded) {
    BOOST_TEST(find_plain("6B2D2F", "k-/x").empty());
    BOOST_TEST(find_plain("..6B2D2F78..", "k-/x") == "6B2D2F78");
    BOOST_TEST(find_plain("..6b2d2f78..", "k-/x") == "6b2d2f78");
    BOOST_TEST(find_plain("key=k-%2Fx", "k-/x") == "k-%2Fx");
}

BOOST_AUTO_TEST_SUITE_END()
