#include "schemas/wire/json_check.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "schemas/wire/json_value.hpp"

using namespace lockhub;
using wire::find_json_fault;

BOOST_AUTO_TEST_SUITE(json_check_test)

BOOST_AUTO_TEST_CASE(each_fault_is_named_with_its_place_and_what_belongs_there) {
    const struct {
        std::string_view text, fault;
    } cases[] = {
        {"", "line 1, column 1: expected a value, found the end of the text"},
        {"<html>", "line 1, column 1: expected a value, found '<'"},
        {"{\"roomNo\":\"301\"\n\"floorNo\":\"3\"}",
         "line 2, column 1: expected ',' or '}' after the value of \"roomNo\", found '\"'"},
        {"{\"a\":[1 2]}", "line 1, column 9: expected ',' or ']', found '2'"},
        {"{\"a\":{\"b\":1,\"c\":[1,2,3]\n\"d\":2}}",
         "line 2, column 1: expected ',' or '}' after the value of \"c\", found '\"'"},
        {"{\"a\" 1}", "line 1, column 6: expected ':' after \"a\", found '1'"},
        {"{\"a\":}", "line 1, column 6: expected a value for \"a\", found '}'"},
        {"{\"a\":1,}", "line 1, column 8: expected the name of a member in '\"', found '}'"},
        {"{a:1}", "line 1, column 2: expected the name of a member in '\"', or '}', found 'a'"},
        {"[1,]", "line 1, column 4: expected a value, found ']'"},
        {"[", "line 1, column 2: expected a value or ']', found the end of the text"},
        {"{\"a\":1", "line 1, column 7: expected ',' or '}' after the value of \"a\", found the end of the text"},
        {"{\"省份代码\":\"x\",//城市代码\n\"b\":1}",
         "line 1, column 13: expected the name of a member in '\"', found a comment, which JSON does not have"},
        {"{“a”:1}", "line 1, column 2: expected the name of a member in '\"', or '}', found '“'"},
        {"{\"a\":\"\xC2\xB1\xB5\"}", "line 1, column 8: expected UTF-8, found the byte 0xB5"},
        {"{\"a\":\"x\ty\"}", "line 1, column 8: expected no control character within a text, found the byte 0x09"},
        {"{\"a\":\"x\n\"}", "line 1, column 8: expected '\"' to close a text, found the end of the line"},
        {"{\"a\":\"x", "line 1, column 8: expected '\"' to close a text, found the end of the text"},
        {"\"\\x\"", "line 1, column 2: expected an escape that JSON has, found '\\'"},
        {"\"\\u12g4\"", "line 1, column 2: expected four hexadecimal digits after \\u, found '\\'"},
        {"[01]", "line 1, column 2: expected a value or ']', found '0'"},
        {"{\"a\":None}", "line 1, column 6: expected a value for \"a\", found 'N'"},
        {"{}}", "line 1, column 3: expected nothing after the document, found '}'"},
        {"\xEF\xBB\xBF{1}", "line 1, column 2: expected the name of a member in '\"', or '}', found '1'"},
    };
    for (const auto& [text, fault] : cases) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!wire::json_value::parse(text).has_value());
            const auto found = find_json_fault(text);
            BOOST_REQUIRE(found.has_value());
            BOOST_TEST(found->text() == fault);
        }
    }
}

BOOST_AUTO_TEST_CASE(json_has_no_fault) {
    for (const std::string_view text : {"{}", "[]", " [ 1 , -2.5e+3 , true , false , null , \"\\u00e9\\n\" ] ",
                                        "\xEF\xBB\xBF{\"a\":{\"b\":[{}]}}", "7", "\"房\""}) {
        BOOST_TEST(!find_json_fault(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_CASE(nesting_is_bounded_and_the_deepest_allowed_is_none_too_much) {
    const std::string deep(limits::json_depth, '[');
    BOOST_TEST(!find_json_fault(deep + std::string(limits::json_depth, ']')).has_value());
    BOOST_TEST(find_json_fault(deep + "[").value().text() ==
               "line 1, column 33: expected 32 levels of nesting at most, found '['");
}

BOOST_AUTO_TEST_CASE(a_name_is_quoted_clipped_and_a_value_never) {
    const auto fault = find_json_fault("{\"" + std::string(100, 'n') + "\":\"secret\" 1}").value().text();
    BOOST_TEST(fault.contains(std::string(40, 'n') + "…"));
    BOOST_TEST(!fault.contains(std::string(41, 'n')));
    BOOST_TEST(!fault.contains("secret"));
}

BOOST_AUTO_TEST_SUITE_END()
