// The load generator counts what the server did.
#include "tests/bench/load.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/running_server.hpp"

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(load_test)

BOOST_AUTO_TEST_CASE(every_request_is_sent_once_and_its_answer_counted) {
    test::running_server server;
    std::uint64_t made = 0;
    const auto result = bench::run_load({.port = server.port(), .target = "/echo", .connections = 16, .requests = 2000},
                                        [&made](std::uint64_t number, std::string& out) {
                                            BOOST_TEST(number == made++);
                                            out += std::to_string(number);
                                        });
    BOOST_TEST(result.answered == 2000U);
    BOOST_TEST(result.refused == 0U);
    BOOST_TEST(result.broken == 0U);
    BOOST_TEST(result.latencies.count() == 2000U);
    BOOST_TEST(result.per_second() > 0);
    BOOST_TEST(server.statistics().requests == 2000U);
}

BOOST_AUTO_TEST_CASE(other_answers_than_200_are_told_apart) {
    test::running_server server;
    const auto result = bench::run_load(
        {.port = server.port(), .target = "/nowhere", .connections = 2, .requests = 100}, bench::constant_body("{}"));
    BOOST_TEST(result.answered == 0U);
    BOOST_TEST(result.refused == 100U);
}

BOOST_AUTO_TEST_CASE(large_bodies_and_closed_connections_are_survived) {
    test::running_server server;
    const auto large = bench::run_load({.port = server.port(), .target = "/in/push", .connections = 4, .requests = 40},
                                       bench::constant_body(std::string(limits::push_body_bytes, 'x')));
    BOOST_TEST(large.answered == 40U);
    const auto closed = bench::run_load({.port = server.port(), .target = "/echo", .connections = 4, .requests = 40},
                                        bench::constant_body(std::string(1001, 'x')));
    BOOST_TEST(closed.refused == 4U);
    BOOST_TEST(closed.broken == 4U);
}

BOOST_AUTO_TEST_SUITE_END()
