// PINs through the gateway: by number on line, computed off line; every case has a room of its own.
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr const char* until = "2036-01-02 12:00:00";

installation& hub() {
    static installation at({.rooms = 6, .cards = true});
    static const bool tied = [] {
        std::string rows;
        for (std::size_t room = 0; room < 6; ++room) {
            rows += fmt::format("demopms,H10086,示范酒店,STD,标准间,{},{},3,gw-main,{},,\n", at.room_id(room),
                                300 + room, at.rm_id(room));
        }
        at.import_rooms(rows);
        return true;
    }();
    static_cast<void>(tied);
    return at;
}

wire::json_value enable(const std::string& name, std::size_t room, const std::string& pin) {
    return call_with(hub(), "enable" + name + "Pwd",
                     {{"roomId", hub().room_id(room)}, {"pwd", pin}, {"endTime", until}});
}

wire::json_value ask(const std::string& method, std::size_t room) {
    return call_with(hub(), method, {{"roomId", hub().room_id(room)}});
}

std::string result_of(const wire::json_value& answer) {
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    return hub().final_codes(answer.find("data")->text_of("actionId"));
}

bool pin_opens(std::size_t room, const std::string& pin) {
    const auto door = fmt::format(R"({{"rm_id":"{}","pin":"{}"}})", hub().rm_id(room), pin);
    return hub().gateway_does("door", door).text_of("opens") == "true";
}

void set_online(std::size_t room, bool online) {
    hub().gateway_does("online", fmt::format(R"({{"rm_id":"{}","online":{}}})", hub().rm_id(room), online));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_gateway_pin_test)

BOOST_AUTO_TEST_CASE(guests_and_staff_have_numbers_of_their_own_and_both_can_be_taken_back) {
    BOOST_TEST(result_of(enable("Guest", 0, "482913")) == "0");
    BOOST_TEST(result_of(enable("Manage", 0, "661177")) == "0");
    BOOST_TEST(pin_opens(0, "482913"));
    BOOST_TEST(pin_opens(0, "661177"));
    BOOST_TEST(ask("queryGuestPwd", 0).find("data")->text_of("pwd") == "482913");
    BOOST_TEST(ask("queryManagePwd", 0).find("data")->text_of("pwd") == "661177");
    BOOST_TEST(said(ask("disableGuestPwd", 0)) == "0 处理成功");
    BOOST_TEST(!pin_opens(0, "482913"));
    BOOST_TEST(pin_opens(0, "661177"));
    BOOST_TEST(said(ask("disableManagePwd", 0)) == "0 处理成功");
    BOOST_TEST(!pin_opens(0, "661177"));
    BOOST_TEST(said(ask("queryManagePwd", 0)) == "-1 该房间没有有效的管理密码");
}

BOOST_AUTO_TEST_CASE(a_new_pin_of_one_purpose_takes_the_place_of_the_old_one) {
    BOOST_TEST(result_of(enable("Guest", 1, "482913")) == "0");
    BOOST_TEST(result_of(enable("Guest", 1, "775533")) == "0");
    BOOST_TEST(!pin_opens(1, "482913"));
    BOOST_TEST(pin_opens(1, "775533"));
}

BOOST_AUTO_TEST_CASE(a_lost_reply_is_settled_by_the_same_call_again) {
    hub().gateway_does("knobs", R"({"lose_reply":"1x1","only_verb":"GatewayUploadOnline"})");
    BOOST_TEST(result_of(enable("Guest", 2, "482913")) == "0");
    hub().gateway_does("knobs", R"({"only_verb":""})");
    BOOST_TEST(pin_opens(2, "482913"));
}

// Nobody tells that a gateway's lock went off line: its refusal does, and the next call gets a computed PIN.
BOOST_AUTO_TEST_CASE(off_line_a_pin_is_computed_and_can_be_taken_back_when_the_lock_is_there_again) {
    set_online(3, false);
    BOOST_TEST(result_of(enable("Guest", 3, "482913")).starts_with("-"));
    const wire::json_value answer = enable("Guest", 3, "775533");
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    const std::string pin = answer.find("data")->text_of("pwd");
    BOOST_TEST(pin != "775533");
    BOOST_TEST(pin_opens(3, pin));
    BOOST_TEST(ask("queryGuestPwd", 3).find("data")->text_of("pwd") == pin);
    BOOST_TEST(!hub().told_of_action(answer.find("data")->text_of("actionId")).has_value());

    set_online(3, true);
    BOOST_TEST(said(ask("disableGuestPwd", 3)) == "0 处理成功");
    BOOST_TEST(!pin_opens(3, pin));
    BOOST_TEST(said(ask("queryGuestPwd", 3)) == "-1 该房间没有有效的客人密码");
}

BOOST_AUTO_TEST_CASE(enable_disable_enable_ends_with_the_last_on_the_lock) {
    const wire::json_value first = enable("Guest", 4, "482913");
    const wire::json_value gone = ask("disableGuestPwd", 4);
    const wire::json_value last = enable("Guest", 4, "775533");
    BOOST_TEST((code_of(first) == 0 && code_of(gone) == 0), said(gone));
    BOOST_TEST(result_of(last) == "0");
    BOOST_TEST(!pin_opens(4, "482913"));
    BOOST_TEST(pin_opens(4, "775533"));
}

BOOST_AUTO_TEST_CASE(no_pin_that_was_valid_was_ever_overwritten_by_another_purpose) {
    for (const wire::json_value& found : hub().gateway_state().find("overwrites")->items()) {
        const std::string old = found.text_of("old");
        BOOST_TEST(old != "661177", old);
    }
}

BOOST_AUTO_TEST_SUITE_END()
