// The demo behind ./dev run, cut short after its first round of traffic.
#include <boost/test/unit_test.hpp>
#include <csignal>

#include "tests/simulators/program/child_process.hpp"
#include "tests/support/sql_reader.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using namespace lockhub::test;

BOOST_AUTO_TEST_SUITE(demo_test)

BOOST_AUTO_TEST_CASE(traffic_flows_at_once_and_everything_ends_cleanly) {
    temporary_folder folder;
    const auto run = [&] {
        return simulators::run_process(
            {LOCKHUB_SIM_PROGRAM, "demo", "--hub", LOCKHUB_PROGRAM, "--dir", folder.path().string(), "--once"},
            std::chrono::seconds(60));
    };
    const auto first = run();
    BOOST_TEST(first.exit_code == 0, first.output);
    for (const char* told :
         {"a guest checks in", "push Password_Add_Service", "ended with code 0 (hmac right)",
          "MarkRoomCard for 1-301: done", "the card opens the door", "lock.opened", "lock.battery_low", "ClearRoomCard",
          "the PIN opens nothing (the guest has", "curl -s", "lockhub ended with exit code 0"}) {
        BOOST_TEST((first.output.find(told) != std::string::npos), told);
    }
    BOOST_TEST(first.output.find("482913") == std::string::npos);

    const auto again = run();  // on the database of the first
    BOOST_TEST(again.exit_code == 0, again.output);
    for (const char* method : {"enableGuestPwd", "addRoomCard", "returnRoomCard", "disableGuestPwd"}) {
        const auto done = std::string("SELECT COUNT(*) FROM actions WHERE state = 'succeeded' AND method = '") + method;
        BOOST_TEST(sql_value(folder / "lockhub.db", done + "'") == "2", method);
    }
    BOOST_TEST(sql_value(folder / "lockhub.db", "SELECT COUNT(*) FROM actions WHERE state <> 'succeeded'") == "0");
    BOOST_TEST(sql_value(folder / "lockhub.db", "SELECT COUNT(*) FROM outbox WHERE state <> 'delivered'") == "0");
}

BOOST_AUTO_TEST_CASE(control_c_stops_the_hub_and_the_simulators) {
    temporary_folder folder;
    auto demo = simulators::child_process::start(
        {LOCKHUB_SIM_PROGRAM, "demo", "--hub", LOCKHUB_PROGRAM, "--dir", folder.path().string()});
    std::string said;
    while (const auto line = demo.read_line(std::chrono::seconds(30))) {
        said += *line + '\n';
        if (line->find("Ctrl-C stops everything") != std::string::npos) break;
    }
    demo.signal(SIGINT);
    const auto code = demo.wait(std::chrono::seconds(30));
    BOOST_REQUIRE(code.has_value());
    BOOST_TEST(*code == 0, said);
}

BOOST_AUTO_TEST_SUITE_END()
