#include <boost/test/unit_test.hpp>

#include "schemas/dingding/cloud.hpp"

using namespace lockhub;

namespace {

dedupe_key key(std::string_view body, std::string account = "dd-main") {
    const auto cloud = dingding::make_cloud({.account = account_id(std::move(account)),
                                             .event_url = "https://hub.example.com/e",
                                             .result_url = "https://hub.example.com/r",
                                             .sign = dingding::sign_policy::if_present,
                                             .base_url = "http://127.0.0.1:9101",
                                             .client_id = "",
                                             .client_secret = {}});
    const auto parsed = cloud->parse_push({"https://hub.example.com/e", "application/json", body});
    BOOST_REQUIRE_MESSAGE(parsed.has_value(), body);
    return parsed->key;
}

constexpr std::string_view base = R"({"event":"brokenAlarm","uuid":"u","time":1760000000123,"detail":{"a":1,"b":2}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(dedupe_test)

BOOST_AUTO_TEST_CASE(a_repeat_has_the_same_key_however_it_is_written) {
    for (const auto* body :
         {R"({"time":1760000000123,"detail":{"a":1,"b":2},"uuid":"u","event":"brokenAlarm"})",
          R"({"event":"brokenAlarm","uuid":"u","time":"1760000000123","detail":{"a":1,"b":2}})",
          R"({ "event" : "brokenAlarm", "uuid":"u","time":1760000000123, "detail": { "a" : 1 , "b" : 2 } })",
          R"({"event":"brokenAlarm","uuid":"u","time":1760000000123,"detail":{"a":1,"b":2},"nickname":"new name"})"}) {
        BOOST_CHECK_MESSAGE(key(body) == key(base), body);
    }
    BOOST_CHECK(key(R"({"event":"x","time":1,"sign":null})") == key(R"({"event":"x","time":1})"));
}

BOOST_AUTO_TEST_CASE(other_content_makes_another_push) {
    for (const auto* body :
         {R"({"event":"brokenAlarm","uuid":"u","time":1760000000124,"detail":{"a":1,"b":2}})",
          R"({"event":"brokenAlarm","uuid":"v","time":1760000000123,"detail":{"a":1,"b":2}})",
          R"({"event":"wrongPwdAlarm","uuid":"u","time":1760000000123,"detail":{"a":1,"b":2}})",
          R"({"event":"brokenAlarm","uuid":"u","time":1760000000123,"detail":{"a":1,"b":3}})",
          R"({"event":"brokenAlarm","uuid":"u","time":1760000000123})",
          R"({"event":"brokenAlarm","uuid":"u","time":1760000000123,"detail":{"a":1,"b":2},"histories":[1]})"}) {
        BOOST_CHECK_MESSAGE(!(key(body) == key(base)), body);
    }
    BOOST_CHECK(!(key(base, "dd-other") == key(base)));
}

BOOST_AUTO_TEST_CASE(text_that_moves_from_one_field_to_its_neighbour_makes_another_push) {
    BOOST_CHECK(!(key(R"({"event":"bc","uuid":"a","time":1})") == key(R"({"event":"c","uuid":"ab","time":1})")));
}

BOOST_AUTO_TEST_CASE(the_order_is_the_time_of_an_event_and_the_serviceid_of_a_result) {
    BOOST_CHECK_EQUAL(key(base).order, 1760000000123);
    BOOST_CHECK_EQUAL(key(R"({"service":"S","serviceid":"700000100","result":{"ErrNo":1000}})").order, 700000100);
    BOOST_CHECK_EQUAL(key(R"({"event":"x","time":0})").order, 0);
    BOOST_CHECK_EQUAL(key(R"({"service":"S","serviceid":"abc"})").order, 0);
    BOOST_CHECK_EQUAL(key(R"({"service":"S"})").order, 0);
}

BOOST_AUTO_TEST_CASE(results_repeat_when_reference_and_content_do) {
    const auto* const first = R"({"service":"S","uuid":"u","serviceid":"7","result":{"ErrNo":1000}})";
    BOOST_CHECK(key(first) == key(R"({"service":"S","uuid":"u","serviceid":7,"result":{"ErrNo":1000}})"));
    BOOST_CHECK(!(key(first) == key(R"({"service":"S","uuid":"u","serviceid":"7","result":{"ErrNo":5101}})")));
    BOOST_CHECK(!(key(first) == key(R"({"service":"S","uuid":"u","serviceid":"8","result":{"ErrNo":1000}})")));
}

BOOST_AUTO_TEST_CASE(without_a_time_the_other_fields_tell_pushes_apart) {
    const auto* const first = R"({"event":"installSubmit","uuid":"","time":0,"home_id":"a","detail":{"sp_state":1}})";
    BOOST_CHECK(key(first) ==
                key(R"({"home_id":"a","event":"installSubmit","uuid":"","time":0,"detail":{"sp_state":1}})"));
    BOOST_CHECK(
        !(key(first) == key(R"({"event":"installSubmit","uuid":"","time":0,"home_id":"b","detail":{"sp_state":1}})")));
}

BOOST_AUTO_TEST_SUITE_END()
