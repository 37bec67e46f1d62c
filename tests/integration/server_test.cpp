// What the server answers to which bytes, over real sockets.
#include <boost/test/unit_test.hpp>
#include <string>

#include "schemas/core/limits.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/running_server.hpp"

using namespace lockhub;

namespace {

std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: hub\r\n" + std::string(headers) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_test)

BOOST_AUTO_TEST_CASE(a_request_reaches_its_handler_with_everything_it_says) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send(post("/echo?a=%20b", "hello", "Content-Type: text/x\r\nauthorization: Bearer t\r\n"));
    const auto got = client.read_response();
    BOOST_TEST(got.status == 200);
    BOOST_TEST(
        got.body ==
        "POST /echo?a=%20b path=/echo query=a=%20b type=text/x authorization=Bearer t from=127.0.0.1 body=hello");
    BOOST_TEST(got.header("Content-Type") == "text/plain");
    BOOST_TEST(got.header("Date") == "Sun, 22 Nov 2026 04:00:00 GMT");
    BOOST_TEST(got.header("Connection") == "");
}

BOOST_AUTO_TEST_CASE(every_refusal_has_its_status_and_says_why_in_json) {
    const struct {
        std::string bytes;
        int status;
        std::string_view says;
        bool stays_open;
    } cases[] = {
        {"nonsense\r\n\r\n", 400, "request line", false},
        {"GET /get HTTP/1.1\r\n\r\n", 400, "Host", false},
        {"GET /get HTTP/3.0\r\n\r\n", 505, "HTTP/1.1", false},
        {post("/nowhere", "{}"), 404, "nothing at this path", true},
        {post("/echo/", ""), 404, "nothing at this path", true},
        {"POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", 404, "nothing", false},
        {"POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 404, "nothing", false},
        {"GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", 405, "does not take that method", true},
        {"POST /echo HTTP/1.1\r\nHost: a\r\n\r\n", 411, "Content-Length", false},
        {"POST /echo HTTP/1.0\r\n\r\n", 411, "Content-Length", false},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413, "larger", false},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n", 413, "larger", false},
        {"POST /get HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 405, "method", true},
        {"GET /" + std::string(limits::target_bytes, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "too long", false},
        {"GET /get HTTP/1.1\r\nHost: a\r\nX-Much: " + std::string(limits::header_bytes, 'x') + "\r\n\r\n", 431,
         "header is too large", false},
        {post("/echo", "x", "Expect: the-unexpected\r\n"), 417, "100-continue", false},
        {post("/throw", "x"), 500, "failed", true},
    };
    test::running_server server;
    for (const auto& one : cases) BOOST_TEST_CONTEXT(one.status << " to " << one.bytes.substr(0, 70)) {
            test::raw_client client(server.port());
            client.send(one.bytes);
            const auto got = client.read_response();
            BOOST_TEST(got.status == one.status);
            BOOST_TEST(got.body.starts_with(R"({"error":")"));
            BOOST_TEST(got.body.contains(one.says));
            BOOST_TEST(got.header("Content-Type") == "application/json; charset=utf-8");
            BOOST_TEST((got.header("Connection") == "close") == !one.stays_open);
            if (one.stays_open) {
                client.send(post("/echo", "still here"));
                BOOST_TEST(client.read_response().body.ends_with("body=still here"));
            } else {
                BOOST_TEST(client.closed_by_server());
            }
        }
}

BOOST_AUTO_TEST_CASE(a_405_names_what_is_allowed_in_the_route_s_own_words_where_it_has_some) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send("PUT /in/push HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
    const auto got = client.read_response();
    BOOST_TEST(got.status == 405);
    BOOST_TEST(got.header("Allow") == "POST");
    BOOST_TEST(got.body == R"({"ErrNo":14001,"ErrMsg":"POST only"})");

    client.send("DELETE /get HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(client.read_response().header("Allow") == "GET, HEAD");
}

BOOST_AUTO_TEST_CASE(head_is_get_without_the_body) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send("HEAD /get?x HTTP/1.1\r\nHost: a\r\n\r\nGET /get?x HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.read_response(true);
    const auto get = client.read_response();
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.head == get.head);
    BOOST_TEST(get.body.starts_with("GET /get?x"));

    client.send("HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\nHEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(client.read_response(true).status == 404);
    BOOST_TEST(client.read_response(true).status == 405);
}

BOOST_AUTO_TEST_CASE(version_and_connection_header_decide_whether_the_connection_goes_on) {
    const struct {
        std::string_view request, connection;
        bool goes_on;
    } cases[] = {
        {"GET /get HTTP/1.1\r\nHost: a\r\n\r\n", "", true},
        {"GET /get HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close", false},
        {"GET /get HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", "close", false},
        {"GET /get HTTP/1.0\r\n\r\n", "close", false},
        {"GET /get HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive", true},
    };
    test::running_server server;
    for (const auto& one : cases) BOOST_TEST_CONTEXT(one.request) {
            test::raw_client client(server.port());
            client.send(one.request);
            const auto got = client.read_response();
            BOOST_TEST(got.status == 200);
            BOOST_TEST(got.header("Connection") == one.connection);
            if (one.goes_on) {
                client.send(one.request);
                BOOST_TEST(client.read_response().status == 200);
            } else {
                BOOST_TEST(client.closed_by_server());
            }
        }
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order) {
    test::running_server server;
    test::raw_client client(server.port());
    constexpr int requests = 500;
    std::string bytes;
    for (int i = 0; i < requests; ++i) bytes += post("/echo", "number " + std::to_string(i));
    client.send(bytes);
    for (int i = 0; i < requests; ++i)
        BOOST_REQUIRE(client.read_response().body.ends_with("body=number " + std::to_string(i)));
}

BOOST_AUTO_TEST_CASE(what_is_pipelined_beyond_the_buffer_is_not_read_until_answered) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send(post("/gate", "first"));
    server.gate().wait_until_entered();

    std::string flood;
    while (flood.size() < 1024 * 1024) flood += post("/echo", std::string(900, 'x'));
    std::size_t taken = 0;
    for (auto sent = client.send_what_fits(flood); sent > 0; sent = client.send_what_fits(flood)) taken += sent;
    // The kernel's buffers take some megabytes; a server that read on would take everything for ever.
    BOOST_TEST(taken < 64U * 1024 * 1024);
    server.gate().let_through();
    BOOST_TEST(client.read_response().body == "let through: first");
}

BOOST_AUTO_TEST_CASE(chunked_bodies_are_joined) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const auto byte : std::string_view("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")) client.send({&byte, 1});
    BOOST_TEST(client.read_response().body.ends_with("body=hello world"));
    client.send(post("/echo", "next"));
    BOOST_TEST(client.read_response().body.ends_with("body=next"));
}

BOOST_AUTO_TEST_CASE(a_post_needs_no_length_where_its_route_says_so) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send("POST /any/thing HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(client.read_response().status == 200);
}

BOOST_AUTO_TEST_CASE(continue_is_said_only_to_a_body_that_will_be_taken) {
    test::running_server server;
    test::raw_client taken(server.port());
    taken.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n");
    BOOST_TEST(taken.read_response().head == "HTTP/1.1 100 Continue\r\n\r\n");
    taken.send("hello");
    BOOST_TEST(taken.read_response().body.ends_with("body=hello"));
    // With the body already there nobody waits for the word.
    taken.send(post("/echo", "at once", "Expect: 100-continue\r\n"));
    BOOST_TEST(taken.read_response().body.ends_with("body=at once"));

    for (const std::string_view path : {"/nowhere", "/get"}) {
        test::raw_client refused(server.port());
        refused.send("POST " + std::string(path) +
                     " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        const auto got = refused.read_response();
        BOOST_TEST(got.status == (path == "/get" ? 405 : 404));
        BOOST_TEST(got.header("Connection") == "close");
    }
    test::raw_client too_large(server.port());
    too_large.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n");
    BOOST_TEST(too_large.read_response().status == 413);
}

BOOST_AUTO_TEST_CASE(an_absolute_target_is_read_as_its_path) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send("GET http://hub.example.com/get?x=1 HTTP/1.1\r\nHost: hub.example.com\r\n\r\n");
    BOOST_TEST(client.read_response().body.contains("path=/get query=x=1"));
}

BOOST_AUTO_TEST_CASE(a_413_reaches_a_client_that_sends_on_regardless) {
    test::running_server server;
    test::raw_client client(server.port());
    const std::string body(limits::linger_bytes / 2, 'x');
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
    client.send(body);
    BOOST_TEST(client.read_response().status == 413);
    BOOST_TEST(client.closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_large_answer_goes_out_whole_to_a_client_that_reads_late) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    server.wait_for([](const hub::server_statistics& now) { return now.requests == 1; });
    const auto got = client.read_response();
    BOOST_TEST(got.body.size() == test::running_server::large_bytes);
    BOOST_TEST(got.body.find_first_not_of('x') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_half_closed_client_still_gets_its_answer) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send(post("/echo", "last words"));
    client.finish_sending();
    BOOST_TEST(client.read_response().body.ends_with("body=last words"));
    BOOST_TEST(client.closed_by_server());
}

BOOST_AUTO_TEST_CASE(behind_a_trusted_proxy_the_client_is_the_one_it_reports) {
    test::running_server trusting({.trusted_proxies = {"127.0.0.0/8"}});
    test::running_server suspicious;
    const auto request = post("/echo", "", "X-Forwarded-For: 203.0.113.7, 198.51.100.9\r\n");
    test::raw_client first(trusting.port());
    first.send(request);
    BOOST_TEST(first.read_response().body.contains("from=198.51.100.9 "));
    test::raw_client second(suspicious.port());
    second.send(request);
    BOOST_TEST(second.read_response().body.contains("from=127.0.0.1 "));
}

BOOST_AUTO_TEST_CASE(new_routes_hold_for_the_next_request_and_the_old_ones_for_one_under_way) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send(post("/gate", "old"));
    server.gate().wait_until_entered();
    server.on_io_thread([](hub::server& running) {
        std::vector<hub::route> routes;
        routes.push_back({.path = "/new", .methods = {"GET"}, .target = std::make_shared<test::echo_handler>()});
        running.set_router(std::make_shared<const hub::router>(std::move(routes)));
    });
    server.gate().let_through();
    BOOST_TEST(client.read_response().body == "let through: old");
    client.send("GET /get HTTP/1.1\r\nHost: a\r\n\r\nGET /new HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(client.read_response().status == 404);
    BOOST_TEST(client.read_response().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
