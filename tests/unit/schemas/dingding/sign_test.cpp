#include "schemas/dingding/sign.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/digest.hpp"

using namespace lockhub;
using namespace lockhub::dingding;

namespace {

constexpr std::string_view url = "https://hub.example.com/in/dd/k7Qm2/event";

std::string text_of(std::string_view body, nested_text nested = nested_text::as_written) {
    push_message message;
    const auto read = message.read("application/json", body);
    BOOST_REQUIRE_MESSAGE(read.has_value(), body);
    return sign_text("U", message, nested);
}

// The state of `fields` with a sign made over `signed_text`.
sign_state state(const std::string& fields, const std::string& signed_text) {
    push_message message;
    const auto sign = wire::md5_hex({url, signed_text});
    BOOST_REQUIRE(message.read("application/json", "{" + fields + ",\"sign\":\"" + sign + "\"}"));
    return check_sign(url, message);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sign_test)

BOOST_AUTO_TEST_CASE(the_worked_example_of_the_protocol_notes) {
    push_message message;
    BOOST_REQUIRE(message.read(
        "application/json",
        R"({"event":"batteryAlarm","uuid":"0a1b2c3d4e5f60718293a4b5c6d7e8f9","time":1760000000123,"detail":{"battery_level":9},)"
        R"("center_uuid":null,"home_id":"6500aa11bb22cc33dd44ee55","room_id":"6500aa11bb22cc33dd44ee66","nickname":"",)"
        R"("manufactory":null,"sign":"75b01d5ffa05c7d7a183bc7d2c4c65c9"})"));
    BOOST_CHECK(check_sign(url, message) == sign_state::valid);
    BOOST_CHECK(check_sign("https://hub.example.com/in/dd/k7Qm2/event/", message) == sign_state::wrong);
}

BOOST_AUTO_TEST_CASE(keys_are_sorted_byte_by_byte_and_the_sign_left_out) {
    BOOST_CHECK_EQUAL(text_of(R"({"b":"1","a":"2","B":"3","sign":"x","a_b":"4","租":"5"})"), "UB=3&a=2&a_b=4&b=1&租=5");
    BOOST_CHECK_EQUAL(text_of("{}"), "U");
}

BOOST_AUTO_TEST_CASE(nulls_and_empty_texts_keep_their_key) {
    BOOST_CHECK_EQUAL(text_of(R"({"n":null,"e":"","t":true,"f":false})"), "Ue=&f=false&n=&t=true");
}

BOOST_AUTO_TEST_CASE(numbers_are_never_printed_anew) {
    BOOST_CHECK_EQUAL(text_of(R"({"a":1.50,"b":-0.0,"c":1E+2,"d":12345678901234567890123,"e":{"x":1.10,"y":[2.0]}})"),
                      R"(Ua=1.50&b=-0.0&c=1E+2&d=12345678901234567890123&e={"x":1.10,"y":[2.0]})");
}

BOOST_AUTO_TEST_CASE(blanks_between_tokens_are_stripped_and_blanks_in_strings_kept) {
    BOOST_CHECK_EQUAL(
        text_of(
            "{ \"d\" :\t{ \"b\" : [ 1 ,\r\n 2 , { } , [ ] ] , \"a k\" : \" x : , } \" , \"n\" : null } , \"c\" : 7 }"),
        R"(Uc=7&d={"b":[1,2,{},[]],"a k":" x : , } ","n":null})");
}

BOOST_AUTO_TEST_CASE(top_level_strings_are_unescaped) {
    BOOST_CHECK_EQUAL(text_of(R"({"a":"x\"y\\z\/w","b":"\u79df\u5ba2","c":"甲"})"), "Ua=x\"y\\z/w&b=租客&c=甲");
}

BOOST_AUTO_TEST_CASE(nested_keys_keep_their_order_and_their_escapes) {
    BOOST_CHECK_EQUAL(text_of(R"({"d":{"z":"a\/b","a\"k":"\u79df","m":"\"q\""}})"),
                      R"(Ud={"z":"a\/b","a\"k":"\u79df","m":"\"q\""})");
    BOOST_CHECK_EQUAL(text_of(R"({"d":{"z":"a\/b","a\"k":"\u79df","m":"\"q\""}})", nested_text::unescaped),
                      R"(Ud={"z":"a/b","a\"k":"租","m":"\"q\""})");
}

BOOST_AUTO_TEST_CASE(both_readings_of_nested_escapes_are_accepted) {
    const std::string fields = R"("detail":{"source_name":"\u79df\u5ba2","n":1.0},"event":"lockerOpenAlarm")";
    BOOST_CHECK(state(fields, R"(detail={"source_name":"租客","n":1.0}&event=lockerOpenAlarm)") == sign_state::valid);
    BOOST_CHECK(state(fields, R"(detail={"source_name":"\u79df\u5ba2","n":1.0}&event=lockerOpenAlarm)") ==
                sign_state::valid);
    BOOST_CHECK(state(fields, R"(detail={"source_name":"租客","n":1}&event=lockerOpenAlarm)") == sign_state::wrong);
}

BOOST_AUTO_TEST_CASE(top_level_arrays_take_part_as_compact_json) {
    BOOST_CHECK(state(R"("histories":[ {"t":1 , "v":2.50} ],"event":"elemeterHistory")",
                      R"(event=elemeterHistory&histories=[{"t":1,"v":2.50}])") == sign_state::valid);
}

BOOST_AUTO_TEST_CASE(fields_nobody_knows_take_part) {
    BOOST_CHECK(state(R"("event":"x","ticket_id":"77")", "event=x&ticket_id=77") == sign_state::valid);
    BOOST_CHECK(state(R"("event":"x","ticket_id":"77")", "event=x") == sign_state::wrong);
}

BOOST_AUTO_TEST_CASE(of_a_repeated_key_the_last_one_counts) {
    BOOST_CHECK_EQUAL(text_of(R"({"a":"1","b":"2","a":"3"})"), "Ua=3&b=2");
}

BOOST_AUTO_TEST_CASE(a_null_or_empty_sign_is_a_missing_one) {
    for (const std::string sign : {"null", "\"\""}) {
        push_message message;
        BOOST_REQUIRE(message.read("application/json", R"({"event":"x","sign":)" + sign + "}"));
        BOOST_CHECK(check_sign(url, message) == sign_state::missing);
    }
}

BOOST_AUTO_TEST_CASE(form_fields_are_signed_as_decoded) {
    push_message message;
    const auto sign = wire::md5_hex({url, R"(detail={"battery_level":9}&event=batteryAlarm&nickname=)"});
    BOOST_REQUIRE(message.read("application/x-www-form-urlencoded; charset=utf-8",
                               "event=batteryAlarm&nickname=&detail=%7B%22battery_level%22%3A9%7D&sign=" + sign));
    BOOST_CHECK(check_sign(url, message) == sign_state::valid);
}

BOOST_AUTO_TEST_SUITE_END()
