#include "schemas/core/utf8.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(well_formed_sequences_of_each_length_are_accepted) {
    BOOST_TEST(is_utf8(""));
    BOOST_TEST(is_utf8("room 301"));
    BOOST_TEST(is_utf8("é前😀"));
    BOOST_TEST(is_utf8("\xF4\x8F\xBF\xBF"));  // U+10FFFF
}

BOOST_AUTO_TEST_CASE(malformed_sequences_are_refused) {
    for (const auto* text : {"\x80", "\xC0\xAF", "\xC1\x81", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                             "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE5\x89", "\xE5\x89x", "\xB4\xF3\xB4\xB2"}) {
        BOOST_TEST(!is_utf8(text));
    }
}

BOOST_AUTO_TEST_CASE(clipping_cuts_between_characters_only) {
    BOOST_TEST(clip_utf8("前台", 6) == "前台");
    BOOST_TEST(clip_utf8("前台", 5) == "前");
    BOOST_TEST(clip_utf8("前台", 3) == "前");
    BOOST_TEST(clip_utf8("前台", 2) == "");
    BOOST_TEST(clip_utf8("abc", 2) == "ab");
}

BOOST_AUTO_TEST_SUITE_END()
