// Ceilings of an account and busy lock clouds, against the real programs: the simulated cloud counts what it gets.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr std::size_t doors = 6;

std::vector<std::string> door_arguments() {
    std::vector<std::string> out;
    for (std::size_t door = 1; door <= doors; ++door) {
        out.emplace_back("--door");
        out.push_back(fmt::format("x{}=B01", door));
    }
    return out;
}

// Rooms 1 to 6 have doors of 云柚's.
struct hotel : installation {
    explicit hotel(const std::string& rates)
        : installation({.rooms = 1,
                        .pms_extra = R"([[yeeuu]]
account = "yy-main"
base_url = "{yeeuu}"
partner_id = "000000000000000000000001"
secret = "demo-secret"
guest_mobile = "13000000001"
manage_mobile = "13000000002"
log_poll_every = "0"
)" + rates,
                        .sim_arguments = door_arguments()}) {
        std::string rows;
        for (std::size_t door = 1; door <= doors; ++door)
            rows += fmt::format("demopms,H10086,示范酒店,STD,标准间,{},{},3,yy-main,x{},B01,\n", room_id(door),
                                300 + door, door);
        import_rooms(rows);
    }

    std::vector<std::string> check_in_everywhere() const {
        std::vector<std::string> actions;
        for (std::size_t door = 1; door <= doors; ++door) actions.push_back(check_in(door, "482913"));
        return actions;
    }
    void all_succeed(const std::vector<std::string>& actions) const {
        for (const auto& action : actions) BOOST_TEST(final_codes(action) == "0");
    }
    std::int64_t count(const std::string& member) const { return yeeuu_state().integer_of(member).value_or(-1); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(cloud_rates_test)

BOOST_AUTO_TEST_CASE(the_cloud_counts_no_more_calls_in_any_second_than_its_account_allows) {
    hotel at("calls_per_second = 2\n");
    const auto actions = at.check_in_everywhere();
    const auto log =
        at.cli({"vendor", "call", "yy-main", "get_device_logs", "code=x1", "doorType=1", "page=1", "pageSize=5"});
    BOOST_TEST(log.exit_code == 0, log.output);
    at.all_succeed(actions);
    BOOST_TEST(at.count("most_calls_in_a_second") == 2);
}

BOOST_AUTO_TEST_CASE(without_a_ceiling_it_counts_more) {
    hotel at("");
    at.all_succeed(at.check_in_everywhere());
    BOOST_TEST(at.count("most_calls_in_a_second") > 2);
}

BOOST_AUTO_TEST_CASE(a_busy_cloud_is_left_alone_as_long_as_it_says_and_then_gets_everything) {
    hotel at("");
    at.yeeuu_does("knobs", R"({"busy":"1x1","busy_as":"429","busy_retry_after_ms":"5000"})");
    const auto first = at.check_in(1, "482913");
    const auto sent = [&] { return at.yeeuu_state().find("calls")->integer_of("generate_password").value_or(0); };
    eventually("it was busy", [&] { return sent() == 1; });
    const auto second = at.check_in(2, "135790");
    const auto status = at.cli({"status"}).output;
    BOOST_TEST(status.find("yy-main is busy (it has said so 1 times), next call ") != std::string::npos, status);
    const auto metrics = http_get(at.hub(), "/metrics").body;
    BOOST_TEST(metrics.find(R"(lockhub_busy_answers_total{account="yy-main"} 1)") != std::string::npos);
    BOOST_TEST(metrics.find(R"(lockhub_account_paused{account="yy-main"} 1)") != std::string::npos);
    BOOST_TEST(metrics.find(R"(lockhub_breaker_state{pms="yy-main"} 0)") != std::string::npos);
    BOOST_TEST(sent() == 1);
    at.all_succeed({first, second});
    BOOST_TEST(sent() == 3);
}

BOOST_AUTO_TEST_CASE(busy_without_a_time_or_as_a_text_is_tried_again_and_nothing_is_asked_about) {
    for (const auto* how : {"503", "text"}) {
        BOOST_TEST_CONTEXT(how) {
            hotel at("");
            at.yeeuu_does("knobs", fmt::format(R"({{"busy":"1x2","busy_as":"{}","busy_retry_after_ms":"{}"}})", how,
                                               std::string_view(how) == "503" ? 1000 : 0));
            at.all_succeed({at.check_in(1, "482913"), at.check_in(2, "135790")});
            BOOST_TEST(sql_value(at.database(), "SELECT SUM(probes) FROM commands") == "0");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
