// A room whose lock is 云柚's, against the real programs.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr std::size_t room = 1;  // after the one of 丁盯
constexpr std::string_view door = "x0001/甲";
constexpr const char* account = R"([[yeeuu]]
account = "yy-main"
base_url = "{yeeuu}"
partner_id = "000000000000000000000001"
secret = "demo-secret"
guest_mobile = "13000000001"
manage_mobile = "13000000002"
log_poll_every = "5s"
)";

// An installation where one room more has a door of 云柚's.
struct hotel : installation {
    hotel()
        : installation({.rooms = 1, .pms_extra = account, .sim_arguments = {"--door", std::string(door) + "=B01"}}) {
        import_rooms(fmt::format("demopms,H10086,示范酒店,STD,标准间,{},301,3,yy-main,{},B01,\n", room_id(room), door));
    }

    bool opens(const std::string& pin) const {
        const auto tried = yeeuu_does("door", fmt::format(R"({{"lock":"{}","pin":"{}"}})", door, pin));
        return tried.text_of("opens") == "true";
    }
};

std::int64_t calls(const installation& at, const std::string& method) {
    return at.yeeuu_state().find("calls")->integer_of(method).value_or(0);
}

std::string state_of(const installation& at, const std::string& action) {
    return sql_value(at.database(), "SELECT state FROM actions WHERE action_id = '" + action + "'");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_e2e_test)

BOOST_AUTO_TEST_CASE(a_check_in_sets_a_pin_that_opens_the_door_and_the_next_one_replaces_it) {
    hotel at;
    const std::string action = at.check_in(room, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    BOOST_TEST(at.opens("482913"));
    BOOST_TEST(!at.opens("111111"));
    const std::string next = at.check_in(room, "135790");
    BOOST_TEST(at.final_codes(next) == "0");
    BOOST_TEST(!at.opens("482913"));
    BOOST_TEST(at.opens("135790"));
    BOOST_TEST(calls(at, "generate_password") == 2);
}

BOOST_AUTO_TEST_CASE(a_lost_reply_is_cleared_up_by_the_same_call_and_told_once) {
    hotel at;
    at.yeeuu_does("knobs", R"({"lose_reply":"1x1","quotes":"typographic"})");
    const std::string action = at.check_in(room, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    BOOST_TEST(at.opens("482913"));
    BOOST_TEST(calls(at, "generate_password") == 2);
}

BOOST_AUTO_TEST_CASE(a_refused_signature_is_tried_again_and_a_refusal_by_the_lock_is_told_at_once) {
    hotel at;
    at.yeeuu_does("knobs", R"({"error":"1x1","error_text":"token错误"})");
    const std::string action = at.check_in(room, "482913");
    BOOST_TEST(at.final_codes(action) == "0");
    BOOST_TEST(at.opens("482913"));
    at.yeeuu_does("online", fmt::format(R"({{"lock":"{}","online":false}})", door));
    const std::string refused = at.check_in(room, "135790");
    BOOST_TEST(at.final_codes(refused) == "-1");
    BOOST_TEST(state_of(at, refused) == "failed");
    BOOST_TEST(at.hub_log().find("482913") == std::string::npos);
    BOOST_TEST(at.hub_log().find("demo-secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_check_out_takes_the_pin_away_and_a_second_one_finds_nothing_to_do) {
    hotel at;
    BOOST_TEST(at.final_codes(at.check_in(room, "482913")) == "0");
    BOOST_TEST(at.opens("482913"));
    for (int time = 1; time <= 2; ++time) {
        const auto answer = at.lockapi("disableGuestPwd", {{"hotelNo", "H10086"},
                                                           {"roomId", at.room_id(room)},
                                                           {"operatorGuid", "op-" + std::to_string(time)},
                                                           {"operatorName", "前台甲"}});
        BOOST_TEST(answer.json().integer_of("code").value() == 0, answer.body);
        BOOST_TEST(!at.opens("482913"));
        BOOST_TEST(calls(at, "remove_password") == 1);
    }
}

BOOST_AUTO_TEST_CASE(an_opening_of_the_door_reaches_the_pms_once_whoever_asks_for_the_log) {
    hotel at;
    BOOST_TEST(at.final_codes(at.check_in(room, "482913")) == "0");
    BOOST_TEST(at.opens("482913"));
    const auto told = [&] { return at.event_callbacks("lock.opened"); };
    eventually("the poll found the opening", [&] { return told().size() == 1; });
    const auto fields = *told().front().find("fields");
    BOOST_TEST(fields.text_of("roomId") == at.room_id(room));
    BOOST_TEST(fields.text_of("source") == "2");

    // The desk's question finds the next one first.
    BOOST_TEST(at.opens("482913"));
    const auto log = at.lockapi("queryLockLog", {{"hotelNo", "H10086"},
                                                 {"roomIds", at.room_id(room)},
                                                 {"startTime", "2026-01-01 00:00:00"},
                                                 {"endTime", "2099-01-01 00:00:00"},
                                                 {"pageNum", "1"},
                                                 {"pageSize", "10"},
                                                 {"operatorGuid", "op-77"},
                                                 {"operatorName", "前台甲"}});
    BOOST_TEST(log.json().integer_of("code").value() == 0, log.body);
    const auto openings = std::stoll(sql_value(at.database(), "SELECT COUNT(DISTINCT occurred_at_ms) FROM lock_log"));
    eventually("it is told all the same", [&] { return std::ssize(told()) == openings; });
    const auto polls = calls(at, "get_device_logs_page_count");
    eventually("it was polled again", [&] { return calls(at, "get_device_logs_page_count") >= polls + 2; });
    BOOST_TEST(std::ssize(told()) == openings);
    BOOST_TEST(at.cli({"status"}).output.find("nothing is missing") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(its_methods_can_be_called_by_hand) {
    hotel at;
    BOOST_TEST(at.final_codes(at.check_in(room, "482913")) == "0");
    BOOST_TEST(at.opens("482913"));
    const auto log = at.cli({"vendor", "call", "yy-main", "get_device_logs", "code=x0001", "door=甲", "doorType=2",
                             "page=1", "pageSize=10"});
    BOOST_TEST(log.exit_code == 0, log.output);
    const auto body = wire::json_value::parse(log.output);
    BOOST_REQUIRE_MESSAGE(body.has_value(), log.output);
    BOOST_TEST(body->find("data")->items().size() == 1u);
    BOOST_TEST(body->find("data")->items().front().text_of("opener") == "130****0001");

    const std::vector<std::string> grant = {"vendor",
                                            "call",
                                            "yy-main",
                                            "auth",
                                            "buildingId=B01",
                                            "code=x0001",
                                            "door=甲",
                                            "doorType=2",
                                            "startTime=2026-11-22 12:00:00",
                                            "author=op",
                                            "authoredName=a",
                                            "endTime=2036-11-22 12:00:00",
                                            "authoredMobile=13900000009"};
    const auto shown = at.cli(grant);
    BOOST_TEST(shown.exit_code != 0);
    BOOST_TEST(calls(at, "auth") == 0);
    auto sure = grant;
    sure.emplace_back("--yes");
    const auto granted = at.cli(sure);
    BOOST_TEST(granted.exit_code == 0, granted.output);
    const auto state = at.yeeuu_state();
    BOOST_TEST(state.find("doors")->items().front().find("grants")->items().front().text_of("mobile") == "13900000009");
}

BOOST_AUTO_TEST_SUITE_END()
