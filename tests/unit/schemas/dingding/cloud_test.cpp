#include "schemas/dingding/cloud.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace lockhub;
using namespace lockhub::dingding;

namespace {

const time_point now = from_unix_ms(1760000000000);

account_settings settings() {
    return {.account = account_id("dd-main"),
            .event_url = "https://hub.example.com/in/dd/event",
            .result_url = "https://hub.example.com/in/dd/result",
            .sign = sign_policy::required,
            .base_url = "https://lockapi.example.com/openapi/v1",
            .client_id = "de\"mo",
            .client_secret = secret("demo-secret")};
}

result<access_token> token_from(int status, std::string body) {
    return make_cloud(settings())->decode_token({.status = status, .headers = {}, .body = std::move(body)}, now);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cloud_test)

BOOST_AUTO_TEST_CASE(the_hub_listens_on_the_paths_of_the_registered_urls) {
    auto with_query = settings();
    with_query.event_url = "http://hub.example.com:8080/a%20b/event?x=/1#f";
    with_query.result_url = "https://hub.example.com";
    const auto endpoints = make_cloud(with_query)->push_endpoints();
    BOOST_REQUIRE_EQUAL(endpoints.size(), 2U);
    BOOST_CHECK_EQUAL(endpoints[0].registered_url, with_query.event_url);
    BOOST_CHECK_EQUAL(endpoints[0].path, "/a%20b/event");
    BOOST_CHECK_EQUAL(endpoints[1].path, "/");
}

BOOST_AUTO_TEST_CASE(one_url_for_both_kinds_is_one_endpoint) {
    auto same = settings();
    same.result_url = same.event_url;
    BOOST_CHECK_EQUAL(make_cloud(same)->push_endpoints().size(), 1U);
}

BOOST_AUTO_TEST_CASE(urls_that_are_not_absolute_http_are_refused) {
    for (const auto* url :
         {"", "/in/dd", "hub.example.com/e", "ftp://hub.example.com/e", "https://", "https:///e", "http://h/a b"}) {
        for (const auto member :
             {&account_settings::event_url, &account_settings::result_url, &account_settings::base_url}) {
            auto bad = settings();
            bad.*member = url;
            BOOST_CHECK_THROW(make_cloud(bad), std::invalid_argument);
        }
    }
}

BOOST_AUTO_TEST_CASE(refusals_carry_the_vendors_codes_and_valid_json) {
    const auto cloud = make_cloud(settings());
    const auto refuse = [&](errc code) { return cloud->refuse({code, "say \"why\""}); };
    BOOST_CHECK_EQUAL(refuse(errc::invalid_input), R"({"ErrNo":14001,"ErrMsg":"say \"why\""})");
    BOOST_CHECK_EQUAL(refuse(errc::too_large), R"({"ErrNo":14001,"ErrMsg":"say \"why\""})");
    BOOST_CHECK_EQUAL(refuse(errc::unauthentic), R"({"ErrNo":15014,"ErrMsg":"say \"why\""})");
    BOOST_CHECK_EQUAL(refuse(errc::unavailable), R"({"ErrNo":15000,"ErrMsg":"say \"why\""})");
    BOOST_CHECK_EQUAL(cloud->acknowledge(0), R"({"ErrNo":0,"ErrMsg":"success","count":0})");
}

BOOST_AUTO_TEST_CASE(a_push_without_sign_is_unauthentic_and_one_that_is_no_push_is_invalid_first) {
    const auto cloud = make_cloud(settings());
    const auto code = [&](std::string_view body) {
        return cloud->parse_push({settings().event_url, "application/json", body}).error().code;
    };
    BOOST_CHECK(code(R"({"event":"x"})") == errc::unauthentic);
    BOOST_CHECK(code(R"({"event":"x","sign":"00"})") == errc::unauthentic);
    BOOST_CHECK(code(R"({"sign":"00"})") == errc::invalid_input);
}

BOOST_AUTO_TEST_CASE(the_token_request_escapes_what_it_carries) {
    const auto request = make_cloud(settings())->encode_token_request(now);
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->url, "https://lockapi.example.com/openapi/v1/access_token");
    BOOST_CHECK_EQUAL(request->body, R"({"client_id":"de\"mo","client_secret":"demo-secret"})");
}

BOOST_AUTO_TEST_CASE(a_token_ends_when_it_says_or_within_the_hour) {
    const auto token = token_from(200, R"({"ErrNo":"0","access_token":"t","expires_time":"1760604800"})");
    BOOST_REQUIRE(token);
    BOOST_CHECK_EQUAL(token->value.reveal(), "t");
    BOOST_CHECK(token->expires_at == from_unix_ms(1760604800000));
    BOOST_CHECK(token_from(200, R"({"ErrNo":0,"access_token":"t"})")->expires_at == now + std::chrono::hours(1));
}

BOOST_AUTO_TEST_CASE(a_refused_client_and_an_unreachable_cloud_differ) {
    BOOST_CHECK(token_from(200, R"({"ErrNo":15014,"ErrMsg":"权限受限"})").error().code == errc::unauthentic);
    BOOST_CHECK(token_from(401, "").error().code == errc::unauthentic);
    BOOST_CHECK(token_from(503, "").error().code == errc::unavailable);
    BOOST_CHECK(token_from(200, "<html>").error().code == errc::unavailable);
    BOOST_CHECK(token_from(200, R"({"ErrNo":0})").error().code == errc::unavailable);
}

BOOST_AUTO_TEST_CASE(codes_are_described_where_somebody_published_a_meaning) {
    const auto cloud = make_cloud(settings());
    BOOST_CHECK_EQUAL(cloud->meaning_of(102, "").chinese, "Token 过期");
    BOOST_CHECK_EQUAL(cloud->meaning_of(15013, "").chinese, "管理员密码不能被删除或冻结");
    BOOST_CHECK(!cloud->meaning_of(424242, "").is_known());
}

BOOST_AUTO_TEST_SUITE_END()
