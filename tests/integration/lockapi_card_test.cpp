// Card readers and room cards (document 000, 五.4, 五.5 and 六.5 to 六.7).
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/integration/lockapi_world.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using test::lockapi_world;

namespace {

struct hotel : lockapi_world {
    // Makes a card on the reader and lets its callback come; the actionId.
    std::string make_card(const std::string& room, const std::string& end_time = "2026-11-24 12:00:00") {
        const auto answer = call("addRoomCard", {{"roomId", room}, {"readCardId", "d0000001"}, {"endTime", end_time}});
        BOOST_TEST(answer.code() == 0, answer.body);
        run_for(5s);
        return answer.data().text();
    }
    std::string at_reader(const std::string& method) {
        const auto answer =
            call(method, {{"readCardId", "d0000001"}, {"operatorGuid", "op-" + std::to_string(++calls_)}});
        BOOST_TEST(answer.code() == 0, answer.body);
        run_for(5s);
        return answer.data().text();
    }

  private:
    int calls_ = 0;
};

using simulators::field;

bool is_card_action(const std::string& id) {
    return id.size() == 18 && id[0] == 'A' && id.find_first_not_of("0123456789", 1) == std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_card_test)

BOOST_FIXTURE_TEST_CASE(readers_of_a_hotel_are_on_line_when_their_gateway_answers, hotel) {
    BOOST_TEST(call("queryReadCard", {}).body ==
               R"({"code":0,"msg":"处理成功","data":{"hotelNo":"H10086","readCardList":[{"readerId":"d0000001",)"
               R"("readerStatus":"1","nickName":"前台"},{"readerId":"d0000002","readerStatus":"1","nickName":""}]}})");
    BOOST_TEST(box.calls("GetRoomList") == 1u);
    call("queryReadCard", {});
    BOOST_TEST(box.calls("GetRoomList") == 1u, "remembered for a while");
    run_for(16s);
    box.knobs.drop.chance = 1;
    const auto away = call("queryReadCard", {});
    for (const auto& reader : away.data().find("readCardList")->items())
        BOOST_TEST(reader.text_of("readerStatus") == "0");
}

BOOST_FIXTURE_TEST_CASE(a_gateway_that_says_nothing_is_off_line_before_the_request_is_over, hotel) {
    intercept = [](const wire::http_request& request) -> std::optional<test::scripted_answer> {
        if (!request.url.starts_with("http://gateway.sim/")) return std::nullopt;
        return test::never_answer();
    };
    const auto begun_at = time.now();
    const auto answer = call("queryReadCard", {});
    BOOST_TEST((answer.at - begun_at == limits::pulse_timeout));
    BOOST_TEST(answer.data().find("readCardList")->items().at(0).text_of("readerStatus") == "0");
}

BOOST_FIXTURE_TEST_CASE(a_card_is_made_with_its_action_and_a_callback, hotel) {
    box.put_card();
    const auto answer =
        call("addRoomCard", {{"roomId", "rm301"}, {"readCardId", "d0000001"}, {"endTime", "2026-11-24 12:00:00"}});
    const auto action = answer.data().text();
    BOOST_TEST(is_card_action(action), action);
    BOOST_TEST(answer.body == R"({"code":0,"msg":"处理成功","data":")" + action + "\"}");
    run_for(5s);
    const auto told = callbacks("/make-card");
    BOOST_REQUIRE(told.size() == 1);
    BOOST_TEST(field(told[0], "actionId") == action);
    BOOST_TEST(field(told[0], "code") == "0");
    BOOST_REQUIRE(box.card_on_reader() != nullptr);
    BOOST_TEST(box.card_on_reader()->rm_id == gate_301);
    BOOST_TEST(format_china_time(box.card_on_reader()->valid_until) == "2026-11-24 12:00:00");
}

BOOST_FIXTURE_TEST_CASE(cards_of_one_stay_open_the_door_beside_one_another, hotel) {
    const auto first = box.put_card();
    make_card("rm301");
    run_for(1min);
    const auto second = box.put_card();
    const auto answer = call("addRoomCard", {{"roomId", "rm301"},
                                             {"readCardId", "d0000001"},
                                             {"endTime", "2026-11-24 12:00:00"},
                                             {"operatorGuid", "op-78"}});
    BOOST_TEST(answer.code() == 0);
    run_for(5s);
    BOOST_TEST(box.open_by_card(gate_301, second, time.now()).opens);
    BOOST_TEST(box.open_by_card(gate_301, first, time.now()).opens);
    BOOST_TEST(box.steps_back().empty());
}

BOOST_FIXTURE_TEST_CASE(a_card_on_the_reader_is_asked_about, hotel) {
    box.put_card();
    make_card("rm301");
    const auto action = at_reader("queryRoomCard");
    const auto told = callbacks("/query-card");
    BOOST_REQUIRE(told.size() == 1);
    BOOST_TEST(field(told[0], "actionId") == action);
    BOOST_TEST(field(told[0], "code") == "0");
    BOOST_TEST(field(told[0], "roomId") == "rm301");
    BOOST_TEST(field(told[0], "endTime") == "2026-11-24 12:00:00");
    BOOST_TEST(field(told[0], "startTime").starts_with("2026-11-22 12:"));
}

