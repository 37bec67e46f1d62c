#include "schemas/wire/bytes_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub::wire;

BOOST_AUTO_TEST_SUITE(bytes_text_test)

// RFC 4648, section 10, and bytes that need '+' and '/'.
BOOST_AUTO_TEST_CASE(base64_is_as_the_standard_has_it) {
    const struct {
        std::string_view bytes, text;
    } cases[] = {{"", ""},
                 {"f", "Zg=="},
                 {"fo", "Zm8="},
                 {"foo", "Zm9v"},
                 {"foob", "Zm9vYg=="},
                 {"fooba", "Zm9vYmE="},
                 {"foobar", "Zm9vYmFy"},
                 {"\xfb\xff\xfe", "+//+"}};
    for (const auto& one : cases) BOOST_TEST(encode_base64(one.bytes) == one.text);
    BOOST_TEST(encode_base64(std::string_view("\0\0\0", 3)) == "AAAA");
}

BOOST_AUTO_TEST_CASE(bytes_in_hexadecimal_are_pairs_with_dashes) {
    BOOST_TEST(encode_hex("\xab\xcd\x0f") == "ab-cd-0f");
    BOOST_TEST(encode_hex("") == "");
}

BOOST_AUTO_TEST_CASE(base64_is_told_from_other_text) {
    for (const std::string_view good : {"AAAA", "AA==", "AAA=", "+//+", "AAAA+/8="}) BOOST_TEST(is_base64(good), good);
    for (const std::string_view bad : {"", "A", "AAA", "A===", "====", "AA=A", "AAAA ", "AAA\n", "甲甲"}) {
        BOOST_TEST(!is_base64(bad), bad);
    }
}

BOOST_AUTO_TEST_CASE(hexadecimal_is_told_from_other_text) {
    for (const std::string_view good : {"ab", "AB", "abcd", "ab-cd", "ab-cd-ef"}) BOOST_TEST(is_hex(good), good);
    for (const std::string_view bad : {"", "a", "abc", "ab-", "ab-c", "ab-cdef", "abcd-ef", "-ab", "gg", "ab--cd"}) {
        BOOST_TEST(!is_hex(bad), bad);
    }
}

BOOST_AUTO_TEST_SUITE_END()
