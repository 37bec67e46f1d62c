// The outbound client against servers that misbehave in every way the wild knows, over plain connections.
#include "dispatch/net/client.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/client_fixture.hpp"

namespace lockhub::test {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(client_test)

BOOST_FIXTURE_TEST_CASE(a_post_carries_its_headers_and_body_and_gets_the_answer, client_fixture) {
    scripted_peer peer(io, {{read_request(), send_bytes(http_answer(200, R"({"code":0})")), stall()}});
    auto request = post(peer.url("/callback?a=1"), "actionId=7&code=0");
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Host", "elsewhere"}};
    const auto answer = send(request);
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 200);
    BOOST_TEST(answer->body == R"({"code":0})");
    BOOST_REQUIRE(peer.log().requests.size() == 1U);
    BOOST_TEST(peer.log().requests.front() == fmt::format("POST /callback?a=1 HTTP/1.1\r\n"
                                                          "Host: 127.0.0.1:{}\r\n"
                                                          "User-Agent: lockhub/0.1\r\n"
                                                          "Content-Length: 17\r\n"
                                                          "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                                                          "actionId=7&code=0",
                                                          peer.port()));
}

struct answer_case {
    const char* name;
    std::string bytes;
    bool closes;  // the server ends the connection after its answer
    int status;
    std::string body;
};

