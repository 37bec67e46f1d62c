#include "tests/simulators/signatures.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/simulators/push_body.hpp"

using namespace lockhub::simulators;

BOOST_AUTO_TEST_SUITE(simulated_signatures_test)

BOOST_AUTO_TEST_CASE(the_event_sign_of_the_protocol_notes_comes_out) {
    push_body body;
    body.text("event", "batteryAlarm").text("uuid", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
    body.number("time", 1760000000123).json("detail", R"({"battery_level":9})").null("center_uuid");
    body.text("home_id", "6500aa11bb22cc33dd44ee55").text("room_id", "6500aa11bb22cc33dd44ee66");
    body.text("nickname", "").null("manufactory");
    const std::string text = body.finish("https://hub.example.com/in/dd/k7Qm2/event", "right");
    BOOST_TEST(text.ends_with(R"("manufactory":null,"sign":"75b01d5ffa05c7d7a183bc7d2c4c65c9"})"));
}

BOOST_AUTO_TEST_CASE(the_result_sign_of_the_protocol_notes_comes_out) {
    push_body body;
    body.text("service", "Password_Add_Service").text("uuid", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
    body.json("result", R"({"id":1015,"passwordid":"1015","ErrNo":1000})").text("serviceid", "700000100");
    body.text("home_id", "6500aa11bb22cc33dd44ee55").text("room_id", "6500aa11bb22cc33dd44ee66");
    const std::string text = body.finish("https://hub.example.com/in/dd/k7Qm2/result", "right");
    BOOST_TEST(text.ends_with(R"("sign":"aa6505c4fb19e75d36e10e9b013293be"})"));
}

BOOST_AUTO_TEST_CASE(a_wrong_sign_looks_like_one_and_none_is_absent) {
    push_body body;
    body.text("event", "brokenAlarm");
    const std::string right = body.finish("http://h/e", "right");
    const std::string wrong = body.finish("http://h/e", "wrong");
    BOOST_TEST(right.size() == wrong.size());
    BOOST_TEST(right != wrong);
    BOOST_TEST(body.finish("http://h/e", "none") == R"({"event":"brokenAlarm"})");
}

BOOST_AUTO_TEST_CASE(the_worked_hmac_of_the_protocol_notes_comes_out) {
    const text_fields fields = {{"hotelNo", "H10086"},     {"operatorGuid", "op-77"}, {"operatorName", "前台甲"},
                                {"pmsId", "demopms"},      {"version", "1.1.0"},      {"pwd", ""},
                                {"HMAC", "not part of it"}};
    BOOST_TEST(quhuhu_hmac(fields, "made-up-sign-key-7QxLr2") == "7A8D777310C6B58D94C9CF85150E102E");
}

BOOST_AUTO_TEST_CASE(the_key_goes_after_the_twelfth_character_not_byte) {
    // "hotelNo=" is eight characters; the key must follow the fourth Chinese one.
    const std::string expected = md5_hex_lower("hotelNo=酒店甲乙KEY丙&version=1.1.0");
    std::string upper = expected;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    BOOST_TEST(quhuhu_hmac({{"hotelNo", "酒店甲乙丙"}, {"version", "1.1.0"}}, "KEY") == upper);
}

BOOST_AUTO_TEST_CASE(forms_survive_the_way_there_and_back) {
    const text_fields fields = {{"time", "2026-11-22 12:00:00"}, {"name", "前台 & 甲=乙+%"}, {"empty", ""}};
    const text_fields back = decode_form(encode_form(fields));
    BOOST_TEST((back == fields));
    BOOST_TEST(field(decode_form("a=1+2&b=%E7%94%B2&c"), "b") == "甲");
}

BOOST_AUTO_TEST_SUITE_END()
