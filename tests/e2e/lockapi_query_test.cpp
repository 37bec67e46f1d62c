// What a PMS asks about rooms: which have a lock, how the locks are, and who opened them. Every case has rooms of its
// own.
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <map>

#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

installation& hub() {
    static installation at({.rooms = 12});
    static const bool furnished = [] {
        at.import_rooms(
            "demopms,H10086,示范酒店,SUITE,套房,bare,399,3,,,,\n"
            "demopms,H10088,第三酒店,STD,标准间,rm900,900,9,,,,\n");
        return true;
    }();
    static_cast<void>(furnished);
    return at;
}

wire::json_value room_lock_info(text_fields fields) {
    return call_with(hub(), "queryRoomLockInfo", std::move(fields));
}

// "STD: rm300=1 rm301=1; SUITE: bare=0"
std::string told(const wire::json_value& answer) {
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    std::string out;
    for (const wire::json_value& hotel : answer.find("data")->items()) {
        BOOST_TEST(hotel.text_of("hotelNo") == "H10086");
        for (const wire::json_value& type : hotel.find("roomTypeList")->items()) {
            out += (out.empty() ? "" : "; ") + type.text_of("roomTypeCode") + ":";
            for (const wire::json_value& room : type.find("roomList")->items()) {
                out += " " + room.text_of("roomId") + "=" + room.text_of("installedLock");
            }
        }
    }
    return out;
}

// A field of no meaning keeps questions asked again and again from being identical, which is allowed 4 times in 30 s.
std::map<std::string, wire::json_value> states_of(const std::string& rooms) {
    static int number = 0;
    const wire::json_value answer =
        call_with(hub(), "queryStateBatch", {{"roomIds", rooms}, {"number", std::to_string(++number)}});
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    std::map<std::string, wire::json_value> out;
    for (const char* list : {"lockStates", "lockErrMsgs"}) {
        for (const wire::json_value& room : answer.find("data")->find(list)->items())
            out[room.text_of("roomId")] = room;
    }
    return out;
}

std::string state_of(std::size_t room) {
    return states_of(hub().room_id(room)).at(hub().room_id(room)).text_of("state");
}

std::string about(std::size_t room, const std::string& more) {
    return fmt::format(R"({{"uuid":"{}",{}}})", hub().uuid(room), more);
}

struct log_page_of {
    std::vector<wire::json_value> rows;
    std::int64_t total = 0;
};

log_page_of log_of(const std::string& rooms, int page = 1, int size = 20,
                   const std::string& from = "2026-01-01 00:00:00", const std::string& until = "2036-01-01 00:00:00") {
    const wire::json_value answer = call_with(hub(), "queryLockLog",
                                              {{"roomIds", rooms},
                                               {"startTime", from},
                                               {"endTime", until},
                                               {"pageNum", std::to_string(page)},
                                               {"pageSize", std::to_string(size)}});
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    return {answer.find("data")->find("lockLogList")->items(), answer.find("data")->integer_of("rowCount").value()};
}

