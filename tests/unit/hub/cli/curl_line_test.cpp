#include "hub/cli/curl_line.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(curl_line_test)

BOOST_AUTO_TEST_CASE(a_form_is_one_urlencoded_field_after_another_as_the_gateways_document_has_it) {
    BOOST_CHECK_EQUAL(hub::curl_line({.method = "POST",
                                      .url = "http://127.0.0.1:19952/Api/GatewayOpen",
                                      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                      .body = "appid=a01&appsecret=******&unValid=2026-11-22+12%3A00%3A00"}),
                      "curl -X POST 'http://127.0.0.1:19952/Api/GatewayOpen' --data-urlencode 'appid=a01' "
                      "--data-urlencode 'appsecret=******' --data-urlencode 'unValid=2026-11-22 12:00:00'");
}

BOOST_AUTO_TEST_CASE(json_is_sent_as_it_is_and_quotes_stay_whole_in_a_shell) {
    BOOST_CHECK_EQUAL(hub::curl_line({.method = "POST",
                                      .url = "https://a.example/v1/add_room",
                                      .headers = {{"Content-Type", "application/json"}},
                                      .body = R"({"room_name":"it's"})"}),
                      R"(curl -X POST 'https://a.example/v1/add_room' -H 'Content-Type: application/json' )"
                      R"(--data-binary '{"room_name":"it'\''s"}')");
    BOOST_CHECK_EQUAL(hub::curl_line({.method = "GET", .url = "https://a.example/v1/x?a=b", .headers = {}, .body = {}}),
                      "curl -X GET 'https://a.example/v1/x?a=b'");
}

BOOST_AUTO_TEST_SUITE_END()
