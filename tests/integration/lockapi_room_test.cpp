// queryRoomLockInfo, queryStateBatch and queryLockLog (document 000, 五.1).
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/integration/lockapi_world.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using test::lockapi_world;

namespace {

struct hotel : lockapi_world {
    using lockapi_world::lockapi_world;

    answered states(const std::string& rooms) { return call("queryStateBatch", {{"roomIds", rooms}, fresh()}); }
    answered log(const std::string& rooms, int page = 1, int size = 20) {
        return call("queryLockLog", {{"roomIds", rooms},
                                     {"startTime", "2026-11-21 00:00:00"},
                                     {"endTime", "2026-11-22 23:59:59"},
                                     {"pageNum", std::to_string(page)},
                                     {"pageSize", std::to_string(size)},
                                     fresh()});
    }
    // The value of a member in each item of a list.
    static std::string each(const wire::json_value& list, const std::string& member) {
        std::string out;
        for (const auto& item : list.items()) out += (out.empty() ? "" : " ") + item.text_of(member);
        return out;
    }
    void open_door(std::int64_t pin_id) {
        push(cloud.open_by_pin(lock_301, pin_id, time.now(), chance));
        run_for(1s);
    }

  private:
    // Keeps calls apart for the rule about identical ones.
    std::pair<std::string, std::string> fresh() { return {"operatorGuid", "op-" + std::to_string(++calls_)}; }
    int calls_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_room_test)

BOOST_FIXTURE_TEST_CASE(rooms_say_whether_they_have_a_lock_grouped_by_type, hotel) {
    BOOST_TEST(call("queryRoomLockInfo", {}).body ==
               R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"H10086","roomTypeList":[)"
               R"({"roomTypeCode":"RT1","roomList":[{"roomId":"rm301","installedLock":"1"},)"
               R"({"roomId":"rm302","installedLock":"1"}]},{"roomTypeCode":"RT2","roomList":[)"
               R"({"roomId":"rm303","installedLock":"0"},{"roomId":"rm304","installedLock":"1"}]}]}]})");
    BOOST_TEST(call("queryRoomLockInfo", {{"roomTypeCodes", "RT2,RT9"}, {"roomIds", "rm301,rm303"}}).body ==
               R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"H10086","roomTypeList":[{"roomTypeCode":"RT2",)"
               R"("roomList":[{"roomId":"rm303","installedLock":"0"}]}]}]})");
    BOOST_TEST(call("queryRoomLockInfo", {{"roomIds", "rm999"}}).body ==
               R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"H10086","roomTypeList":[]}]})");
}

BOOST_FIXTURE_TEST_CASE(queries_about_an_unknown_hotel_answer_2000, hotel) {
    const std::pair<std::string, std::string> elsewhere{"hotelNo", "H404"};
    const std::string expected = R"({"code":-2000,"msg":"没有进行酒店级渠道匹配"})";
    BOOST_TEST(call("queryRoomLockInfo", {elsewhere}).body == expected);
    BOOST_TEST(call("queryStateBatch", {elsewhere, {"roomIds", "rm301"}}).body == expected);
    BOOST_TEST(call("queryReadCard", {elsewhere}).body == expected);
    BOOST_TEST(call("queryLockLog", {elsewhere,
                                     {"roomIds", "rm301"},
                                     {"startTime", "2026-11-21 00:00:00"},
                                     {"endTime", "2026-11-22 00:00:00"},
                                     {"pageNum", "1"},
                                     {"pageSize", "20"}})
                   .body == expected);
}

BOOST_FIXTURE_TEST_CASE(states_nobody_heard_of_are_asked_for, hotel) {
    cloud.find_lock(lock_301)->battery_percent = 58;
    const auto answer = states("rm301");
    BOOST_TEST(cloud.calls("get_lock_info") == 1u);
    const auto& state = answer.data().find("lockStates")->items().at(0);
    BOOST_TEST(state.text_of("roomId") == "rm301");
    BOOST_TEST(state.text_of("energy") == "58.00");
    BOOST_TEST(state.text_of("state") == "normal");
    BOOST_TEST(answer.data().find("lockErrMsgs")->items().empty());
}

BOOST_FIXTURE_TEST_CASE(a_state_is_asked_for_again_when_it_is_old, hotel) {
    states("rm301,rm304");
    BOOST_TEST(cloud.calls("get_lock_info") == 2u);
    run_for(9min);
    states("rm301,rm304");
    BOOST_TEST(cloud.calls("get_lock_info") == 2u);
    run_for(2min);
    cloud.find_lock(lock_301)->battery_percent = 9;
    const auto answer = states("rm301,rm304");
    BOOST_TEST(cloud.calls("get_lock_info") == 4u);
    BOOST_TEST(each(*answer.data().find("lockStates"), "state") == "lowpower normal");
}

