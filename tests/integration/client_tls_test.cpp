// TLS towards PMS systems and lock clouds: who is trusted, for which name, and how it ends.
#include <fmt/format.h>
#include <boost/test/unit_test.hpp>

#include "tests/support/client_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lockhub::test {

using namespace std::chrono_literals;

namespace {

const peer_step ok = send_bytes(http_answer(200, "{}"));

struct tls_fixture : client_fixture {
    certificate pms = make_certificate("pms.test");
    temporary_folder folder;

    void trust(const certificate& authority) {
        dispatch::client_options with;
        with.ca_file = folder.write("authority.pem", authority.certificate_pem);
        use(with);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(client_tls_test)

BOOST_FIXTURE_TEST_CASE(a_trusted_certificate_for_the_name_is_served_and_the_connection_kept, tls_fixture) {
    trust(pms);
    const scripted_peer peer(io, {{read_request(), ok, read_request(), ok, stall()}}, pms);
    BOOST_TEST(send(post(peer.url("/a", "pms.test"))).has_value());
    const auto answer = send(post(peer.url("/b", "PMS.test")));
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->body == "{}");
    BOOST_TEST(peer.log().connections == 1U);
    BOOST_TEST((peer.log().tls_names == std::vector<std::string>{"pms.test"}));
}

BOOST_FIXTURE_TEST_CASE(a_certificate_nobody_vouches_for_is_refused_before_anything_is_sent, tls_fixture) {
    const scripted_peer peer(io, {{read_request(), ok, stall()}}, pms);
    const auto answer = send(post(peer.url("/", "pms.test")));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "tls");
    BOOST_TEST(!answer.error().maybe_sent);
    BOOST_TEST(answer.error().message.find("not trusted") != std::string::npos, answer.error().message);
    BOOST_TEST(peer.log().requests.empty());
}

BOOST_FIXTURE_TEST_CASE(a_trusted_certificate_for_another_name_or_for_no_address_is_refused, tls_fixture) {
    trust(pms);
    names["other.test"] = names["pms.test"];
    for (const auto* host : {"other.test", "127.0.0.1"}) {
        const scripted_peer peer(io, {{read_request(), ok, stall()}}, pms);
        const auto answer = send(post(peer.url("/", host)));
        BOOST_REQUIRE(!answer);
        BOOST_TEST(to_string(answer.error().why) == "tls");
        BOOST_TEST(!answer.error().maybe_sent);
        BOOST_TEST(peer.log().requests.empty());
    }
}

BOOST_FIXTURE_TEST_CASE(an_unverified_connection_serves_only_calls_that_ask_for_no_verification, tls_fixture) {
    const scripted_peer peer(io, {{read_request(), ok, stall()}}, pms);
    options.verify_tls = false;
    BOOST_TEST(send(post(peer.url("/", "pms.test"))).has_value());
    options.verify_tls = true;
    const auto answer = send(post(peer.url("/", "pms.test")));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "tls");
    BOOST_TEST(peer.log().requests.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_server_that_speaks_no_tls_fails_the_handshake, tls_fixture) {
    const scripted_peer peer(io, {{send_bytes("HTTP/1.1 400 Bad Request\r\n\r\n"), stall()}});
    const auto answer = send(post(fmt::format("https://127.0.0.1:{}/", peer.port())));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "tls");
    BOOST_TEST(!answer.error().maybe_sent);
}

BOOST_FIXTURE_TEST_CASE(a_handshake_that_stalls_ends_with_the_timeout_and_nothing_was_sent, tls_fixture) {
    options.timeout = 30ms;
    const silent_listener silent(io);
    const auto answer = send(post(fmt::format("https://127.0.0.1:{}/", silent.port())));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "timeout");
    BOOST_TEST(!answer.error().maybe_sent);
}

BOOST_FIXTURE_TEST_CASE(a_complete_answer_counts_though_the_server_ends_without_a_goodbye, tls_fixture) {
    trust(pms);
    const scripted_peer peer(io, {{read_request(), ok, close_rudely()}}, pms);
    BOOST_TEST(send(post(peer.url("/", "pms.test"))).has_value());
    run_until(io, [&] { return peer.log().ended == 1; });
    BOOST_TEST(send(post(peer.url("/", "pms.test"))).has_value());
    BOOST_TEST(peer.log().connections == 2U);
}

BOOST_FIXTURE_TEST_CASE(an_answer_cut_off_without_a_goodbye_is_not_taken_for_whole, tls_fixture) {
    trust(pms);
    const auto cut = send_bytes("HTTP/1.1 200 OK\r\n\r\n{\"code\":0}");
    const scripted_peer peer(io, {{read_request(), cut, close_rudely()}}, pms);
    const auto answer = send(post(peer.url("/", "pms.test")));
    BOOST_REQUIRE(!answer);
    BOOST_TEST(to_string(answer.error().why) == "connection_lost");
    BOOST_TEST(answer.error().maybe_sent);
}

BOOST_FIXTURE_TEST_CASE(the_goodbye_to_a_silent_server_is_bounded, tls_fixture) {
    trust(pms);
    // The server reads on, but never answers the client's close_notify.
    const scripted_peer peer(
        io, {{read_request(), send_bytes(http_answer(200, "{}", "Connection: close\r\n")), stall()}}, pms);
    BOOST_TEST(send(post(peer.url("/", "pms.test"))).has_value());
    run_until(io, [&] { return peer.log().ended == 1; });
    BOOST_TEST(client->statistics().idle == 0U);
}

BOOST_FIXTURE_TEST_CASE(authorities_that_cannot_be_read_are_a_start_up_error_naming_the_file, tls_fixture) {
    dispatch::client_options with;
    with.ca_file = folder / "missing.pem";
    BOOST_CHECK_EXCEPTION(dispatch::make_client(io, time, with), std::runtime_error, [&](const std::exception& e) {
        return std::string_view(e.what()).find("missing.pem") != std::string_view::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
