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

BOOST_AUTO_TEST_SUITE_END()
