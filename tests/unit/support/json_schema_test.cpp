#include "tests/support/json_schema.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace lockhub::test;

namespace {

wire::json_value json(std::string_view text) {
    return wire::json_value::parse(text).value();
}

struct law {
    const char* schema;
    const char* value;
    const char* wrong;  // "": fits
};

std::string checked(const law& one) {
    const wire::json_value document = json(R"({"components":{"schemas":{
        "Pin":{"type":"string","pattern":"^[0-9]{6}$"},
        "Room":{"type":"object","required":["roomId"],"properties":{"roomId":{"type":"string"}}},
        "Same":{"$ref":"#/components/schemas/Pin"},
        "Round":{"$ref":"#/components/schemas/Round"}}}})");
    return json_schema(document).check(json(one.schema), json(one.value));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_schema_test)

BOOST_AUTO_TEST_CASE(values_fit_their_schema_or_the_place_is_named) {
    constexpr law laws[] = {
        {R"({})", R"(1)", ""},
        {R"({"type":"string"})", R"("a")", ""},
        {R"({"type":"string"})", R"(1)", "/: is no string"},
        {R"({"type":"integer"})", R"(-7)", ""},
        {R"({"type":"integer"})", R"(0.5)", "/: is no integer"},
        {R"({"type":"integer"})", R"("1")", "/: is no integer"},
        {R"({"type":"number"})", R"(0.5)", ""},
        {R"({"type":"boolean"})", R"("true")", "/: is no boolean"},
        {R"({"type":["string","null"]})", R"(null)", ""},
        {R"({"type":["string","null"]})", R"(1)", "/: is of none of the types"},
        {R"({"const":0})", R"(0)", ""},
        {R"({"const":0})", R"("0")", "/: is not 0"},
        {R"({"enum":["0","1"]})", R"("1")", ""},
        {R"({"enum":["0","1"]})", R"("2")", "/: '2' is none of the enum"},
        {R"({"pattern":"^a+$"})", R"("aaa")", ""},
        {R"({"pattern":"^a+$"})", R"("ab")", "/: 'ab' does not fit ^a+$"},
        {R"({"pattern":"^a+$"})", R"(1)", ""},
        {R"({"type":"array","items":{"type":"string"}})", R"([])", ""},
        {R"({"type":"array","items":{"type":"string"}})", R"(["a",2])", "/1: is no string"},
        {R"({"required":["a","b"]})", R"({"a":1,"b":null})", ""},
        {R"({"required":["a","b"]})", R"({"a":1})", "/: b is missing"},
        {R"({"properties":{"a":{"type":"string"}}})", R"({"b":1})", ""},
        {R"({"properties":{"a":{"type":"string"}}})", R"({"a":1})", "/a: is no string"},
        {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1,"b":1})", "/: b may not stand here"},
        {R"({"additionalProperties":{"type":"string"}})", R"({"b":1})", "/b: is no string"},
    };
    for (const law& one : laws) BOOST_TEST(checked(one) == one.wrong, one.schema << " of " << one.value);
}

BOOST_AUTO_TEST_CASE(choices_and_references_are_followed) {
    constexpr law laws[] = {
        {R"({"oneOf":[{"const":1},{"const":2}]})", R"(2)", ""},
        {R"({"oneOf":[{"const":1},{"const":2}]})", R"(3)", "/: fits nothing of oneOf (/: is not 1; /: is not 2)"},
        {R"({"oneOf":[{"type":"integer"},{"type":"number"}]})", R"(3)", "/: fits 2 of oneOf"},
        {R"({"anyOf":[{"type":"integer"},{"type":"number"}]})", R"(3)", ""},
        {R"({"anyOf":[{"type":"string"}]})", R"(3)", "/: fits nothing of anyOf (/: is no string)"},
        {R"({"$ref":"#/components/schemas/Pin"})", R"("482913")", ""},
        {R"({"$ref":"#/components/schemas/Same"})", R"("48")", "/: '48' does not fit ^[0-9]{6}$"},
        {R"({"$ref":"#/components/schemas/Pin","description":"beside it","x-missing":-1})", R"("482913")", ""},
        {R"({"items":{"$ref":"#/components/schemas/Room"}})", R"([{"roomId":"a"},{}])", "/1: roomId is missing"},
        {R"({"items":{"$ref":"#/components/schemas/Room"}})", R"([{"roomId":1},{}])",
         "/0/roomId: is no string\n/1: roomId is missing"},
    };
    for (const law& one : laws) BOOST_TEST(checked(one) == one.wrong, one.schema << " of " << one.value);
}

BOOST_AUTO_TEST_CASE(a_schema_that_is_wrong_itself_passes_nothing) {
    BOOST_CHECK_THROW(checked({R"({"minimum":3})", "1", ""}), std::logic_error);
    BOOST_CHECK_THROW(checked({R"({"$ref":"#/components/schemas/Nobody"})", "1", ""}), std::logic_error);
    BOOST_CHECK_THROW(checked({R"({"$ref":"other.json#/a"})", "1", ""}), std::logic_error);
    BOOST_CHECK_THROW(checked({R"({"$ref":"#/components/schemas/Round"})", "1", ""}), std::logic_error);
    BOOST_CHECK_THROW(checked({R"({"items":3})", "[1]", ""}), std::logic_error);
}

BOOST_AUTO_TEST_CASE(a_reference_escapes_slashes_of_names) {
    const wire::json_value document = json(R"({"paths":{"/a/b":{"x~y":7}}})");
    BOOST_TEST(json_schema(document).at("#/paths/~1a~1b/x~0y").integer().value() == 7);
}

BOOST_AUTO_TEST_CASE(values_are_the_same_whatever_the_order_of_members) {
    BOOST_TEST(same_json(json(R"({"a":[1,{"b":null}],"c":"1"})"), json(R"({"c":"1","a":[1,{"b":null}]})")));
    BOOST_TEST(!same_json(json(R"({"a":1})"), json(R"({"a":"1"})")));
    BOOST_TEST(!same_json(json(R"({"a":1})"), json(R"({"a":1,"b":1})")));
    BOOST_TEST(!same_json(json("[1,2]"), json("[2,1]")));
}

BOOST_AUTO_TEST_SUITE_END()
