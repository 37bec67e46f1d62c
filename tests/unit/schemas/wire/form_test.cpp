#include "schemas/wire/form.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"

using namespace lockhub;
using wire::form;

namespace {

std::string value(std::string_view body, std::string_view name) {
    const auto parsed = form::parse(body);
    BOOST_REQUIRE(parsed);
    const auto found = parsed->find(name);
    BOOST_REQUIRE(found);
    return std::string(*found);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(form_test)

BOOST_AUTO_TEST_CASE(escapes_and_plus_signs_are_decoded) {
    BOOST_CHECK_EQUAL(value("a=1+2%2b3&b=%E5%89%8D%e5%8f%b0", "a"), "1 2+3");
    BOOST_CHECK_EQUAL(value("a=1+2%2b3&b=%E5%89%8D%e5%8f%b0", "b"), "前台");
}

BOOST_AUTO_TEST_CASE(raw_blanks_colons_and_utf8_are_taken_as_they_are) {
    BOOST_CHECK_EQUAL(value("endTime=2026-11-22 12:00:00&operatorName=前台甲", "endTime"), "2026-11-22 12:00:00");
    BOOST_CHECK_EQUAL(value("endTime=2026-11-22 12:00:00&operatorName=前台甲", "operatorName"), "前台甲");
}

BOOST_AUTO_TEST_CASE(a_percent_sign_that_begins_no_escape_stands_for_itself) {
    for (const std::string text : {"100%", "%", "%4", "%zz", "%%41"}) {
        const auto expected = text == "%%41" ? std::string("%A") : text;
        BOOST_CHECK_EQUAL(value("v=" + text, "v"), expected);
    }
}

BOOST_AUTO_TEST_CASE(the_first_value_of_a_name_counts_and_missing_ones_differ_from_empty_ones) {
    const auto parsed = form::parse("a=1&a=2&b&c=&&d=x=y");
    BOOST_REQUIRE(parsed);
    BOOST_CHECK_EQUAL(*parsed->find("a"), "1");
    BOOST_CHECK_EQUAL(*parsed->find("b"), "");
    BOOST_CHECK_EQUAL(*parsed->find("c"), "");
    BOOST_CHECK_EQUAL(*parsed->find("d"), "x=y");
    BOOST_CHECK(!parsed->find("A"));
    BOOST_CHECK_EQUAL(parsed->fields().size(), 5U);
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_after_decoding_is_refused) {
    for (const std::string body : {"a=%ff", "%C3=1", "a=\xC3(", "a=%ED%A0%80"}) {
        const auto parsed = form::parse(body);
        BOOST_REQUIRE_MESSAGE(!parsed, body);
        BOOST_CHECK(parsed.error().code == errc::invalid_input);
    }
}

BOOST_AUTO_TEST_CASE(a_form_has_at_most_as_many_fields_as_the_limit) {
    std::string body;
    for (std::size_t i = 0; i < limits::form_fields; ++i) body += "k=v&";
    BOOST_CHECK(form::parse(body));
    BOOST_CHECK(!form::parse(body + "one=more"));
}

BOOST_AUTO_TEST_CASE(what_is_encoded_reads_back_the_same) {
    form out;
    out.add("pmsId", "demo pms");
    out.add("前台", "甲&乙=丙+丁%");
    BOOST_CHECK(out.encode().starts_with("pmsId=demo+pms&%E5%89%8D"));
    const auto back = form::parse(out.encode());
    BOOST_REQUIRE(back);
    BOOST_CHECK(back->fields() == out.fields());
}

BOOST_AUTO_TEST_CASE(percent_encoding_leaves_only_unreserved_characters) {
    BOOST_CHECK_EQUAL(wire::percent_encode("aZ09-_.~ */+甲"), "aZ09-_.~%20%2A%2F%2B%E7%94%B2");
}

BOOST_AUTO_TEST_SUITE_END()
