// enable…, query… and disable… of guest and management PINs (document 000, 五.2, 五.3 and 八).
#include <boost/test/unit_test.hpp>

#include "tests/integration/lockapi_world.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using test::lockapi_world;

namespace {

// A fresh world whose 丁盯 locks have been heard of: on line, as the cloud says.
struct hotel : lockapi_world {
    using lockapi_world::lockapi_world;

    void set_online(const std::string& uuid, bool online) {
        push(cloud.set_online(uuid, online, time.now(), chance));
        run_for(1s);
    }
    // Checks in with that PIN and lets the result come.
    std::string check_in(const std::string& room, const std::string& pwd,
                         const std::string& method = "enableGuestPwd") {
        const auto answer = call(method, {{"roomId", room}, {"pwd", pwd}});
        BOOST_TEST(answer.code() == 0, answer.body);
        run_for(5s);
        return answer.data().text_of("actionId");
    }
    std::size_t pins_on(const std::string& uuid) {
        std::size_t count = 0;
        cloud.find_lock(uuid)->settle(time.now());
        for (const auto& [id, pin] : cloud.find_lock(uuid)->pins) count += pin.on_lock ? 1u : 0u;
        return count;
    }
};

bool is_action_id(const std::string& id) {
    return id.size() == 23 && id.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_password_test)

BOOST_FIXTURE_TEST_CASE(a_pin_given_and_the_lock_on_line_is_answered_at_once_and_called_back, hotel) {
    const auto answer =
        call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}, {"endTime", "2026-11-24 12:00:00"}});
    const auto action = answer.data().text_of("actionId");
    BOOST_TEST(is_action_id(action), action);
    BOOST_TEST(answer.body ==
               R"({"code":0,"msg":"处理成功","data":{"hotelNo":"H10086","roomId":"rm301","pwd":"482913","actionId":")" +
                   action + "\"}}");
    run_for(5s);
    const auto told = callbacks("/password");
    BOOST_REQUIRE(told.size() == 1);
    BOOST_TEST(simulators::field(told[0], "actionId") == action);
    BOOST_TEST(simulators::field(told[0], "code") == "0");
    BOOST_TEST(pins_on(lock_301) == 1u);
}

BOOST_FIXTURE_TEST_CASE(without_a_pin_six_digits_are_made_up_and_nothing_is_called_back, hotel) {
    const auto answer = call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", ""}, {"endTime", ""}});
    BOOST_TEST(answer.code() == 0);
    const auto pwd = answer.data().text_of("pwd");
    BOOST_TEST(pwd.size() == 6u);
    BOOST_TEST(pwd.find_first_not_of("0123456789") == std::string::npos);
    run_for(1min);
    BOOST_TEST(callbacks("/password").empty());
    BOOST_TEST(pins_on(lock_301) == 1u);
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).data().text_of("pwd") == pwd);
}

BOOST_FIXTURE_TEST_CASE(with_the_lock_off_line_the_answer_carries_the_pin_it_computes, hotel) {
    set_online(lock_301, false);
    const auto answer = call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    BOOST_TEST(answer.code() == 0, answer.body);
    const auto pwd = answer.data().text_of("pwd");
    BOOST_TEST(pwd != "482913");
    BOOST_TEST(!pwd.empty());
    BOOST_TEST(is_action_id(answer.data().text_of("actionId")));
    run_for(1min);
    BOOST_TEST(callbacks("/password").empty());
    BOOST_TEST(cloud.calls("add_password") == 0u);
    const auto known = call("queryGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST(known.data().text_of("pwd") == pwd, known.body);
    const auto refused = call("disableGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST(refused.code() == -1);
    BOOST_TEST(refused.message().starts_with("临时密码不能提前停用，将于 2026-11-"), refused.message());
}

BOOST_FIXTURE_TEST_CASE(a_cloud_that_has_no_computed_pin_says_why, hotel) {
    set_online(lock_301, false);
    cloud.knobs.error.chance = 1;
    const auto answer = call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    BOOST_TEST(answer.code() == -1);
    BOOST_TEST(answer.message().starts_with("门锁离线，且未能取得当前可用密码："), answer.message());
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).code() == -1);
}