BOOST_FIXTURE_TEST_CASE(a_card_is_returned_in_two_steps_and_its_times_are_called_back, hotel) {
    const auto card = box.put_card();
    make_card("rm301");
    const auto action = at_reader("returnRoomCard");
    const auto told = callbacks("/return-card");
    BOOST_REQUIRE(told.size() == 1);
    BOOST_TEST(field(told[0], "actionId") == action);
    BOOST_TEST(field(told[0], "code") == "0");
    BOOST_TEST(field(told[0], "roomId") == "rm301");
    BOOST_TEST(field(told[0], "endTime") == "2026-11-24 12:00:00");
    BOOST_TEST(box.find_card(card)->cancelled);
    BOOST_TEST(box.calls("ReadCard") == 1u);
    BOOST_TEST(box.calls("ClearRoomCard") == 1u);
}

BOOST_FIXTURE_TEST_CASE(without_a_card_on_the_reader_the_callbacks_carry_failure, hotel) {
    at_reader("queryRoomCard");
    at_reader("returnRoomCard");
    const auto made = call("addRoomCard", {{"roomId", "rm301"}, {"readCardId", "d0000001"}});
    BOOST_TEST(made.code() == 0);
    run_for(5s);
    for (const auto* path : {"/query-card", "/return-card", "/make-card"}) {
        const auto told = callbacks(path);
        BOOST_REQUIRE(told.size() == 1);
        BOOST_TEST(field(told[0], "code") == "-1");
    }
    BOOST_TEST(box.calls("ClearRoomCard") == 0u);
}

BOOST_FIXTURE_TEST_CASE(losing_the_cards_of_a_room_is_answered_when_it_is_done, hotel) {
    const auto first = box.put_card();
    make_card("rm301");
    const auto answer = call("disableRoomCard", {{"roomId", "rm301"}});
    BOOST_TEST(answer.body == R"({"code":0,"msg":"处理成功"})");
    BOOST_TEST(box.find_card(first)->cancelled);
    box.knobs.error.chance = 1;
    const auto refused = call("disableRoomCard", {{"roomId", "rm302"}});
    BOOST_TEST(refused.code() == -1, refused.body);
    BOOST_TEST(refused.message().find("操作失败") != std::string::npos, refused.message());
}

BOOST_FIXTURE_TEST_CASE(a_reader_nobody_knows_is_refused, hotel) {
    const std::string expected = R"({"code":-8105,"msg":"无直连门锁服务：酒店 H10086 没有读卡器 d9999999"})";
    BOOST_TEST(call("addRoomCard", {{"roomId", "rm301"}, {"readCardId", "d9999999"}}).body == expected);
    BOOST_TEST(call("queryRoomCard", {{"readCardId", "d9999999"}}).body == expected);
    BOOST_TEST(call("returnRoomCard", {{"readCardId", "d9999999"}}).body == expected);
    BOOST_TEST(call("returnRoomCard", {{"readCardId", "d0000001"}, {"hotelNo", "H404"}}).code() == -2000);
}

BOOST_FIXTURE_TEST_CASE(rooms_without_a_card_lock_answer_8105_and_name_the_room, hotel) {
    for (const auto* room : {"rm303", "rm304"}) {
        const auto expected = R"({"code":-8105,"msg":"无直连门锁服务：房间 )" + std::string(room) + R"( 未绑定门锁"})";
        BOOST_TEST(call("addRoomCard", {{"roomId", room}, {"readCardId", "d0000001"}}).body == expected);
        BOOST_TEST(call("disableRoomCard", {{"roomId", room}}).body == expected);
    }
}

BOOST_FIXTURE_TEST_CASE(the_gateway_gets_one_call_at_a_time, hotel) {
    box.knobs.answer_delay = 2s;
    int under_way = 0, most = 0;
    intercept = [&](const wire::http_request& request) -> std::optional<test::scripted_answer> {
        if (!request.url.starts_with("http://gateway.sim/")) return std::nullopt;
        // A call takes two seconds; one that begins while another is under way shows.
        static time_point free_at{};
        under_way = time.now() < free_at ? 2 : 1;
        most = std::max(most, under_way);
        free_at = time.now() + 2s;
        return std::nullopt;
    };
    box.put_card();
    const auto card = begin("addRoomCard", {{"roomId", "rm301"}, {"readCardId", "d0000001"}});
    const auto pin = begin("enableGuestPwd", {{"roomId", "rm302"}, {"pwd", "482913"}});
    const auto lost = begin("disableRoomCard", {{"roomId", "rm302"}});
    const auto readers = begin("queryReadCard", {});
    for (const auto& one : {card, pin, lost, readers}) BOOST_TEST(wait_for(one).code() == 0);
    run_for(1min);
    BOOST_TEST(most == 1);
}

BOOST_AUTO_TEST_SUITE_END()
