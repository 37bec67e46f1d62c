// The same server over TLS.
#include <openssl/ssl.h>

#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>

#include "tests/support/certificate.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

hub::tls_files write_files(const test::temporary_folder& folder, const test::certificate& identity,
                           const std::string& name) {
    return {.certificate = folder.write(name + ".crt", identity.certificate_pem).string(),
            .key = folder.write(name + ".key", identity.key_pem).string()};
}

std::string request(std::string_view body) {
    return "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

struct tls_fixture {
    test::temporary_folder folder;
    test::certificate first = test::make_certificate("hub.example.com");
    test::certificate second = test::make_certificate("hub.example.com");
    hub::tls_files first_files = write_files(folder, first, "first");
    hub::tls_files second_files = write_files(folder, second, "second");
    test::running_server server{{.tls = first_files}};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(server_tls_test, tls_fixture)

BOOST_AUTO_TEST_CASE(requests_are_served_over_tls_and_the_end_is_said) {
    test::raw_client client(server.port());
    client.start_tls(first.certificate_pem);
    for (int i = 0; i < 3; ++i) {
        client.send(request("hello"));
        BOOST_TEST(client.read_response().body.ends_with("body=hello"));
    }
    client.send("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    BOOST_TEST(client.read_response().body.size() == test::running_server::large_bytes);
    BOOST_TEST(client.closed_by_server());
}

BOOST_AUTO_TEST_CASE(tls_1_2_is_the_oldest_spoken) {
    test::raw_client old_enough(server.port());
    old_enough.start_tls(first.certificate_pem, TLS1_2_VERSION);
    old_enough.send(request("hello"));
    BOOST_TEST(old_enough.read_response().status == 200);
    test::raw_client too_old(server.port());
    BOOST_CHECK_THROW(too_old.start_tls({}, TLS1_1_VERSION), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_reload_gives_new_connections_the_new_certificate_and_leaves_old_ones_alone) {
    test::raw_client before(server.port());
    before.start_tls(first.certificate_pem);
    server.on_io_thread([this](hub::server& running) { BOOST_TEST(running.reload_tls(second_files).has_value()); });
    before.send(request("old"));
    BOOST_TEST(before.read_response().status == 200);

    test::raw_client after(server.port());
    after.start_tls(second.certificate_pem);
    BOOST_TEST(after.peer_certificate_pem() == second.certificate_pem);
    after.send(request("new"));
    BOOST_TEST(after.read_response().status == 200);
}

BOOST_AUTO_TEST_CASE(a_bad_file_changes_nothing_and_is_named) {
    const auto broken = folder.write("broken.crt", "no certificate").string();
    const struct {
        hub::tls_files files;
        std::string names;
    } cases[] = {
        {{.certificate = broken, .key = first_files.key}, "broken.crt"},
        {{.certificate = "/nowhere/hub.crt", .key = first_files.key}, "/nowhere/hub.crt"},
        {{.certificate = first_files.certificate, .key = "/nowhere/hub.key"}, "/nowhere/hub.key"},
        {{.certificate = first_files.certificate, .key = second_files.key}, "second.key"},
    };
    for (const auto& one : cases) {
        result<> outcome;
        server.on_io_thread([&](hub::server& running) { outcome = running.reload_tls(one.files); });
        BOOST_REQUIRE(!outcome.has_value());
        BOOST_TEST(outcome.error().message.contains(one.names));
    }
    test::raw_client client(server.port());
    client.start_tls(first.certificate_pem);
    BOOST_TEST(client.peer_certificate_pem() == first.certificate_pem);
    BOOST_CHECK_THROW(test::running_server({.tls = hub::tls_files{.certificate = broken, .key = first_files.key}}),
                      std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(plain_http_to_the_tls_port_gets_no_answer_and_harms_nobody) {
    test::raw_client plain(server.port());
    plain.send(request("in the clear"));
    BOOST_TEST(!plain.read_to_end().starts_with("HTTP/"));
    test::raw_client client(server.port());
    client.start_tls(first.certificate_pem);
    client.send(request("hello"));
    BOOST_TEST(client.read_response().status == 200);
}

BOOST_AUTO_TEST_CASE(a_handshake_that_never_ends_is_cut_off) {
    test::running_server impatient({.tls = first_files, .header_timeout = 100ms});
    test::raw_client silent(impatient.port());
    BOOST_TEST(silent.closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_slow_body_is_answered_408_over_tls_too) {
    test::running_server impatient({.tls = first_files, .body_timeout = 100ms});
    test::raw_client client(impatient.port());
    client.start_tls();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nhalf");
    BOOST_TEST(client.read_response().status == 408);
}

BOOST_AUTO_TEST_CASE(a_stop_closes_idle_tls_connections) {
    test::raw_client client(server.port());
    client.start_tls(first.certificate_pem);
    client.send(request("hello"));
    BOOST_TEST(client.read_response().status == 200);
    auto stopped = server.stop(1h);
    BOOST_TEST((stopped.wait_for(20s) == std::future_status::ready));
    BOOST_TEST(client.closed_by_server());
}

BOOST_AUTO_TEST_SUITE_END()
