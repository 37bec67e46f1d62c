#include "schemas/domain/message_mask.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

namespace {

std::string shown(std::string_view json, const message_mask& mask = {}) {
    wire::json_writer out;
    mask.write(out, wire::json_value::parse(json).value());
    return out.take();
}

message_mask mask_of(std::string value) {
    return message_mask({secret(std::move(value))});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(message_mask_test)

BOOST_AUTO_TEST_CASE(members_that_carry_secrets_are_hidden_in_any_case_and_depth) {
    const std::string_view names[] = {
        "password",      "pwd",       "muid",   "access_token", "token", "accesst_token",
        "client_secret", "appsecret", "secret", "base64",       "hexs",  "encrypted_password",
        "AppSecret",     "key"};
    for (const auto name : names) {
        const std::string of(name);
        BOOST_CHECK_EQUAL(shown("{\"a\":[{\"" + of + "\":\"482913\"}]}"), "{\"a\":[{\"" + of + "\":\"******\"}]}");
        BOOST_CHECK_EQUAL(shown("{\"" + of + "\":482913}"), "{\"" + of + "\":\"******\"}");
        BOOST_CHECK_EQUAL(shown("{\"" + of + "\":[\"482913\"]}"), "{\"" + of + "\":[\"******\"]}");
    }
}

BOOST_AUTO_TEST_CASE(everything_else_stands_as_it_came) {
    const std::string_view json = R"({"ErrNo":0,"x":1.50,"y":null,"z":[true,{"id":"1015","name":"甲"}],"empty":""})";
    BOOST_CHECK_EQUAL(shown(json), json);
    BOOST_CHECK_EQUAL(shown(R"({"password":""})"), R"({"password":""})");
}

BOOST_AUTO_TEST_CASE(a_password_that_is_an_object_shows_its_number_only) {
    BOOST_CHECK_EQUAL(shown(R"({"password":{"id":1015,"password":"x","other":"y"}})"),
                      R"({"password":{"id":1015,"password":"******","other":"******"}})");
    BOOST_CHECK_EQUAL(shown(R"({"passwords":{"1015":{"name":"甲","password":"x"}}})"),
                      R"({"passwords":{"1015":{"name":"甲","password":"******"}}})");
    BOOST_CHECK_EQUAL(shown(R"({"passwords":{"1015":"482913"}})"), R"({"passwords":{"1015":"******"}})");
}

BOOST_AUTO_TEST_CASE(phone_numbers_keep_their_ends) {
    BOOST_CHECK_EQUAL(shown(R"({"phonenumber":"13812345678","send_to":13812345678,"phone":"+8613812345678"})"),
                      R"({"phonenumber":"138****5678","send_to":"138****5678","phone":"+86****5678"})");
    BOOST_CHECK_EQUAL(shown(R"({"operator":"前台甲","authoredMobile":"13812345678","opener":"15111101441"})"),
                      R"({"operator":"前台甲","authoredMobile":"138****5678","opener":"151****1441"})");
}

BOOST_AUTO_TEST_CASE(a_value_that_was_sent_as_a_secret_never_shows_wherever_it_stands) {
    const auto mask = mask_of("482913");
    BOOST_CHECK_EQUAL(mask.text("密码 482913 无效, 482913!"), "密码 ****** 无效, ******!");
    BOOST_CHECK_EQUAL(shown(R"({"desc":"pin 482913","n":482913,"m":48291})", mask),
                      R"({"desc":"pin ******","n":"******","m":48291})");
    BOOST_CHECK_EQUAL(mask_of("12").text("12 rooms"), "12 rooms");
    BOOST_CHECK_EQUAL(message_mask({secret("4829"), secret("482913")}).text("482913"), "******");
}

BOOST_AUTO_TEST_CASE(a_request_shows_where_it_goes_and_no_secret) {
    const auto get = message_mask().request({.method = "GET",
                                             .url = "https://a.example/v1/get_lock_info?access_token=T1&uuid=0a1b",
                                             .headers = {{"Authorization", "Bearer T1"}, {"Accept", "*/*"}},
                                             .body = {}});
    BOOST_CHECK_EQUAL(get.url, "https://a.example/v1/get_lock_info?access_token=******&uuid=0a1b");
    BOOST_CHECK((get.headers == wire::header_list{{"Authorization", "******"}, {"Accept", "*/*"}}));

    const auto post = message_mask().request({.method = "POST",
                                              .url = "http://127.0.0.1:19952/Api/GatewayUploadOnline",
                                              .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                              .body = "appid=a01&appsecret=b01&rm_id=7&pwd=482913&m1=1"});
    BOOST_CHECK_EQUAL(post.body, "appid=a01&appsecret=******&rm_id=7&pwd=******&m1=1");

    const auto json = message_mask().request({.method = "POST",
                                              .url = "https://a.example/v1/add_password",
                                              .headers = {},
                                              .body = R"({"access_token":"T1","password":"482913","is_default":0})"});
    BOOST_CHECK_EQUAL(json.body, R"({"access_token":"******","password":"******","is_default":0})");
}

BOOST_AUTO_TEST_SUITE_END()
