// PINs of guests and of staff, from the PMS's call to the lock: the flows of document 000, section 八, on one 丁盯
// account. Every case has a room of its own.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

installation& hub() {
    static installation at({.rooms = 16, .pms_extra = {}, .sim_arguments = {}});
    return at;
}

struct knobs_for_a_while {
    explicit knobs_for_a_while(const std::string& json) { hub().cloud_does("knobs", json); }
    ~knobs_for_a_while() {
        hub().cloud_does("knobs", R"({"error":"0","only_verb":"","result_delay_ms":50,"fail_operation":"0"})");
    }
    knobs_for_a_while(const knobs_for_a_while&) = delete;
    knobs_for_a_while& operator=(const knobs_for_a_while&) = delete;
};

// The PINs that open the door of a room now: all, or the staff's alone.
std::vector<std::string> pins_that_open(std::size_t room, bool manage) {
    std::vector<std::string> out;
    const wire::json_value cloud = hub().cloud_state();
    for (const wire::json_value& lock : cloud.find("locks")->items()) {
        if (lock.text_of("uuid") != hub().uuid(room)) continue;
        for (const wire::json_value& pin : lock.find("passwords")->items()) {
            const bool works = pin.text_of("on_lock") == "true" && pin.text_of("frozen") == "false";
            if (works && (pin.text_of("manage") == "true") == manage) out.push_back(pin.text_of("digits"));
        }
    }
    return out;
}

using pins = std::vector<std::string>;

struct purpose {
    std::string name;  // in "enableGuestPwd"
    bool manage;
    std::string none;  // what a query says without a PIN

    wire::json_value enable(std::size_t room, const std::string& pin, const std::string& until = "") const {
        return call_with(hub(), "enable" + name + "Pwd",
                         {{"roomId", hub().room_id(room)}, {"pwd", pin}, {"endTime", until}});
    }
    wire::json_value query(std::size_t room) const {
        return call_with(hub(), "query" + name + "Pwd", {{"roomId", hub().room_id(room)}});
    }
    wire::json_value disable(std::size_t room) const {
        return call_with(hub(), "disable" + name + "Pwd", {{"roomId", hub().room_id(room)}});
    }
    void open(std::size_t room, const std::string& pin) const {
        BOOST_TEST(hub().final_codes(enable(room, pin).find("data")->text_of("actionId")) == "0");
    }
};

const purpose guest{"Guest", false, "-1 该房间没有有效的客人密码"};
const purpose manage{"Manage", true, "-1 该房间没有有效的管理密码"};

void check_pin(const wire::json_value& answer, std::size_t room, const std::string& pin) {
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    const wire::json_value& data = *answer.find("data");
    BOOST_TEST(data.text_of("hotelNo") == "H10086");
    BOOST_TEST(data.text_of("roomId") == hub().room_id(room));
    BOOST_TEST(data.text_of("pwd") == pin);
}

