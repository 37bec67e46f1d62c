// Connections kept between calls: reused while alive, replaced without fuss when dead, never shared where they must not
// be.
#include <boost/test/unit_test.hpp>

#include "tests/support/client_fixture.hpp"

namespace lockhub::test {

using namespace std::chrono_literals;

namespace {

const peer_step ok = send_bytes(http_answer(200, "{}"));

struct kept_fixture : client_fixture {
    // Runs until the server has played `scripts` of its connections to the end, and the client's kernel knows it.
    void wait_until_ended(const scripted_peer& peer, std::size_t scripts) {
        run_until(io, [&] { return peer.log().ended == scripts; });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(client_kept_connection_test)

BOOST_FIXTURE_TEST_CASE(calls_to_one_host_share_a_connection, kept_fixture) {
    const scripted_peer peer(io, {{read_request(), ok, read_request(), ok, read_request(), ok, stall()}});
    for (const auto* path : {"/a", "/b", "/c"}) BOOST_TEST(send(post(peer.url(path))).has_value());
    BOOST_TEST(peer.log().connections == 1U);
    BOOST_TEST(peer.log().requests.size() == 3U);
    BOOST_TEST(client->statistics().connections_reused == 2U);
}

BOOST_FIXTURE_TEST_CASE(answers_that_end_their_connection_are_followed_by_a_fresh_one, kept_fixture) {
    const std::string endings[] = {
        http_answer(200, "{}", "Connection: close\r\n"),
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        http_answer(200, "{}") + "bytes nobody asked for",
    };
    for (const auto& ending : endings) {
        BOOST_TEST_CONTEXT(ending) {
            const scripted_peer peer(io,
                                     {{read_request(), send_bytes(ending), stall()}, {read_request(), ok, stall()}});
            BOOST_TEST(send(post(peer.url())).has_value());
            BOOST_TEST(client->statistics().idle == 0U);
            BOOST_TEST(send(post(peer.url())).has_value());
            BOOST_TEST(peer.log().connections == 2U);
        }
        use({});
    }
}

BOOST_FIXTURE_TEST_CASE(a_kept_connection_found_closed_is_replaced_before_anything_is_sent, kept_fixture) {
    for (const auto& end : {close_connection(), reset_connection()}) {
        const scripted_peer peer(io, {{read_request(), ok, end}, {read_request(), ok, stall()}});
        BOOST_TEST(send(post(peer.url())).has_value());
        wait_until_ended(peer, 1);
        BOOST_TEST(send(post(peer.url())).has_value());
        BOOST_TEST(peer.log().connections == 2U);
    }
}

BOOST_FIXTURE_TEST_CASE(a_post_on_a_kept_connection_that_dies_under_it_is_reported_and_not_repeated, kept_fixture) {
    const scripted_peer peer(io,
                             {{read_request(), ok, read_request(), close_connection()}, {read_request(), ok, stall()}});
    BOOST_TEST(send(post(peer.url())).has_value());
    const auto answer = send(post(peer.url()));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "connection_lost");
    BOOST_TEST(answer.error().maybe_sent);
    BOOST_TEST(peer.log().requests.size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_get_on_a_kept_connection_that_dies_under_it_is_tried_once_more, kept_fixture) {
    const scripted_peer peer(io,
                             {{read_request(), ok, read_request(), close_connection()}, {read_request(), ok, stall()}});
    BOOST_TEST(send(get(peer.url())).has_value());
    BOOST_TEST(send(get(peer.url())).has_value());
    BOOST_TEST(peer.log().requests.size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_get_whose_fresh_connection_dies_too_is_reported, kept_fixture) {
    const scripted_peer peer(
        io, {{read_request(), ok, read_request(), close_connection()}, {read_request(), close_connection()}});
    BOOST_TEST(send(get(peer.url())).has_value());
    BOOST_TEST(!send(get(peer.url())).has_value());
    BOOST_TEST(peer.log().connections == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_connection_opened_to_a_private_address_serves_no_call_that_may_not_go_there, kept_fixture) {
    const scripted_peer peer(io, {{read_request(), ok, stall()}});
    BOOST_TEST(send(post(peer.url())).has_value());
    options.private_addresses = false;
    const auto answer = send(post(peer.url()));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "address_forbidden");
    BOOST_TEST(peer.log().requests.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_connection_idle_beyond_its_lifetime_is_not_used_again, kept_fixture) {
    const scripted_peer peer(io, {{read_request(), ok, stall()}});
    BOOST_TEST(send(post(peer.url())).has_value());
    time.advance(limits::idle_connection_lifetime);
    BOOST_TEST(send(post(peer.url())).has_value());
    BOOST_TEST(peer.log().connections == 2U);
}

BOOST_FIXTURE_TEST_CASE(an_idle_connection_is_closed_when_its_lifetime_ends_though_nobody_calls, kept_fixture) {
    dispatch::client_options brief;
    brief.idle_connection_lifetime = 5ms;
    use(brief);
    const scripted_peer peer(io, {{read_request(), ok, stall()}});
    BOOST_TEST(send(post(peer.url())).has_value());
    BOOST_TEST(client->statistics().idle == 1U);
    time.advance(1s);
    wait_until_ended(peer, 1);
    BOOST_TEST(client->statistics().idle == 0U);
}

BOOST_FIXTURE_TEST_CASE(no_more_connections_are_kept_than_the_bounds_say, kept_fixture) {
    dispatch::client_options frugal;
    frugal.idle_connections = 1;
    use(frugal);
    const scripted_peer first(io, {{read_request(), ok, stall()}});
    const scripted_peer second(io, {{read_request(), ok, stall()}});
    BOOST_TEST(send(post(first.url())).has_value());
    BOOST_TEST(send(post(second.url())).has_value());
    BOOST_TEST(client->statistics().idle == 1U);
    wait_until_ended(first, 1);
    BOOST_TEST(second.log().ended == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
