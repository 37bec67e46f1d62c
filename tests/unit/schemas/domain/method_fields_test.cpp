#include "schemas/domain/method_fields.hpp"

#include <array>
#include <boost/test/unit_test.hpp>

using namespace lockhub;

namespace {

using enum vendor_parameter::type;

constexpr std::array parameters{
    vendor_parameter{.name = "room", .required = true},
    vendor_parameter{.name = "number", .what = whole_number, .lowest = 1, .highest = 49},
    vendor_parameter{.name = "pin", .what = digits, .secret = true, .lowest = 6, .highest = 10},
    vendor_parameter{.name = "begin", .what = time_seconds, .other_name = "begn"},
    vendor_parameter{.name = "end", .what = time_china},
    vendor_parameter{.name = "homes", .what = text_list, .other_name = "home", .sent_under_both = true},
    vendor_parameter{.name = "flag", .what = boolean},
    vendor_parameter{.name = "tree", .what = json}};
constexpr std::array methods{vendor_method{.name = "open_door",
                                           .section = "1",
                                           .http_method = "POST",
                                           .parameters = parameters,
                                           .changes = true,
                                           .other_name = "open_dor"}};

std::string members(std::vector<wire::form::field> fields) {
    const auto read = read_fields(methods.front(), wire::form(std::move(fields)));
    if (!read) return read.error().message;
    wire::json_writer out;
    out.begin_object();
    write_members(out, *read);
    out.end_object();
    return out.take();
}

std::string one(std::string name, std::string value) {
    return members({{"room", "801"}, {std::move(name), std::move(value)}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(method_fields_test)

BOOST_AUTO_TEST_CASE(a_method_is_found_by_both_its_names) {
    BOOST_CHECK_EQUAL((*find_method(methods, "open_door"))->name, "open_door");
    BOOST_CHECK_EQUAL((*find_method(methods, "open_dor"))->name, "open_door");
    const auto unknown = find_method(methods, "opendoor");
    BOOST_REQUIRE(!unknown);
    BOOST_CHECK(unknown.error().code == errc::not_found);
    BOOST_CHECK_EQUAL(unknown.error().message, "no method 'opendoor', did you mean 'open_door'?");
}

BOOST_AUTO_TEST_CASE(fields_are_written_in_the_order_of_the_parameters) {
    BOOST_CHECK_EQUAL(members({{"pin", "012345"}, {"number", "7"}, {"room", "801"}}),
                      R"({"room":"801","number":7,"pin":"012345"})");
}

BOOST_AUTO_TEST_CASE(times_are_read_either_way_and_written_as_the_wire_has_them) {
    for (const std::string given : {"2026-11-22 12:00:00", "1795320000"}) {
        BOOST_CHECK_EQUAL(one("begin", given), R"({"room":"801","begin":1795320000})");
        BOOST_CHECK_EQUAL(one("begn", given), R"({"room":"801","begin":1795320000})");
        BOOST_CHECK_EQUAL(one("end", given), R"({"room":"801","end":"2026-11-22 12:00:00"})");
    }
}

BOOST_AUTO_TEST_CASE(lists_are_taken_with_commas_or_as_json) {
    for (const std::string given : {"h-1,h-2", R"(["h-1", "h-2"])"}) {
        BOOST_CHECK_EQUAL(one("homes", given), R"({"room":"801","homes":["h-1","h-2"],"home":["h-1","h-2"]})");
    }
    BOOST_CHECK_EQUAL(one("homes", "[1001]"), R"({"room":"801","homes":["1001"],"home":["1001"]})");
}

BOOST_AUTO_TEST_CASE(booleans_and_json_stand_as_such) {
    BOOST_CHECK_EQUAL(one("flag", "true"), R"({"room":"801","flag":true})");
    BOOST_CHECK_EQUAL(one("tree", R"({"a":[1,null]})"), R"({"room":"801","tree":{"a":[1,null]}})");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_in_one_sentence_without_secrets) {
    const struct {
        std::string name, value, sentence;
    } cases[] = {
        {"number", "0", "open_door: 'number' must be a whole number from 1 to 49, not '0'"},
        {"number", "1e1", "open_door: 'number' must be a whole number from 1 to 49, not '1e1'"},
        {"pin", "48291x", "open_door: 'pin' must be 6 to 10 digits"},
        {"begin", "tomorrow",
         "open_door: 'begin' must be a time: yyyy-MM-dd HH:mm:ss in China time, or seconds since 1970, not 'tomorrow'"},
        {"flag", "1", "open_door: 'flag' must be true or false, not '1'"},
        {"tree", "{", "open_door: 'tree' must be JSON, not '{'"},
        {"romo", "801", "open_door: no parameter 'romo', did you mean 'room'?"},
        {"room", "802", "open_door: 'room' is given twice"},
    };
    for (const auto& each : cases) BOOST_CHECK_EQUAL(one(each.name, each.value), each.sentence);
    BOOST_CHECK_EQUAL(members({{"number", "1"}}), "open_door: 'room' is missing");
    BOOST_CHECK_EQUAL(members({{"room", ""}}), "open_door: 'room' is missing");
}

BOOST_AUTO_TEST_CASE(a_form_has_every_value_as_text) {
    const auto read = read_fields(methods.front(), wire::form({{"room", "801"}, {"homes", "a,b"}, {"number", "7"}}));
    wire::form out;
    add_fields(out, read.value());
    const std::vector<wire::form::field> wanted{
        {"room", "801"}, {"number", "7"}, {"homes", R"(["a","b"])"}, {"home", R"(["a","b"])"}};
    BOOST_CHECK(out.fields() == wanted);
}

BOOST_AUTO_TEST_SUITE_END()