void open_door(std::size_t room, int times) {
    for (int i = 0; i < times; ++i) hub().cloud_does("open", about(room, R"("id":1001)"));
    eventually("the openings are stored", [&] {
        return sql_value(hub().database(),
                         "SELECT COUNT(*) FROM lock_log AS g JOIN locks AS l ON l.lock_row = g.lock_row "
                         "WHERE l.lock_uuid = '" +
                             hub().uuid(room) + "'") == std::to_string(times);
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_query_test)

BOOST_AUTO_TEST_CASE(rooms_are_listed_by_type_with_and_without_a_lock) {
    const std::string all = told(room_lock_info({}));
    BOOST_TEST(all.starts_with("STD: rm300=1 rm301=1 "), all);
    BOOST_TEST(all.ends_with("; SUITE: bare=0"), all);
    BOOST_TEST(told(room_lock_info({{"roomIds", "rm301,bare"}})) == "STD: rm301=1; SUITE: bare=0");
    BOOST_TEST(told(room_lock_info({{"roomTypeCodes", "SUITE"}})) == "SUITE: bare=0");
    BOOST_TEST(told(room_lock_info({{"roomTypeCodes", "SUITE"}, {"roomIds", "rm301"}})) == "");
    BOOST_TEST(told(room_lock_info({{"roomIds", "nowhere"}})) == "");
}

BOOST_AUTO_TEST_CASE(a_hotel_nobody_knows_is_said_to_be_unmatched) {
    for (const quhuhu::method what : {quhuhu::method::query_room_lock_info, quhuhu::method::query_state_batch,
                                      quhuhu::method::query_lock_log, quhuhu::method::query_read_card}) {
        const auto fields = with(all_fields(hub(), what), "hotelNo", "H404");
        BOOST_TEST(said(call(hub(), what, signed_form(fields))) == "-2000 没有进行酒店级渠道匹配",
                   quhuhu::wire_name(what));
    }
}

BOOST_AUTO_TEST_CASE(a_healthy_lock_is_normal_and_has_two_decimals) {
    const wire::json_value state = states_of("rm300").at("rm300");
    BOOST_TEST(state.text_of("state") == "normal");
    BOOST_TEST(state.text_of("energy") == "80.00");
    BOOST_TEST(state.text_of("signal").ends_with(".00"), state.text_of("signal"));
}

BOOST_AUTO_TEST_CASE(a_lock_is_asked_only_when_what_is_known_is_too_old) {
    states_of("rm301");
    const auto asked = hub().cloud_state().find("calls")->integer_of("get_lock_info").value();
    states_of("rm301");
    BOOST_TEST(hub().cloud_state().find("calls")->integer_of("get_lock_info").value() == asked);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_lock_shows_in_its_state) {
    hub().cloud_does("battery", about(2, R"("percent":9)"));
    eventually("low power", [] { return state_of(2) == "lowpower"; });
    BOOST_TEST(states_of("rm302").at("rm302").text_of("energy") == "9.00");
    hub().cloud_does("event", about(2, R"("event":"hwRTCAlarm")"));
    eventually("a fault weighs more", [] { return state_of(2) == "failure"; });
    hub().cloud_does("online", about(2, R"("online":false)"));
    eventually("off line weighs most", [] { return state_of(2) == "offline"; });

    hub().cloud_does("signal", about(3, R"("lqi":12)"));
    BOOST_TEST(state_of(3) == "badsignal");
}

BOOST_AUTO_TEST_CASE(rooms_that_cannot_be_answered_stand_beside_those_that_can) {
    hub().cloud_does("knobs", R"({"error":"1x1","only_verb":"get_lock_info"})");
    const auto unheard = states_of("rm304");
    hub().cloud_does("knobs", R"({"error":"0","only_verb":""})");
    BOOST_TEST(!unheard.at("rm304").text_of("msg").empty());

    const auto told = states_of("rm305,nowhere,bare");
    BOOST_REQUIRE(told.size() == 3U);
    BOOST_TEST(told.at("rm305").text_of("state") == "normal");
    BOOST_TEST(told.at("nowhere").text_of("msg") == "无效调用");
    BOOST_TEST(told.at("bare").text_of("msg") == "无直连门锁服务");
}

BOOST_AUTO_TEST_CASE(openings_are_listed_newest_first_each_once) {
    open_door(6, 3);
    const log_page_of all = log_of("rm306");
    BOOST_TEST(all.total == 3);
    BOOST_REQUIRE(all.rows.size() == 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST(all.rows[i].text_of("roomId") == "rm306");
        BOOST_TEST(all.rows[i].text_of("logType") == "密码开门");
        BOOST_TEST(all.rows[i].text_of("logParam") == "******");
        BOOST_TEST(all.rows[i].text_of("state") == "1");
        if (i > 0) BOOST_TEST(all.rows[i - 1].text_of("createTime") >= all.rows[i].text_of("createTime"));
    }
}

BOOST_AUTO_TEST_CASE(openings_come_in_pages_of_several_rooms) {
    open_door(7, 2);
    open_door(8, 3);
    const std::string both = "rm307,rm308";
    std::size_t seen = 0;
    for (int page = 1; page <= 3; ++page) {
        const log_page_of part = log_of(both, page, 2);
        BOOST_TEST(part.total == 5);
        seen += part.rows.size();
    }
    BOOST_TEST(seen == 5U);
    BOOST_TEST(log_of(both, 4, 2).rows.empty());
    BOOST_TEST(log_of("rm308").total == 3);
    BOOST_TEST(log_of(both, 1, 20, "2026-01-01 00:00:00", "2026-01-02 00:00:00").total == 0);
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_is_listed_as_a_failure) {
    hub().cloud_does("event", about(9, R"("event":"wrongPwdAlarm")"));
    eventually("the alarm is told", [] { return !hub().event_callbacks("lock.wrong_password").empty(); });
    const log_page_of page = log_of("rm309");
    BOOST_REQUIRE(page.rows.size() == 1U);
    BOOST_TEST(page.rows[0].text_of("state") == "0");
    BOOST_TEST(page.rows[0].text_of("logType") == "密码开门");
}

// What was not pushed stands in the lock cloud's own log.
BOOST_AUTO_TEST_CASE(openings_that_were_never_pushed_are_read_from_the_lock_cloud) {
    hub().stop_hub();
    hub().cloud_does("open", about(10, R"("id":1001)"));
    hub().start_hub();
    BOOST_TEST(sql_value(hub().database(),
                         "SELECT COUNT(*) FROM lock_log AS g JOIN locks AS l ON l.lock_row = "
                         "g.lock_row WHERE l.lock_uuid = '" +
                             hub().uuid(10) + "'") == "0");
    const log_page_of page = log_of("rm310");
    BOOST_TEST(page.total == 1);
    BOOST_TEST(log_of("rm310").total == 1);
}

BOOST_AUTO_TEST_SUITE_END()
