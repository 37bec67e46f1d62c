#include "schemas/wire/json_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using lockhub::wire::json_writer;

BOOST_AUTO_TEST_SUITE(json_writer_test)

BOOST_AUTO_TEST_CASE(nested_values_are_separated_by_commas) {
    json_writer out;
    out.begin_object().member("a", 1).key("b").begin_array().value("x").value(true).null().begin_object().end_object();
    out.end_array().key("c").raw("{\"d\":0}").member("e", "f").end_object();
    BOOST_CHECK_EQUAL(out.text(), R"({"a":1,"b":["x",true,null,{}],"c":{"d":0},"e":"f"})");
}

BOOST_AUTO_TEST_CASE(quotes_backslashes_and_control_characters_are_escaped_and_nothing_else) {
    json_writer out;
    out.value(std::string_view("\"\\/\n\r\t\b\f\x01租客\x7f", 16));
    BOOST_CHECK_EQUAL(out.text(), "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0001租客\x7f\"");
}

BOOST_AUTO_TEST_CASE(integers_reach_both_ends_of_64_bits) {
    json_writer out;
    out.begin_array().value(INT64_MIN).value(INT64_MAX).value(std::uint8_t{7}).end_array();
    BOOST_CHECK_EQUAL(out.text(), "[-9223372036854775808,9223372036854775807,7]");
}

BOOST_AUTO_TEST_CASE(calls_in_a_wrong_order_throw) {
    BOOST_CHECK_THROW(json_writer().begin_object().value(1), std::logic_error);
    BOOST_CHECK_THROW(json_writer().begin_object().key("a").end_object(), std::logic_error);
    BOOST_CHECK_THROW(json_writer().begin_object().key("a").key("b"), std::logic_error);
    BOOST_CHECK_THROW(json_writer().begin_array().key("a"), std::logic_error);
    BOOST_CHECK_THROW(json_writer().begin_array().end_object(), std::logic_error);
    BOOST_CHECK_THROW(json_writer().end_array(), std::logic_error);
    BOOST_CHECK_THROW(json_writer().value(1).value(2), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
