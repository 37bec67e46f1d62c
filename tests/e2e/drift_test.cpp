// What the hub wants on a lock against what the lock has: real programs, one 丁盯 account, a room for each case.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

using pins = std::vector<std::string>;

installation_settings with_short_doubts() {
    installation_settings out;
    out.rooms = 6;
    out.dispatch += "doubt_ends_after = \"5s\"\n";
    return out;
}

installation& hub() {
    static installation at(with_short_doubts());
    return at;
}

struct knobs_for_a_while {
    explicit knobs_for_a_while(const std::string& json) { hub().cloud_does("knobs", json); }
    ~knobs_for_a_while() {
        hub().cloud_does("knobs", R"({"lose_reply":"0","server_error":"0","only_verb":"","fail_operation":"0",)"
                                  R"("fail_verb":""})");
    }
    knobs_for_a_while(const knobs_for_a_while&) = delete;
    knobs_for_a_while& operator=(const knobs_for_a_while&) = delete;
};

std::vector<wire::json_value> on_lock(std::size_t room) {
    std::vector<wire::json_value> out;
    const wire::json_value cloud = hub().cloud_state();
    for (const wire::json_value& lock : cloud.find("locks")->items()) {
        if (lock.text_of("uuid") != hub().uuid(room)) continue;
        for (const wire::json_value& pin : lock.find("passwords")->items())
            if (pin.text_of("on_lock") == "true") out.push_back(pin);
    }
    return out;
}

pins digits_on(std::size_t room) {
    pins out;
    for (const auto& pin : on_lock(room)) out.push_back(pin.text_of("digits"));
    return out;
}

void at_the_door(const std::string& what, std::size_t room, const std::string& more) {
    hub().cloud_does(what, R"({"uuid":")" + hub().uuid(room) + "\"," + more + "}");
}

std::string id_on(std::size_t room) {
    return on_lock(room).at(0).text_of("id");
}

void check_in(std::size_t room, const std::string& pin) {
    BOOST_TEST(hub().final_codes(hub().check_in(room, pin)) == "0");
    BOOST_TEST((digits_on(room) == pins{pin}));
}

void wait_until_quiet() {
    eventually("no action waits",
               [] { return sql_value(hub().database(), "SELECT COUNT(*) FROM actions WHERE state = 'open'") == "0"; });
}

std::string compare(std::size_t room) {
    wait_until_quiet();
    const auto said = hub().cli({"drift", "check", "--hotel", "H10086", "--room", hub().room_id(room)});
    BOOST_TEST_REQUIRE(said.exit_code == 0, said.output);
    return said.output;
}

// "pin_foreign open" for each of the room's differences.
std::vector<std::string> drift_of(std::size_t room, std::string* id = nullptr) {
    const auto said = hub().cli({"drift", "--hotel", "H10086", "--json"});
    BOOST_TEST_REQUIRE(said.exit_code == 0, said.output);
    std::vector<std::string> out;
    std::string_view left = said.output;
    while (!left.empty()) {
        const auto end = std::min(left.find('\n'), left.size());
        const auto row = wire::json_value::parse(left.substr(0, end));
        BOOST_REQUIRE(row);
        left.remove_prefix(std::min(end + 1, left.size()));
        if (row->text_of("room") != hub().room_id(room)) continue;
        out.push_back(row->text_of("kind") + " " + row->text_of("state"));
        if (id) *id = row->text_of("id");
    }
    return out;
}

using words = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(drift_test)

BOOST_AUTO_TEST_CASE(a_pin_deleted_at_the_door_comes_back_by_itself) {
    check_in(0, "482913");
    const auto before = id_on(0);
    at_the_door("delete_pin", 0, "\"id\":" + before);
    BOOST_TEST(digits_on(0).empty());
    eventually("the PIN opens the door again", [] { return digits_on(0) == pins{"482913"}; });
    wait_until_quiet();
    BOOST_TEST(compare(0).find("1 locks: 1 compared, 0 postponed; 0 differences") == 0U);
    BOOST_TEST(drift_of(0).empty());
    const auto known = call_with(hub(), "queryGuestPwd", {{"roomId", hub().room_id(0)}});
    BOOST_TEST(known.find("data")->text_of("pwd") == "482913");
}