BOOST_AUTO_TEST_CASE(how_old_is_a_matter_of_configuration_and_of_its_reload) {
    hotel at("state_refresh_age = \"0\"");
    at.states("rm301");
    at.run_for(1s);
    at.states("rm301");
    BOOST_TEST(at.cloud.calls("get_lock_info") == 2u);
    at.apply("state_refresh_age = \"1h\"");
    at.run_for(30min);
    at.states("rm301");
    BOOST_TEST(at.cloud.calls("get_lock_info") == 2u);
}

BOOST_FIXTURE_TEST_CASE(rooms_that_cannot_be_answered_stand_apart_and_the_rest_is_answered, hotel) {
    const auto answer = states("rm301,rm999,rm303,rm302");
    BOOST_TEST(each(*answer.data().find("lockStates"), "roomId") == "rm301");
    const auto& errors = *answer.data().find("lockErrMsgs");
    BOOST_TEST(each(errors, "roomId") == "rm999 rm303 rm302");
    BOOST_TEST(each(errors, "msg") == "无效调用 无直连门锁服务 门锁状态未知");
}

BOOST_FIXTURE_TEST_CASE(pushes_keep_the_state_and_the_gravest_thing_is_shown, hotel) {
    push(cloud.battery_alarm(lock_301, 7, time.now(), chance));
    run_for(1s);
    BOOST_TEST(each(*states("rm301").data().find("lockStates"), "state") == "lowpower");
    push(cloud.raise_event("rtcError", lock_301, "", time.now(), chance));
    run_for(1s);
    BOOST_TEST(each(*states("rm301").data().find("lockStates"), "state") == "failure");
    push(cloud.set_online(lock_301, false, time.now(), chance));
    run_for(1s);
    BOOST_TEST(each(*states("rm301").data().find("lockStates"), "state") == "offline");
}

BOOST_FIXTURE_TEST_CASE(a_weak_signal_is_told_when_nothing_graver_is, hotel) {
    cloud.find_lock(lock_301)->link_quality = 51;
    cloud.find_lock(lock_304)->link_quality = 54;
    const auto answer = states("rm301,rm304");
    BOOST_TEST(each(*answer.data().find("lockStates"), "signal") == "20.00 21.00");
    BOOST_TEST(each(*answer.data().find("lockStates"), "state") == "badsignal normal");
}

BOOST_FIXTURE_TEST_CASE(a_cloud_that_fails_leaves_what_is_known, hotel) {
    states("rm301");
    run_for(11min);
    cloud.knobs.error.chance = 1;
    const auto answer = states("rm301,rm304");
    BOOST_TEST(answer.code() == 0);
    BOOST_TEST(each(*answer.data().find("lockStates"), "roomId") == "rm301");
    BOOST_TEST(each(*answer.data().find("lockErrMsgs"), "roomId") == "rm304");
}

BOOST_FIXTURE_TEST_CASE(what_has_not_come_within_the_request_is_answered_from_what_is_known, hotel) {
    states("rm301");
    run_for(11min);
    cloud.find_lock(lock_301)->battery_percent = 33;
    bool slow = true;
    intercept = [&slow](const wire::http_request& request) -> std::optional<test::scripted_answer> {
        if (!slow || request.url.find("get_lock_info") == std::string::npos) return std::nullopt;
        return test::never_answer();
    };
    const auto begun_at = time.now();
    const auto answer = states("rm301");
    BOOST_TEST((answer.at - begun_at <= limits::lockapi_request_timeout));
    BOOST_TEST(each(*answer.data().find("lockStates"), "energy") == "80.00");
    slow = false;
    run_for(1min);
    BOOST_TEST(each(*states("rm301").data().find("lockStates"), "energy") == "33.00");
}

BOOST_FIXTURE_TEST_CASE(many_rooms_are_asked_for_beside_one_another, hotel) {
    cloud.knobs.answer_delay = 5s;
    const auto begun_at = time.now();
    const auto answer = states("rm301,rm304");
    BOOST_TEST((answer.at - begun_at < 11s), "the token, then both locks at once");
    BOOST_TEST(each(*answer.data().find("lockStates"), "roomId") == "rm301 rm304");
}

// --- the log

BOOST_FIXTURE_TEST_CASE(pushed_openings_and_the_clouds_log_are_one_log_without_doubles, hotel) {
    call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    run_for(5s);
    open_door(1001);
    run_for(10s);
    open_door(1001);
    const auto answer = log("rm301");
    BOOST_TEST(cloud.calls("get_lock_events") >= 1u);
    BOOST_TEST(answer.data().integer_of("rowCount").value() == 2);
    const auto& lines = *answer.data().find("lockLogList");
    BOOST_REQUIRE(lines.items().size() == 2);
    const auto& newest = lines.items()[0];
    BOOST_TEST(newest.text_of("roomId") == "rm301");
    BOOST_TEST(newest.text_of("logType") == "密码开门");
    BOOST_TEST(newest.text_of("logParam") == "******");
    BOOST_TEST(newest.text_of("state") == "1");
    BOOST_TEST(newest.text_of("createTime") > lines.items()[1].text_of("createTime"));
}