BOOST_FIXTURE_TEST_CASE(the_same_request_again_has_the_same_action_while_it_is_open, hotel) {
    cloud.knobs.stuck.chance = 1;
    const auto first = call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    run_for(2s);
    const auto again = call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    BOOST_TEST(again.body == first.body);
    BOOST_TEST(cloud.calls("add_password") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_second_pin_takes_the_place_of_the_first, hotel) {
    check_in("rm301", "482913");
    check_in("rm301", "730164");
    BOOST_TEST(cloud.calls("update_password") == 1u);
    BOOST_TEST(pins_on(lock_301) == 1u);
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).data().text_of("pwd") == "730164");
}

BOOST_FIXTURE_TEST_CASE(the_management_pin_is_number_999_and_the_guests_is_another, hotel) {
    check_in("rm301", "482913");
    check_in("rm301", "771204", "enableManagePwd");
    BOOST_TEST(callbacks("/password").size() == 2u);
    const auto& pins = cloud.find_lock(lock_301)->pins;
    BOOST_REQUIRE(pins.contains(999));
    BOOST_TEST(pins.at(999).values.digits == "771204");
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).body ==
               R"({"code":0,"msg":"处理成功","data":{"hotelNo":"H10086","roomId":"rm301","pwd":"482913"}})");
    BOOST_TEST(call("queryManagePwd", {{"roomId", "rm301"}}).body ==
               R"({"code":0,"msg":"处理成功","data":{"hotelNo":"H10086","roomId":"rm301","pwd":"771204"}})");
}

BOOST_FIXTURE_TEST_CASE(a_query_without_a_pin_and_one_during_a_change_say_so, hotel) {
    const auto none = call("queryGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST(none.body == R"({"code":-1,"msg":"该房间没有有效的客人密码"})");
    BOOST_TEST(call("queryManagePwd", {{"roomId", "rm301"}}).message() == "该房间没有有效的管理密码");
    check_in("rm301", "482913");
    cloud.knobs.stuck.chance = 1;
    call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "730164"}});
    run_for(1s);
    const auto changing = call("queryGuestPwd", {{"roomId", "rm301"}, {"operatorGuid", "op-78"}});
    BOOST_TEST(changing.code() == 0);
    BOOST_TEST(changing.message() == "处理成功（密码变更正在下发）");
    BOOST_TEST(changing.data().text_of("pwd") == "482913");
}

BOOST_FIXTURE_TEST_CASE(a_pin_whose_time_is_over_is_not_told, hotel) {
    call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}, {"endTime", "2026-11-22 12:10:00"}});
    run_for(9min);
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).code() == 0);
    run_for(2min);
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).message() == "该房间没有有效的客人密码");
}

BOOST_FIXTURE_TEST_CASE(disabling_answers_as_soon_as_the_cloud_has_taken_it, hotel) {
    check_in("rm301", "482913");
    cloud.knobs.result_delay = 3min;
    const auto begun_at = time.now();
    const auto answer = call("disableGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST(answer.body == R"({"code":0,"msg":"处理成功"})");
    BOOST_TEST((answer.at - begun_at < 1s));
    BOOST_TEST(cloud.calls("delete_password") == 1u);
    BOOST_TEST(pins_on(lock_301) == 1u, "the lock itself is not done yet");
    const auto again = call("disableGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST(again.code() == 0, again.body);
    run_for(5min);
    BOOST_TEST(pins_on(lock_301) == 0u);
    BOOST_TEST(cloud.calls("delete_password") == 1u);
    BOOST_TEST(callbacks("/password").size() == 1u, "of the check-in alone");
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).code() == -1);
}

