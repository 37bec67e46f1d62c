#include "hub/cli/service_client.hpp"

#include <boost/test/unit_test.hpp>

#include "hub/cli/report_json.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(service_client_test)

BOOST_AUTO_TEST_CASE(a_response_is_read_with_its_status_headers_and_body) {
    const auto read = hub::parse_http_response(
        "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->status == 409);
    BOOST_TEST(read->header("content-type") == "application/json");
    BOOST_TEST(read->body == "{}");
}

BOOST_AUTO_TEST_CASE(half_a_response_is_none) {
    for (const std::string_view text :
         {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "SSH-2.0-x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"})
        BOOST_TEST(!hub::parse_http_response(text).has_value(), text << " must be refused");
}

BOOST_AUTO_TEST_CASE(where_nobody_listens_the_service_is_not_found) {
    const test::temporary_folder folder;
    const hub::service_client client(folder / "nobody.sock", secret("t"));
    const auto answer = client.get("/operator/status");
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(a_report_comes_back_as_it_was_written) {
    hub::service_report report;
    report.version = "1.2";
    report.listen = "127.0.0.1:8080";
    report.not_ready = "the service is stopping";
    report.breakers = {{.target = "demopms", .state = "open", .until = from_unix_ms(5000), .failures = 7}};
    report.pauses = {{.account = "yy-main", .until = from_unix_ms(6000), .busy_answers = 2}};
    report.deliveries_in_flight = 3;
    report.writer.queued_units = 9;
    report.writer.poisoned = true;
    report.connections.open = 4;
    const auto read = hub::parse_report(hub::to_json(report, from_unix_ms(1)));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->version == "1.2");
    BOOST_TEST(read->not_ready == report.not_ready);
    BOOST_REQUIRE(read->breakers.size() == 1);
    BOOST_TEST(read->breakers[0].target == "demopms");
    BOOST_TEST(read->breakers[0].state == "open");
    BOOST_TEST(to_unix_ms(read->breakers[0].until) == 5000);
    BOOST_TEST(read->breakers[0].failures == 7u);
    BOOST_REQUIRE(read->pauses.size() == 1);
    BOOST_TEST(read->pauses[0].account == "yy-main");
    BOOST_TEST(to_unix_ms(read->pauses[0].until) == 6000);
    BOOST_TEST(read->pauses[0].busy_answers == 2u);
    BOOST_TEST(read->deliveries_in_flight == 3u);
    BOOST_TEST(read->writer.queued_units == 9u);
    BOOST_TEST(read->writer.poisoned);
    BOOST_TEST(read->connections.open == 4u);
    BOOST_TEST(!hub::parse_report("{}").has_value());
}

BOOST_AUTO_TEST_CASE(refusals_carry_the_services_sentence) {
    const auto refused = [](int status, std::string body) {
        return hub::refused({.status = status, .headers = {}, .body = std::move(body)});
    };
    BOOST_TEST(refused(409, R"({"error":"the action is final","code":"conflict"})").err ==
               "lockhub: the action is final\n");
    BOOST_TEST(refused(409, "{}").code == hub::exit_code::failed);
    BOOST_TEST(refused(400, "{}").code == hub::exit_code::bad_usage);
    BOOST_TEST(refused(503, "{}").code == hub::exit_code::unreachable);
    BOOST_TEST(refused(500, "oops").err == "lockhub: the service answered with HTTP status 500\n");
}

BOOST_AUTO_TEST_SUITE_END()
