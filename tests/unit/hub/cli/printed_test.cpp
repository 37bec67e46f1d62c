#include "hub/cli/printed.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(printed_test)

BOOST_AUTO_TEST_CASE(columns_are_aligned_by_what_the_eye_sees) {
    hub::table rows({"ID", "ROOM", "STATE"});
    rows.add({"1", "八零一", "ready"});
    rows.add({"12", "802", ""});
    BOOST_TEST(rows.text() ==
               "ID  ROOM    STATE\n"
               "1   八零一  ready\n"
               "12  802\n");
}

BOOST_AUTO_TEST_CASE(what_a_pms_answered_cannot_steer_the_terminal) {
    BOOST_TEST(hub::without_controls("a\x1b[31mb\nc\x7f\xc2\x9b"
                                     "d") == "a [31mb c  d");
    BOOST_TEST(hub::without_controls("bad \xff\xc3 bytes") == "bad    bytes");
}

BOOST_AUTO_TEST_CASE(long_texts_are_cut_between_characters) {
    BOOST_TEST(hub::shortened("short", 10) == "short");
    BOOST_TEST(hub::shortened("0123456789", 5) == "0123…");
    BOOST_TEST(hub::shortened("门锁错误信息", 6) == "门锁…");
}

BOOST_AUTO_TEST_CASE(errors_end_with_the_code_that_fits) {
    BOOST_TEST(hub::failure(error{errc::invalid_input, "x"}).code == hub::exit_code::bad_usage);
    BOOST_TEST(hub::failure(error{errc::not_found, "x"}).code == hub::exit_code::failed);
    BOOST_TEST(hub::unreachable(error{errc::not_found, "x"}).code == hub::exit_code::unreachable);
    BOOST_TEST(hub::failure(hub::exit_code::failed, "a sentence").err == "lockhub: a sentence\n");
}

BOOST_AUTO_TEST_SUITE_END()