BOOST_AUTO_TEST_CASE(a_removal_that_fails_at_the_lock_is_made_up_for) {
    check_in(1, "482913");
    const knobs_for_a_while failing(R"({"fail_operation":"1x1","fail_verb":"delete_password"})");
    BOOST_TEST(said(call_with(hub(), "disableGuestPwd", {{"roomId", hub().room_id(1)}})) == "0 处理成功");
    wait_until_quiet();
    BOOST_TEST((digits_on(1) == pins{"482913"}));
    BOOST_TEST(said(call_with(hub(), "queryGuestPwd", {{"roomId", hub().room_id(1)}})) ==
               "-1 该房间没有有效的客人密码");
    eventually("the door stays shut", [] { return digits_on(1).empty(); });
}

BOOST_AUTO_TEST_CASE(a_foreign_pin_is_listed_and_left) {
    check_in(2, "482913");
    at_the_door("add_pin", 2, R"("digits":"111222","name":"Mr Li")");
    BOOST_TEST(compare(2).find("1 differences, 0 settled, 0 repairs begun") != std::string::npos);
    std::string id;
    BOOST_TEST(drift_of(2, &id) == words{"pin_foreign open"});
    const auto told = hub().cli({"drift"});
    BOOST_TEST(told.output.find("made at the door or by others") != std::string::npos);
    BOOST_TEST(told.output.find("由门锁本地或其他系统添加") != std::string::npos);
    BOOST_TEST(digits_on(2).size() == 2U);
    BOOST_TEST(hub().cli({"drift", "accept", id, "--reason", "the cleaner's"}).exit_code == 0);
    compare(2);
    BOOST_TEST(drift_of(2).empty());
    BOOST_TEST(digits_on(2).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_lock_that_refuses_repairs_is_suspended_after_three_tries) {
    check_in(3, "482913");
    at_the_door("delete_pin", 3, "\"tell\":false,\"id\":" + id_on(3));
    std::string id;
    {
        const knobs_for_a_while failing(R"({"fail_operation":"1","fail_verb":"add_password"})");
        for (int tries = 0; tries < 3; ++tries) compare(3);
        compare(3);
        BOOST_TEST(drift_of(3, &id) == words{"pin_missing suspended"});
        compare(3);
        BOOST_TEST(sql_value(hub().database(), "SELECT COUNT(*) FROM repairs WHERE difference_id = " + id) == "3");
    }
    const auto status = hub().cli({"status"});
    BOOST_TEST(status.output.find("1 pin_missing suspended") != std::string::npos);
    BOOST_TEST(http_get(hub().hub(), "/metrics").body.find("lockhub_drift{kind=\"pin_missing\"") != std::string::npos);
    BOOST_TEST(hub().cli({"drift", "resume", id}).exit_code == 0);
    eventually("the PIN opens the door again", [] { return digits_on(3) == pins{"482913"}; });
}

BOOST_AUTO_TEST_CASE(an_unverifiable_pin_is_settled_by_what_is_found) {
    const auto state_of = [](const std::string& action) {
        return sql_value(hub().database(), "SELECT state FROM actions WHERE action_id = '" + action + "'");
    };
    std::string action;
    {
        const knobs_for_a_while lost(R"({"lose_reply":"1x1","server_error":"1","only_verb":"fetch_passwords"})");
        action = hub().check_in(4, "482913");
        eventually("nobody knows", [&] { return state_of(action) == "unverifiable"; });
        BOOST_TEST(drift_of(4) == words{"unverifiable open"});
    }
    compare(4);
    BOOST_TEST(hub().final_codes(action) == "0");
    BOOST_TEST(state_of(action) == "succeeded");
    BOOST_TEST(drift_of(4).empty());
    BOOST_TEST(said(call_with(hub(), "disableGuestPwd", {{"roomId", hub().room_id(4)}})) == "0 处理成功");
    eventually("the door stays shut", [] { return digits_on(4).empty(); });
}

BOOST_AUTO_TEST_CASE(what_cannot_be_done_is_said) {
    const auto nowhere = hub().cli({"drift", "check", "--hotel", "H10086", "--room", "nowhere"});
    BOOST_TEST(nowhere.exit_code == 1);
    BOOST_TEST(nowhere.output.find("has no room nowhere") != std::string::npos);
    BOOST_TEST(hub().cli({"drift", "check", "--hotel", "H0"}).exit_code == 2);
    BOOST_TEST(hub().cli({"drift", "--state", "odd"}).exit_code == 2);
    BOOST_TEST(hub().cli({"drift", "accept", "99999"}).exit_code == 1);
}

BOOST_AUTO_TEST_SUITE_END()