BOOST_FIXTURE_TEST_CASE(what_was_never_pushed_comes_from_the_clouds_log, hotel) {
    call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    run_for(5s);
    cloud.open_by_pin(lock_301, 1001, time.now(), chance);
    run_for(1s);
    BOOST_TEST(log("rm301").data().integer_of("rowCount").value() == 1);
}

BOOST_FIXTURE_TEST_CASE(turning_pages_asks_the_cloud_once_a_minute, hotel) {
    call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    run_for(5s);
    for (int i = 0; i < 5; ++i) open_door(1001);
    const auto first = log("rm301", 1, 2);
    const auto calls = cloud.calls("get_lock_events");
    const auto second = log("rm301", 2, 2);
    const auto third = log("rm301", 3, 2);
    BOOST_TEST(cloud.calls("get_lock_events") == calls);
    BOOST_TEST(first.data().integer_of("rowCount").value() == 5);
    BOOST_TEST(third.data().find("lockLogList")->items().size() == 1u);
    BOOST_TEST(each(*first.data().find("lockLogList"), "createTime") >
               each(*second.data().find("lockLogList"), "createTime"));
    run_for(61s);
    log("rm301", 1, 2);
    BOOST_TEST(cloud.calls("get_lock_events") > calls);
}

BOOST_AUTO_TEST_CASE(pins_are_shown_only_where_the_configuration_says_so) {
    hotel at("show_pins_in_log = true");
    at.call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    at.run_for(5s);
    at.open_door(1001);
    BOOST_TEST(hotel::each(*at.log("rm301").data().find("lockLogList"), "logParam") == "482913");
    at.apply("show_pins_in_log = false");
    BOOST_TEST(hotel::each(*at.log("rm301").data().find("lockLogList"), "logParam") == "******");
}

BOOST_FIXTURE_TEST_CASE(several_rooms_share_one_log_and_a_room_without_lock_adds_nothing, hotel) {
    open_door(999);
    push(cloud.open_by_pin(lock_304, 999, time.now(), chance));
    run_for(1s);
    const auto answer = log("rm301,rm304,rm303,rm999");
    BOOST_TEST(answer.code() == 0, answer.body);
    const auto none = log("rm303,rm999");
    BOOST_TEST(none.body == R"({"code":-8105,"msg":"无直连门锁服务：房间 rm303 未绑定门锁"})");
}

BOOST_FIXTURE_TEST_CASE(a_log_is_answered_from_the_database_when_its_cloud_is_away, hotel) {
    call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    run_for(5s);
    open_door(1001);
    cloud.knobs.drop.chance = 1;
    const auto answer = log("rm301");
    BOOST_TEST(answer.code() == 0, answer.body);
    BOOST_TEST(answer.data().integer_of("rowCount").value() == 1);
}

BOOST_FIXTURE_TEST_CASE(a_page_that_holds_more_than_openings_is_not_the_last_for_that, hotel) {
    const auto entry = [&](int event, std::int64_t seconds_ago) {
        return fmt::format(R"({{"time":{},"eventid":{},"source":2,"sourceid":999,"source_name":""}})",
                           to_unix_ms(time.now()) - 1000 * seconds_ago, event);
    };
    std::string full = entry(21, 1);
    for (std::size_t i = 1; i < limits::log_page_openings; ++i) full += "," + entry(1, static_cast<std::int64_t>(i));
    intercept = [&, last = entry(1, 5000)](const wire::http_request& request) -> std::optional<test::scripted_answer> {
        if (!request.url.contains("get_lock_events")) return std::nullopt;
        const bool first = request.url.contains("offset=0&");
        return test::respond(200, R"({"ErrNo":0,"lock_events":[)" + (first ? full : last) + "]}");
    };
    BOOST_TEST(log("rm301").data().integer_of("rowCount").value() ==
               static_cast<std::int64_t>(limits::log_page_openings));
}

BOOST_FIXTURE_TEST_CASE(a_log_of_which_the_cloud_has_more_than_is_read_says_so_on_each_page, hotel) {
    auto& kept = cloud.find_lock(lock_301)->log;
    const auto most = limits::log_pages * limits::log_page_openings;
    while (kept.size() < most - 1)
        kept.push_back({.at_ms = to_unix_ms(time.now()) - 1000 * std::ssize(kept), .pin_id = 999});
    BOOST_TEST(log("rm301").message() == "处理成功");
    kept.push_back({.at_ms = to_unix_ms(time.now()) - 1000 * std::ssize(kept), .pin_id = 999});
    run_for(61s);
    for (int page = 1; page <= 2; ++page) {
        const auto answer = log("rm301", page);
        BOOST_TEST(answer.code() == 0);
        BOOST_TEST(answer.message() == "处理成功（开门记录较多，可能只取得其中一部分，请缩小查询时间范围）");
        BOOST_TEST(answer.data().integer_of("rowCount").value() == static_cast<std::int64_t>(most));
    }
}

BOOST_AUTO_TEST_SUITE_END()
