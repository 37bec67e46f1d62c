// Slow, silent, vanishing and too many clients.
#include <boost/test/unit_test.hpp>
#include <list>
#include <string>

#include "tests/support/raw_client.hpp"
#include "tests/support/running_server.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view get = "GET /get HTTP/1.1\r\nHost: a\r\n\r\n";

// Sends byte after byte until the server says something.
void drip(test::raw_client& client, std::string_view bytes) {
    for (const auto& byte : bytes) {
        if (client.readable_within(10ms)) return;
        client.send({&byte, 1});
    }
    BOOST_FAIL("the server waited for all of it");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_limits_test)

BOOST_AUTO_TEST_CASE(a_header_that_drips_in_is_answered_408) {
    test::running_server server({.header_timeout = 200ms});
    test::raw_client client(server.port());
    drip(client, "GET /get HTTP/1.1\r\nHost: a\r\n" + std::string(5000, 'x'));
    const auto got = client.read_response();
    BOOST_TEST(got.status == 408);
    BOOST_TEST(got.body == R"({"error":"the header took too long"})");
    BOOST_TEST(got.header("Connection") == "close");
    BOOST_TEST(server.statistics().timeouts == 1U);
}

BOOST_AUTO_TEST_CASE(a_body_that_drips_in_is_answered_408) {
    test::running_server server({.body_timeout = 200ms});
    for (const std::string_view framing : {"Content-Length: 900\r\n", "Transfer-Encoding: chunked\r\n"}) {
        test::raw_client client(server.port());
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\n" + std::string(framing) + "\r\n");
        if (framing.starts_with("T")) client.send("384\r\n");
        drip(client, std::string(900, 'x'));
        const auto got = client.read_response();
        BOOST_TEST(got.status == 408);
        BOOST_TEST(got.body == R"({"error":"the body took too long"})");
    }
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed_without_a_word) {
    test::running_server server({.idle_timeout = 300ms});
    test::raw_client silent(server.port());
    BOOST_TEST(silent.read_to_end() == "");
    test::raw_client used(server.port());
    used.send(get);
    BOOST_TEST(used.read_response().status == 200);
    BOOST_TEST(used.closed_by_server());
    server.wait_for([](const hub::server_statistics& now) { return now.open == 0; });
}

BOOST_AUTO_TEST_CASE(a_handler_may_take_longer_than_every_timeout) {
    test::running_server server({.header_timeout = 20ms, .body_timeout = 20ms, .idle_timeout = 300ms});
    test::raw_client client(server.port());
    client.send("POST /gate HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    server.gate().wait_until_entered();
    BOOST_TEST(!client.readable_within(500ms));
    server.gate().let_through();
    BOOST_TEST(client.read_response().body == "let through: x");
}

BOOST_AUTO_TEST_CASE(one_address_has_its_bound_of_connections) {
    test::running_server server({.max_connections_per_address = 3});
    std::list<test::raw_client> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(server.port()).send(get);
        BOOST_TEST(clients.back().read_response().status == 200);
    }
    test::raw_client refused(server.port());
    BOOST_TEST(refused.closed_by_server());
    const auto now = server.statistics();
    BOOST_TEST(now.accepted == 4U);
    BOOST_TEST(now.refused_per_address == 1U);
    BOOST_TEST(now.refused_full == 0U);
    BOOST_TEST(now.open == 3U);

    clients.pop_back();
    server.wait_for([](const hub::server_statistics& later) { return later.open == 2; });
    test::raw_client next(server.port());
    next.send(get);
    BOOST_TEST(next.read_response().status == 200);
}

BOOST_AUTO_TEST_CASE(the_server_has_its_bound_of_connections) {
    test::running_server server(
        {.trusted_proxies = {"127.0.0.1"}, .max_connections = 2, .max_connections_per_address = 1});
    test::raw_client first(server.port());
    test::raw_client second(server.port());  // a trusted proxy has no bound of its own
    first.send(get);
    second.send(get);
    BOOST_TEST(first.read_response().status == 200);
    BOOST_TEST(second.read_response().status == 200);
    test::raw_client refused(server.port());
    BOOST_TEST(refused.closed_by_server());
    BOOST_TEST(server.statistics().refused_full == 1U);
}

BOOST_AUTO_TEST_CASE(a_client_that_vanishes_leaves_nothing_behind) {
    test::running_server server;
    const std::string_view stages[] = {"", "GET /g",
                                       "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nhalf a bo",
                                       "GET /large HTTP/1.1\r\nHost: a\r\n\r\n"};
    std::uint64_t accepted = 0;
    for (const auto stage : stages) BOOST_TEST_CONTEXT(stage) {
            for (const bool rudely : {false, true}) {
                {
                    test::raw_client client(server.port());
                    client.send(stage);
                    ++accepted;
                    server.wait_for([&](const hub::server_statistics& now) { return now.accepted == accepted; });
                    if (rudely) client.reset();
                }
                server.wait_for([](const hub::server_statistics& now) { return now.open == 0; });
            }
        }
    BOOST_TEST(server.statistics().timeouts == 0U);
    BOOST_TEST(server.statistics().bad_requests == 0U);
}

BOOST_AUTO_TEST_CASE(a_client_that_vanishes_while_its_request_is_handled_harms_nobody) {
    test::running_server server;
    {
        test::raw_client client(server.port());
        client.send("POST /gate HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
        server.gate().wait_until_entered();
        client.reset();
    }
    server.gate().let_through();
    server.wait_for([](const hub::server_statistics& now) { return now.open == 0; });
    test::raw_client next(server.port());
    next.send(get);
    BOOST_TEST(next.read_response().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