void wait_until_quiet() {
    eventually("no action waits",
               [] { return sql_value(hub().database(), "SELECT COUNT(*) FROM actions WHERE state = 'open'") == "0"; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_password_test)

BOOST_AUTO_TEST_CASE(a_guests_pin_lives_from_check_in_to_check_out) {
    const wire::json_value enabled = guest.enable(0, "482913", "2036-01-02 12:00:00");
    check_pin(enabled, 0, "482913");
    const std::string action = enabled.find("data")->text_of("actionId");
    BOOST_TEST(action.size() == 23U);
    BOOST_TEST(hub().final_codes(action) == "0");
    BOOST_TEST((pins_that_open(0, false) == pins{"482913"}));
    const wire::json_value known = guest.query(0);
    check_pin(known, 0, "482913");
    BOOST_TEST(said(known) == "0 处理成功");
    BOOST_TEST(said(guest.disable(0)) == "0 处理成功");
    eventually("the door stays shut", [] { return pins_that_open(0, false).empty(); });
    wait_until_quiet();
    BOOST_TEST(said(guest.query(0)) == guest.none);
}

BOOST_AUTO_TEST_CASE(a_new_pin_takes_the_place_of_the_one_that_was_there) {
    for (const purpose& who : {guest, manage}) {
        who.open(1, "482913");
        who.open(1, "775533");
        BOOST_TEST((pins_that_open(1, who.manage) == pins{"775533"}));
        check_pin(who.query(1), 1, "775533");
    }
}

BOOST_AUTO_TEST_CASE(guests_and_staff_have_pins_of_their_own) {
    guest.open(2, "482913");
    manage.open(2, "661177");
    check_pin(guest.query(2), 2, "482913");
    check_pin(manage.query(2), 2, "661177");
    BOOST_TEST(said(guest.disable(2)) == "0 处理成功");
    wait_until_quiet();
    BOOST_TEST(said(guest.query(2)) == guest.none);
    check_pin(manage.query(2), 2, "661177");
    BOOST_TEST((pins_that_open(2, true) == pins{"661177"}));
}

// 丁盯's own rule: password 999 cannot be deleted, error 15013.
BOOST_AUTO_TEST_CASE(what_the_lock_cloud_refuses_to_disable_is_told_in_its_words) {
    manage.open(3, "661177");
    const wire::json_value answer = manage.disable(3);
    BOOST_TEST(code_of(answer) == -1);
    BOOST_TEST(answer.text_of("msg").find("管理员密码不能被删除或冻结") != std::string::npos, answer.text_of("msg"));
    check_pin(manage.query(3), 3, "661177");
}

BOOST_AUTO_TEST_CASE(a_guests_pin_the_lock_cloud_will_not_delete_stays_valid) {
    guest.open(4, "482913");
    {
        const knobs_for_a_while refusing(R"({"error":"1x1","error_code":15014,"only_verb":"delete_password"})");
        const wire::json_value answer = guest.disable(4);
        BOOST_TEST(code_of(answer) == -1);
        BOOST_TEST(!answer.text_of("msg").empty());
    }
    check_pin(guest.query(4), 4, "482913");
    BOOST_TEST(said(guest.disable(4)) == "0 处理成功");
}

BOOST_AUTO_TEST_CASE(disabling_what_is_not_there_is_done_at_once) {
    for (const purpose& who : {guest, manage}) {
        BOOST_TEST(said(who.query(5)) == who.none);
        BOOST_TEST(said(who.disable(5)) == "0 处理成功");
    }
    BOOST_TEST(pins_that_open(5, false).empty());
}

BOOST_AUTO_TEST_CASE(without_a_pin_six_digits_are_drawn_and_no_callback_is_promised) {
    for (const purpose& who : {guest, manage}) {
        const wire::json_value answer = who.enable(6, "");
        BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
        const std::string pin = answer.find("data")->text_of("pwd");
        BOOST_TEST(pin.size() == 6U);
        BOOST_TEST(pin.find_first_not_of("0123456789") == std::string::npos);
        eventually("the PIN is on the lock", [&] { return pins_that_open(6, who.manage) == pins{pin}; });
        wait_until_quiet();
        check_pin(who.query(6), 6, pin);
        BOOST_TEST(!hub().told_of_action(answer.find("data")->text_of("actionId")).has_value());
    }
}

BOOST_AUTO_TEST_CASE(off_line_the_answer_carries_the_pin_that_opens_now_and_no_callback_comes) {
    hub().cloud_does("online", R"({"uuid":")" + hub().uuid(7) + R"(","online":false})");
    eventually("the hub knows", [] { return !hub().event_callbacks("lock.offline").empty(); });
    for (const purpose& who : {guest, manage}) {
        const wire::json_value answer = who.enable(7, "482913");
        BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
        const std::string pin = answer.find("data")->text_of("pwd");
        BOOST_TEST(pin.size() == 6U);
        BOOST_TEST(pin != "482913");
        check_pin(who.query(7), 7, pin);
        const wire::json_value kept = who.disable(7);
        BOOST_TEST(code_of(kept) == -1);
        BOOST_TEST(kept.text_of("msg").starts_with("临时密码不能提前停用"), kept.text_of("msg"));
        wait_until_quiet();
        BOOST_TEST(!hub().told_of_action(answer.find("data")->text_of("actionId")).has_value());
    }
}

BOOST_AUTO_TEST_CASE(enable_disable_enable_in_quick_succession_ends_with_the_last_on_the_lock) {
    const knobs_for_a_while slow(R"({"result_delay_ms":600})");
    const wire::json_value first = guest.enable(8, "482913");
    const wire::json_value gone = guest.disable(8);
    const wire::json_value last = guest.enable(8, "775533");
    BOOST_TEST((code_of(gone) == 0 || code_of(gone) == -1), said(gone));
    BOOST_TEST(hub().final_codes(last.find("data")->text_of("actionId")) == "0");
    BOOST_TEST(hub().final_codes(first.find("data")->text_of("actionId")).find(' ') == std::string::npos);
    wait_until_quiet();
    BOOST_TEST((pins_that_open(8, false) == pins{"775533"}));
    check_pin(guest.query(8), 8, "775533");
}

BOOST_AUTO_TEST_CASE(a_call_that_was_never_sent_is_superseded_and_its_pms_is_told) {
    const knobs_for_a_while slow(R"({"result_delay_ms":1500})");
    const wire::json_value sent = guest.enable(9, "482913");
    eventually("the first is on its way", [] {
        return sql_value(hub().database(),
                         "SELECT COUNT(*) FROM commands AS c JOIN actions AS a ON a.action_id = c.action_id "
                         "WHERE a.room_id = '" +
                             hub().room_id(9) + "' AND c.sends > 0") == "1";
    });
    const wire::json_value waiting = guest.enable(9, "661177");
    const wire::json_value last = guest.enable(9, "775533");
    BOOST_TEST(hub().final_codes(waiting.find("data")->text_of("actionId")) == "-1");
    BOOST_TEST(hub().final_codes(sent.find("data")->text_of("actionId")) == "0");
    BOOST_TEST(hub().final_codes(last.find("data")->text_of("actionId")) == "0");
    BOOST_TEST((pins_that_open(9, false) == pins{"775533"}));
    BOOST_TEST(sql_value(hub().database(), "SELECT COUNT(*) FROM actions WHERE state = 'superseded' AND room_id = '" +
                                               hub().room_id(9) + "'") == "1");
}

BOOST_AUTO_TEST_CASE(the_same_call_while_its_action_is_open_gets_the_same_action) {
    for (const purpose& who : {guest, manage}) {
        const knobs_for_a_while slow(R"({"result_delay_ms":700})");
        const std::string action = who.enable(10, "482913").find("data")->text_of("actionId");
        BOOST_TEST(who.enable(10, "482913").find("data")->text_of("actionId") == action);
        BOOST_TEST(hub().final_codes(action) == "0");
        BOOST_TEST(hub().told_of_action(action)->integer_of("times").value() == 1);
    }
}

BOOST_AUTO_TEST_CASE(a_query_says_that_a_change_is_under_way) {
    guest.open(11, "482913");
    const knobs_for_a_while slow(R"({"result_delay_ms":1500})");
    const wire::json_value change = guest.enable(11, "775533");
    const wire::json_value meanwhile = guest.query(11);
    check_pin(meanwhile, 11, "482913");
    BOOST_TEST(meanwhile.text_of("msg") == "处理成功（密码变更正在下发）");
    BOOST_TEST(hub().final_codes(change.find("data")->text_of("actionId")) == "0");
    check_pin(guest.query(11), 11, "775533");
}

BOOST_AUTO_TEST_CASE(a_failure_at_the_lock_is_told_and_leaves_the_old_pin_valid) {
    for (const purpose& who : {guest, manage}) {
        who.open(12, "482913");
        const knobs_for_a_while failing(R"({"fail_operation":"1x1"})");
        const std::string codes = hub().final_codes(who.enable(12, "775533").find("data")->text_of("actionId"));
        BOOST_TEST(codes.starts_with("-"), codes);
        check_pin(who.query(12), 12, "482913");
    }
}

BOOST_AUTO_TEST_CASE(a_room_without_a_lock_is_named) {
    hub().import_rooms("demopms,H10086,示范酒店,STD,标准间,bare,399,3,,,,\n");
    for (const std::string room : {"bare", "nowhere"}) {
        for (const char* method : {"enableGuestPwd", "queryGuestPwd", "disableGuestPwd", "enableManagePwd",
                                   "queryManagePwd", "disableManagePwd", "disableRoomCard"}) {
            const wire::json_value answer = call_with(hub(), method, {{"roomId", room}});
            BOOST_TEST(said(answer).starts_with("-8105 无直连门锁服务："), method << ": " << said(answer));
            BOOST_TEST(answer.text_of("msg").find(room) != std::string::npos, method << ": " << said(answer));
        }
    }
    BOOST_TEST(sql_value(hub().database(), "SELECT COUNT(*) FROM actions WHERE room_id IN ('bare', 'nowhere')") == "0");
}

BOOST_AUTO_TEST_CASE(every_callback_was_signed_and_each_action_was_told_one_code) {
    wait_until_quiet();
    const wire::json_value pms = hub().pms_state();
    BOOST_TEST(pms.integer_of("bad_hmacs").value() == 0);
    BOOST_TEST(pms.find("actions")->members().size() > 10U);
    for (const auto& [action, told] : pms.find("actions")->members()) {
        BOOST_TEST(told.find("codes")->items().size() == 1U, action);
        BOOST_TEST(told.integer_of("different_bodies").value() == 1, action);
    }
}

BOOST_AUTO_TEST_SUITE_END()
