// Listening and stopping.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <system_error>

#include "tests/support/raw_client.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;
constexpr std::string_view get = "GET /get HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view gate = "POST /gate HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";

bool done(std::future<void>& stopped) {
    return stopped.wait_for(patience) == std::future_status::ready;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_stop_test)

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_at_once_and_nobody_new_is_taken) {
    test::running_server server;
    test::raw_client fresh(server.port());
    test::raw_client used(server.port());
    used.send(get);
    BOOST_TEST(used.read_response().status == 200);
    server.wait_for([](const hub::server_statistics& now) { return now.open == 2; });

    auto stopped = server.stop(1h);
    BOOST_TEST(fresh.closed_by_server());
    BOOST_TEST(used.closed_by_server());
    BOOST_REQUIRE(done(stopped));
    BOOST_CHECK_THROW(test::raw_client(server.port()), std::system_error);
}

BOOST_AUTO_TEST_CASE(an_active_request_is_finished_and_told_that_the_connection_closes) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send(gate);
    server.gate().wait_until_entered();
    auto stopped = server.stop(1h);
    server.on_io_thread([](hub::server&) {});
    BOOST_CHECK(stopped.wait_for(0s) == std::future_status::timeout);

    server.gate().let_through();
    const auto got = client.read_response();
    BOOST_TEST(got.body == "let through: x");
    BOOST_TEST(got.header("Connection") == "close");
    BOOST_TEST(client.closed_by_server());
    {
        const auto gone = std::move(client);
    }
    BOOST_TEST(done(stopped));
}

BOOST_AUTO_TEST_CASE(a_request_still_being_read_may_arrive_whole) {
    test::running_server server;
    test::raw_client client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(client.read_response().status == 100);
    auto stopped = server.stop(1h);
    server.on_io_thread([](hub::server&) {});
    client.send("hello");
    BOOST_TEST(client.read_response().body.ends_with("body=hello"));
    {
        const auto gone = std::move(client);
    }
    BOOST_TEST(done(stopped));
}

BOOST_AUTO_TEST_CASE(what_is_not_finished_at_the_deadline_is_cut) {
    test::running_server server;
    test::raw_client reading(server.port());
    reading.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(reading.read_response().status == 100);
    test::raw_client not_taking(server.port());
    not_taking.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    server.wait_for([](const hub::server_statistics& now) { return now.requests == 1; });
    test::raw_client handled(server.port());
    handled.send(gate);
    server.gate().wait_until_entered();

    auto stopped = server.stop(50ms);
    BOOST_TEST(reading.closed_by_server());
    BOOST_TEST(handled.closed_by_server());
    server.gate().let_through();
    BOOST_TEST(done(stopped));
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_named) {
    test::running_server server;
    try {
        const test::running_server second({.port = server.port()});
        BOOST_FAIL("two servers on one port");
    } catch (const std::system_error& failure) {
        BOOST_TEST(std::string(failure.what()).contains("127.0.0.1:" + std::to_string(server.port())));
    }
    BOOST_CHECK_THROW(test::running_server({.host = "192.0.2.1"}), std::system_error);
}

BOOST_AUTO_TEST_CASE(a_unix_socket_is_for_its_owner_alone_and_goes_with_the_server) {
    const test::temporary_folder folder;
    const auto path = (folder / "hub.sock").string();
    test::running_server server({.host = "unix:" + path});
    struct ::stat status{};
    BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600U);

    test::raw_client client(path);
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    BOOST_TEST(client.read_response().body.contains("from=unix "));
    auto stopped = server.stop(1h);
    BOOST_REQUIRE(done(stopped));
    BOOST_TEST(!std::filesystem::exists(path));
}

BOOST_AUTO_TEST_CASE(a_stale_unix_socket_is_replaced_a_live_one_and_another_file_are_not) {
    const test::temporary_folder folder;
    const auto path = (folder / "hub.sock").string();
    {
        const test::running_server crashed({.host = "unix:" + path});
        std::filesystem::create_hard_link(path, path + ".stale");
    }
    std::filesystem::rename(path + ".stale", path);
    test::running_server server({.host = "unix:" + path});
    BOOST_CHECK_THROW(test::running_server({.host = "unix:" + path}), std::system_error);
    test::raw_client client(path);
    client.send(get);
    BOOST_TEST(client.read_response().status == 200);

    const auto file = folder.write("notes.txt", "precious").string();
    BOOST_CHECK_THROW(test::running_server({.host = "unix:" + file}), std::system_error);
    BOOST_TEST(std::filesystem::file_size(file) == 8U);
    BOOST_CHECK_THROW(test::running_server({.host = "unix:" + std::string(200, 'x')}), std::system_error);
}

BOOST_AUTO_TEST_SUITE_END()
