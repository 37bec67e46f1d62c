#include "hub/http/response_writer.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

namespace {

constexpr std::string_view date = "Sun, 06 Nov 1994 08:49:37 GMT";

std::string written(const hub::response& what, hub::response_framing framing) {
    std::string out;
    hub::write_response(out, what, framing, date);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(response_writer_test)

BOOST_AUTO_TEST_CASE(a_response_carries_date_type_and_length) {
    hub::response out;
    out.body = R"({"ErrNo":0})";
    BOOST_TEST(written(out, {}) ==
               "HTTP/1.1 200 OK\r\n"
               "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
               "Content-Type: application/json; charset=utf-8\r\n"
               "Content-Length: 11\r\n"
               "\r\n"
               "{\"ErrNo\":0}");
}

BOOST_AUTO_TEST_CASE(retry_after_and_allow_stand_where_they_are_set) {
    hub::response out;
    hub::set_error(out, 503, "the hub cannot store");
    out.retry_after_seconds = 7;
    out.allow = "POST";
    const auto text = written(out, {});
    BOOST_TEST(text.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
    BOOST_TEST(text.contains("\r\nRetry-After: 7\r\n"));
    BOOST_TEST(text.contains("\r\nAllow: POST\r\n"));
    BOOST_TEST(text.ends_with("\r\n\r\n{\"error\":\"the hub cannot store\"}"));
}

BOOST_AUTO_TEST_CASE(connection_is_named_only_where_it_is_not_the_version_s_default) {
    const hub::response out;
    const struct {
        bool keep_alive, http_1_1;
        std::string_view header;
    } cases[] = {{true, true, ""}, {true, false, "keep-alive"}, {false, true, "close"}, {false, false, "close"}};
    for (const auto& one : cases) {
        const auto text = written(out, {.keep_alive = one.keep_alive, .http_1_1 = one.http_1_1});
        const auto expected = "\r\nConnection: " + std::string(one.header) + "\r\n";
        BOOST_TEST(text.contains("Connection:") == !one.header.empty());
        if (!one.header.empty()) BOOST_TEST(text.contains(expected));
    }
}

BOOST_AUTO_TEST_CASE(head_gets_the_length_without_the_body) {
    hub::response out;
    out.body = "ready";
    const auto text = written(out, {.head = true});
    BOOST_TEST(text.contains("\r\nContent-Length: 5\r\n"));
    BOOST_TEST(text.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(responses_without_content_say_nothing_about_it) {
    for (const int status : {204, 304}) {
        hub::response out;
        out.status = status;
        out.body = "lost";
        const auto text = written(out, {});
        BOOST_TEST(!text.contains("Content-"));
        BOOST_TEST(!text.contains("lost"));
    }
}

BOOST_AUTO_TEST_CASE(responses_are_appended_to_what_is_there) {
    std::string out = "before";
    hub::write_response(out, {}, {}, date);
    BOOST_TEST(out.starts_with("beforeHTTP/1.1 200 OK\r\n"));
}

BOOST_AUTO_TEST_CASE(the_date_follows_the_clock_by_the_second) {
    hub::http_date dates;
    BOOST_TEST(dates.at(from_unix_ms(784'111'777'000)) == "Sun, 06 Nov 1994 08:49:37 GMT");
    BOOST_TEST(dates.at(from_unix_ms(784'111'777'999)) == "Sun, 06 Nov 1994 08:49:37 GMT");
    BOOST_TEST(dates.at(from_unix_ms(784'111'778'000)) == "Sun, 06 Nov 1994 08:49:38 GMT");
    BOOST_TEST(dates.at(from_unix_ms(1'709'164'800'000)) == "Thu, 29 Feb 2024 00:00:00 GMT");
    BOOST_TEST(dates.at(from_unix_ms(0)) == "Thu, 01 Jan 1970 00:00:00 GMT");
}

BOOST_AUTO_TEST_SUITE_END()