BOOST_FIXTURE_TEST_CASE(disabling_what_is_not_there_is_done_already, hotel) {
    const auto answer = call("disableGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST(answer.body == R"({"code":0,"msg":"处理成功"})");
    BOOST_TEST(cloud.calls("delete_password") == 0u);
}

BOOST_FIXTURE_TEST_CASE(the_vendors_refusal_comes_through_with_its_text, hotel) {
    check_in("rm301", "771204", "enableManagePwd");
    const auto answer = call("disableManagePwd", {{"roomId", "rm301"}});
    BOOST_TEST(answer.code() == -1, answer.body);
    BOOST_TEST(answer.message().find("管理员密码不能被删除或冻结") != std::string::npos, answer.message());
}

BOOST_FIXTURE_TEST_CASE(a_cloud_that_does_not_answer_leaves_the_action_going_and_says_try_again, hotel) {
    check_in("rm301", "482913");
    cloud.knobs.answer_delay = 60s;
    const auto begun_at = time.now();
    const auto answer = call("disableGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST(answer.body == R"({"code":-4002,"msg":"门锁服务尚未应答，操作仍在进行，请稍后重试"})");
    BOOST_TEST((answer.at - begun_at == 19s));
    cloud.knobs.answer_delay = 0s;
    const auto again = call("disableGuestPwd", {{"roomId", "rm301"}});
    BOOST_TEST((again.code() == 0 || again.code() == -4002), again.body);
    run_for(3min);
    BOOST_TEST(pins_on(lock_301) == 0u);
    BOOST_TEST(call("disableGuestPwd", {{"roomId", "rm301"}}).code() == 0);
}

BOOST_FIXTURE_TEST_CASE(enable_disable_enable_ends_with_the_last, hotel) {
    cloud.knobs.answer_delay = 2s;
    const auto first = begin("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "111222"}});
    run_for(1s);
    const auto removed = begin("disableGuestPwd", {{"roomId", "rm301"}});
    run_for(10ms);
    const auto last = begin("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "333444"}});
    const auto superseded = wait_for(removed);
    BOOST_TEST(superseded.code() == -1, superseded.body);
    BOOST_TEST(superseded.message() == "已被后续操作取代");
    BOOST_TEST(wait_for(last).code() == 0);
    run_for(5min);
    BOOST_TEST(pins_on(lock_301) == 1u);
    BOOST_TEST(call("queryGuestPwd", {{"roomId", "rm301"}}).data().text_of("pwd") == "333444");
    BOOST_TEST(callbacks("/password").size() == 2u);
}

// --- the gateway

BOOST_FIXTURE_TEST_CASE(a_gateway_sets_and_removes_pins_by_number, hotel) {
    check_in("rm302", "482913");
    check_in("rm302", "771204", "enableManagePwd");
    BOOST_TEST(callbacks("/password").size() == 2u);
    auto& room = *box.find_room(gate_302);
    BOOST_REQUIRE(room.pins.size() == 2);
    BOOST_TEST(room.pins.at(1).digits == "482913");
    BOOST_TEST(room.pins.at(2).digits == "771204");
    BOOST_TEST(call("disableGuestPwd", {{"roomId", "rm302"}}).code() == 0);
    BOOST_TEST(room.pins.size() == 1u);
    BOOST_TEST(room.pins.contains(2));
    BOOST_TEST(call("disableManagePwd", {{"roomId", "rm302"}}).code() == 0);
    BOOST_TEST(room.pins.empty());
}

BOOST_FIXTURE_TEST_CASE(a_gateway_lock_off_line_refuses_once_and_then_computes, hotel) {
    box.find_room(gate_302)->online = false;
    const auto first = call("enableGuestPwd", {{"roomId", "rm302"}, {"pwd", "482913"}});
    BOOST_TEST(first.code() == 0);
    run_for(5s);
    const auto told = callbacks("/password");
    BOOST_REQUIRE(told.size() == 1);
    BOOST_TEST(simulators::field(told[0], "code") == "-1");
    const auto second =
        call("enableGuestPwd", {{"roomId", "rm302"}, {"pwd", "482913"}, {"endTime", "2026-11-24 12:00:00"}});
    BOOST_TEST(second.code() == 0, second.body);
    auto& room = *box.find_room(gate_302);
    BOOST_REQUIRE(room.computed.size() == 1);
    BOOST_TEST(second.data().text_of("pwd") == room.computed[0].digits);
    BOOST_TEST(format_china_time(room.computed[0].valid_until) == "2026-11-24 12:00:00");
    room.online = true;
    const auto removed = call("disableGuestPwd", {{"roomId", "rm302"}});
    BOOST_TEST(removed.code() == 0, removed.body);
    BOOST_TEST(room.computed[0].stopped);
}

// --- who has no such service

BOOST_FIXTURE_TEST_CASE(rooms_without_a_lock_or_unknown_answer_8105_and_name_the_room, hotel) {
    for (const auto* method : {"enableGuestPwd", "enableManagePwd", "disableGuestPwd", "disableManagePwd",
                               "queryGuestPwd", "queryManagePwd"}) {
        BOOST_TEST_CONTEXT(method) {
            const auto unbound = call(method, {{"roomId", "rm303"}});
            BOOST_TEST(unbound.body == R"({"code":-8105,"msg":"无直连门锁服务：房间 rm303 未绑定门锁"})");
            const auto unknown = call(method, {{"roomId", "rm999"}});
            BOOST_TEST(unknown.body == R"({"code":-8105,"msg":"无直连门锁服务：房间 rm999 不在目录中"})");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