const std::vector<answer_case>& answers() {
    static const std::vector<answer_case> table = {
        {"a chunked body", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n",
         false, 200, R"({"a":1})"},
        {"a body until the end of the connection", "HTTP/1.1 200 OK\r\n\r\n{\"code\":0}", true, 200, R"({"code":0})"},
        {"an HTTP/1.0 answer", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", true, 200, "{}"},
        {"an interim answer first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
         false, 200, "{}"},
        {"no content", "HTTP/1.1 204 No Content\r\n\r\n", false, 204, ""},
        {"a redirect, which is not followed",
         "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", false, 302, ""},
        {"a server error", http_answer(503, "busy"), false, 503, "busy"},
        {"more than the announced body", http_answer(200, "{}") + "trash", false, 200, "{}"},
    };
    return table;
}

BOOST_FIXTURE_TEST_CASE(every_shape_of_answer_is_read, client_fixture) {
    for (const auto& c : answers()) {
        BOOST_TEST_CONTEXT(c.name) {
            scripted_peer peer(io, {{read_request(), send_bytes(c.bytes), c.closes ? close_connection() : stall()}});
            const auto answer = send(post(peer.url()));
            BOOST_REQUIRE(answer);
            BOOST_TEST(answer->status == c.status);
            BOOST_TEST(answer->body == c.body);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(headers_of_the_answer_are_found_whatever_their_case, client_fixture) {
    scripted_peer peer(io, {{read_request(), send_bytes(http_answer(429, "", "retry-after: 120\r\n")), stall()}});
    const auto answer = send(post(peer.url()));
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->header("Retry-After") == "120");
}

struct failure_case {
    const char* name;
    peer_script script;
    error_class why;
};

std::vector<failure_case> failures() {
    const std::string header_beyond = "HTTP/1.1 200 OK\r\nX: " + std::string(limits::header_bytes, 'x') + "\r\n\r\n";
    const std::string body_beyond(limits::response_body_bytes + 1, 'x');
    const std::string chunks_beyond =
        fmt::format("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}", body_beyond.size(), body_beyond);
    const std::string length_beyond =
        fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", limits::response_body_bytes + 1);
    const std::string half_a_body = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
    std::string interims;
    for (int i = 0; i < 10; ++i) interims += "HTTP/1.1 100 Continue\r\n\r\n";
    const auto read = read_request();
    const auto end = close_connection();
    using enum error_class;
    return {
        {"closes without reading", {end}, connection_lost},
        {"closes after the request", {read, end}, connection_lost},
        {"resets after the request", {read, reset_connection()}, connection_lost},
        {"closes within the header", {read, send_bytes("HTTP/1.1 200 OK\r\nConte"), end}, connection_lost},
        {"closes within the body", {read, send_bytes(half_a_body), end}, connection_lost},
        {"speaks something else", {read, send_bytes("SSH-2.0-OpenSSH_9.2\r\n"), stall()}, connection_lost},
        {"sends interim answers without end", {read, send_bytes(interims), stall()}, connection_lost},
        {"announces a body beyond the bound", {read, send_bytes(length_beyond), stall()}, response_too_large},
        {"sends chunks beyond the bound", {read, send_bytes(chunks_beyond), stall()}, response_too_large},
        {"sends a body without end",
         {read, send_bytes("HTTP/1.1 200 OK\r\n\r\n" + body_beyond), stall()},
         response_too_large},
        {"sends a header beyond the bound", {read, send_bytes(header_beyond), stall()}, response_too_large},
    };
}

BOOST_FIXTURE_TEST_CASE(each_way_a_server_fails_has_its_class_and_the_request_may_have_been_taken, client_fixture) {
    for (const auto& c : failures()) {
        BOOST_TEST_CONTEXT(c.name) {
            scripted_peer peer(io, {c.script});
            const auto answer = send(post(peer.url()));
            BOOST_REQUIRE(!answer);
            BOOST_TEST(to_string(answer.error().why) == to_string(c.why));
            BOOST_TEST(answer.error().maybe_sent);
            BOOST_TEST(answer.error().message.starts_with(fmt::format("127.0.0.1:{}: ", peer.port())));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(nothing_was_sent_when_no_connection_came_about, client_fixture) {
    auto split = post("http://pms.test/");
    split.headers = {{"X-Note", "a\r\nX-Other: b"}};
    const std::pair<wire::http_request, error_class> table[] = {
        {post(fmt::format("http://127.0.0.1:{}/", unused_port(io))), error_class::connection_refused},
        {post("http://nobody.test/"), error_class::dns},
        {post("ftp://pms.test/"), error_class::bad_url},
        {split, error_class::bad_url},
    };
    for (const auto& [request, why] : table) {
        BOOST_TEST_CONTEXT(request.url) {
            const auto answer = send(request);
            BOOST_REQUIRE(!answer);
            BOOST_TEST(to_string(answer.error().why) == to_string(why));
            BOOST_TEST(!answer.error().maybe_sent);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_name_that_leads_into_the_own_network_is_refused_before_connecting, client_fixture) {
    scripted_peer peer(io, {{read_request(), send_bytes(http_answer(200, "{}")), stall()}});
    options.private_addresses = false;
    for (const auto* host : {"127.0.0.1", "pms.test"}) {
        const auto answer = send(post(peer.url("/", host)));
        BOOST_REQUIRE(!answer);
        BOOST_TEST(to_string(answer.error().why) == "address_forbidden");
        BOOST_TEST(!answer.error().maybe_sent);
    }
    BOOST_TEST(peer.log().connections == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_name_whose_first_address_refuses_is_tried_at_the_next, client_fixture) {
    scripted_peer peer(io, {{read_request(), send_bytes(http_answer(200, "{}")), stall()}});
    names["two.test"] = {*wire::ip_address::parse("127.0.0.2"), *wire::ip_address::parse("127.0.0.1")};
    BOOST_TEST(send(post(peer.url("/", "two.test"))).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_silent_or_dripping_server_costs_the_timeout_and_may_have_the_request, client_fixture) {
    options.timeout = 30ms;
    const peer_script scripts[] = {
        {read_request(), stall()},
        {read_request(), send_bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), stall()},
        {read_request(), send_bytes("HTTP/1.1 200 OK\r\n\r\n"), drip("x")},
    };
    for (const auto& script : scripts) {
        scripted_peer peer(io, {script});
        const auto answer = send(post(peer.url()));
        BOOST_REQUIRE(!answer);
        BOOST_TEST(to_string(answer.error().why) == "timeout");
        BOOST_TEST(answer.error().maybe_sent);
    }
}

BOOST_FIXTURE_TEST_CASE(a_server_that_does_not_read_costs_the_timeout, client_fixture) {
    options.timeout = 50ms;
    const silent_listener silent(io);
    const auto answer = send(post(fmt::format("http://127.0.0.1:{}/", silent.port()), std::string(64 << 20, 'x')));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "timeout");
    BOOST_TEST(answer.error().maybe_sent);
}

BOOST_FIXTURE_TEST_CASE(a_slow_name_server_costs_the_timeout_and_nothing_was_sent, client_fixture) {
    options.timeout = 30ms;
    const auto answer = send(post("http://slow.test/"));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "timeout");
    BOOST_TEST(!answer.error().maybe_sent);
}

BOOST_FIXTURE_TEST_CASE(a_connect_without_answer_ends_by_its_own_shorter_bound, client_fixture) {
    const full_listener full(io);
    dispatch::client_options impatient;
    impatient.connect_timeout = 30ms;
    use(impatient);
    const auto answer = send(post(fmt::format("http://127.0.0.1:{}/", full.port())));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "timeout");
    BOOST_TEST(!answer.error().maybe_sent);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
