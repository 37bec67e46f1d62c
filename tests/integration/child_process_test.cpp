#include "tests/simulators/program/child_process.hpp"

#include <boost/test/unit_test.hpp>
#include <csignal>

#include "tests/simulators/program/hub_child.hpp"

using namespace lockhub::simulators;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(child_process_test)

BOOST_AUTO_TEST_CASE(exit_code_and_all_output_come_back) {
    const auto done = run_process({"/bin/sh", "-c", "echo out; echo err >&2; exit 3"}, 10s);
    BOOST_TEST(done.exit_code == 3);
    BOOST_TEST(done.output == "out\nerr\n");
}

BOOST_AUTO_TEST_CASE(a_child_that_writes_more_than_a_pipe_holds_still_ends) {
    const auto done = run_process({"/bin/sh", "-c", "head -c 300000 /dev/zero | tr '\\0' 'x'; echo"}, 10s);
    BOOST_TEST(done.exit_code == 0);
    BOOST_TEST(done.output.size() == 300001u);
}

BOOST_AUTO_TEST_CASE(a_signal_is_told_apart_from_an_exit_code) {
    auto child = child_process::start({"/bin/sh", "-c", "echo ready; exec sleep 60"});
    BOOST_TEST(child.read_line(10s).value() == "ready");
    child.signal(SIGKILL);
    BOOST_TEST(child.wait(10s).value() == 128 + SIGKILL);
}

BOOST_AUTO_TEST_CASE(waiting_ends_at_its_limit) {
    auto child = child_process::start({"/bin/sleep", "60"});
    BOOST_TEST(!child.wait(30ms).has_value());
    BOOST_TEST(!child.read_line(0ms).has_value());
    child.signal(SIGTERM);
    BOOST_TEST(child.wait(10s).value() == 128 + SIGTERM);
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_ends_with_127) {
    BOOST_TEST(run_process({"/nowhere/lockhub"}, 10s).exit_code == 127);
}

BOOST_AUTO_TEST_CASE(the_address_is_found_in_the_line_that_tells_it) {
    BOOST_TEST(listening_address("lockhub listening on http://127.0.0.1:8080") == "http://127.0.0.1:8080");
    BOOST_TEST(listening_address("丁盯     listening on http://127.0.0.1:9101/openapi/v1") == "http://127.0.0.1:9101");
    BOOST_TEST(listening_address("see http://127.0.0.1:1") == "");
}

BOOST_AUTO_TEST_SUITE_END()
