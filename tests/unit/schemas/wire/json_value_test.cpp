#include "schemas/wire/json_value.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "schemas/wire/number.hpp"

using namespace lockhub;
using wire::json_value;

namespace {

std::string nested(std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_value_test)

BOOST_AUTO_TEST_CASE(members_are_read_loosely_typed) {
    const auto v = json_value::parse(R"( {"n":42,"s":"42","f":42.0,"x":"a","t":true,"z":null,"o":{"k":[1,2]},"n":7} )");
    BOOST_REQUIRE(v);
    for (const auto* name : {"n", "s", "f"}) BOOST_CHECK_MESSAGE(v->integer_of(name) == 42, name);
    BOOST_CHECK(!v->integer_of("x"));
    BOOST_CHECK(!v->integer_of("t"));
    BOOST_CHECK(!v->integer_of("absent"));
    BOOST_CHECK_EQUAL(v->text_of("f"), "42.0");
    BOOST_CHECK_EQUAL(v->text_of("t"), "true");
    BOOST_CHECK_EQUAL(v->text_of("z"), "");
    BOOST_CHECK_EQUAL(v->text_of("o"), "");
    BOOST_CHECK_EQUAL(v->find("o")->find("k")->items().at(1).text(), "2");
    BOOST_CHECK(v->find("z")->type() == json_value::kind::null);
    BOOST_CHECK(v->find("absent") == nullptr);
    BOOST_CHECK_EQUAL(v->members().front().first, "n");
    BOOST_CHECK_EQUAL(v->members().size(), 8U);
}

BOOST_AUTO_TEST_CASE(strings_are_unescaped_and_numbers_kept_as_written) {
    const auto v =
        json_value::parse(R"({"\u79df\"客":"a\/b\\\n\ud83d\ude00","big":123456789012345678901234567890,"e":1E+400})");
    BOOST_REQUIRE(v);
    BOOST_CHECK_EQUAL(v->text_of("租\"客"), "a/b\\\n😀");
    BOOST_CHECK_EQUAL(v->text_of("big"), "123456789012345678901234567890");
    BOOST_CHECK(!v->integer_of("big"));
    BOOST_CHECK_EQUAL(v->text_of("e"), "1E+400");
}

BOOST_AUTO_TEST_CASE(a_document_may_be_a_scalar_and_may_begin_with_a_byte_order_mark) {
    BOOST_CHECK_EQUAL(json_value::parse(" 0 ").value().text(), "0");
    BOOST_CHECK_EQUAL(json_value::parse("\"ok\"").value().text(), "ok");
    BOOST_CHECK_EQUAL(json_value::parse("true").value().text(), "true");
    BOOST_CHECK(json_value::parse("null").value().type() == json_value::kind::null);
    BOOST_CHECK(json_value::parse("\xEF\xBB\xBF{}").value().is_object());
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused_wherever_the_fault_stands) {
    for (const std::string text : {"",
                                   "  ",
                                   "{",
                                   "}",
                                   "[",
                                   "]",
                                   "{\"a\"",
                                   "{\"a\":",
                                   "{\"a\":}",
                                   "{\"a\":1",
                                   "{\"a\":1,}",
                                   "{,}",
                                   "{a:1}",
                                   "[1,]",
                                   "[,1]",
                                   "[1 2]",
                                   "[1,,2]",
                                   "{\"a\":1 \"b\":2}",
                                   "{\"a\":[1}",
                                   "{\"a\":[1}]",
                                   "{\"a\":1}}",
                                   "{\"a\":1} x",
                                   "{\"a\":1}{}",
                                   "1 2",
                                   "\"a\" 1",
                                   "nul",
                                   "nulll",
                                   "tru",
                                   "True",
                                   "+1",
                                   "01",
                                   "1.",
                                   ".5",
                                   "-",
                                   "1e",
                                   "0x10",
                                   "NaN",
                                   "{\"a\":\"b",
                                   "{\"a\":\"\\x\"}",
                                   "{\"a\":\"\\u12\"}",
                                   "{\"a\":\"\\ud800\"}",
                                   "{\"a\":\"\x01\"}",
                                   "{\"a\":\"\xff\"}",
                                   "{\"a\":{\"b\":[{\"c\":tru}]}}",
                                   "{\"a\":{\"b\":\"\\q\"}}",
                                   "{\"\\q\":1}",
                                   "{'a':1}",
                                   "[1]//",
                                   "\"a\nb\""}) {
        const auto v = json_value::parse(text);
        BOOST_REQUIRE_MESSAGE(!v, text);
        BOOST_CHECK(v.error().code == errc::invalid_input);
    }
}

BOOST_AUTO_TEST_CASE(the_error_says_where) {
    BOOST_CHECK_EQUAL(json_value::parse("{\"a\":1} x").error().message,
                      "not valid JSON: something follows the document at byte 8");
    BOOST_CHECK(json_value::parse("{\"a\":01}").error().message.find("byte 5") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nesting_is_bounded) {
    BOOST_CHECK(json_value::parse(nested(limits::json_depth)));
    BOOST_CHECK(!json_value::parse(nested(limits::json_depth + 1)));
    BOOST_CHECK(!json_value::parse(nested(100'000)));
    BOOST_CHECK(!json_value::parse(std::string(100'000, '[')));
}

BOOST_AUTO_TEST_CASE(a_refused_text_does_not_spoil_the_next_one) {
    BOOST_CHECK(!json_value::parse("{\"a\":[1}"));
    BOOST_CHECK_EQUAL(json_value::parse("{\"a\":[1]}").value().find("a")->items().size(), 1U);
    BOOST_CHECK(!json_value::parse("\"open"));
    BOOST_CHECK_EQUAL(json_value::parse("[\"" + std::string(100'000, 'x') + "\"]").value().items()[0].text().size(),
                      100'000U);
}

BOOST_AUTO_TEST_CASE(whole_numbers_come_as_integers_fractions_of_zero_and_exponents) {
    BOOST_CHECK(wire::whole_number("-7") == -7);
    BOOST_CHECK(wire::whole_number("1760000000123") == 1760000000123);
    BOOST_CHECK(wire::whole_number("1760000000123.0") == 1760000000123);
    BOOST_CHECK(wire::whole_number("1.76e12") == 1760000000000);
    BOOST_CHECK(wire::whole_number("9223372036854775807") == INT64_MAX);
    for (const std::string text :
         {"", " 1", "1 ", "+1", "1.5", "9223372036854775808", "1e19", "1e400", "abc", "0x1", "1e-1", "inf", "-"}) {
        BOOST_CHECK_MESSAGE(!wire::whole_number(text), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
