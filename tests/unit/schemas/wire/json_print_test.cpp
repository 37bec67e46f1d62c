#include "schemas/wire/json_print.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub::wire;

BOOST_AUTO_TEST_SUITE(json_print_test)

BOOST_AUTO_TEST_CASE(compact_is_the_text_without_blanks_and_numbers_as_written) {
    const std::string_view text = R"( { "a" : [ 1.50 , "甲\"" , null , true , { } , [ ] ] , "b" : 1e3 } )";
    BOOST_CHECK_EQUAL(compact(json_value::parse(text).value()), R"({"a":[1.50,"甲\"",null,true,{},[]],"b":1e3})");
}

BOOST_AUTO_TEST_CASE(indented_has_a_line_for_each_member_and_item) {
    BOOST_CHECK_EQUAL(indented(json_value::parse(R"({"a":[1,{"b":null}],"c":{},"d":[]})").value()),
                      "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}");
    BOOST_CHECK_EQUAL(indented(json_value::parse("7").value()), "7");
}

BOOST_AUTO_TEST_SUITE_END()
