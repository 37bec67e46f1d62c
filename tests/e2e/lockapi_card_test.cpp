// Guests' cards, from the PMS's call to the door: made, asked about, returned and lost at the gateway's reader. Every
// case has a room of its own; there is one reader, so one card lies on it at a time.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr const char* until = "2036-01-02 12:00:00";

installation& hub() {
    static installation at({.rooms = 12, .cards = true, .pms_extra = R"([[gateway]]
account = "gw-dark"
base_url = "http://127.0.0.1:9"
appid = "a"
appsecret = "b"
pms = "demopms"
hotel_no = "H10087"
[[gateway.reader]]
id = "d0000009"
nickname = "后台"
)"});
    return at;
}

struct gateway_knobs {
    explicit gateway_knobs(const std::string& json) { hub().gateway_does("knobs", json); }
    ~gateway_knobs() {
        hub().gateway_does(
            "knobs", R"({"drop":"0","lose_reply":"0","error":"0","only_verb":"","answer_delay_ms":0,"html":"0"})");
    }
    gateway_knobs(const gateway_knobs&) = delete;
    gateway_knobs& operator=(const gateway_knobs&) = delete;
};

wire::json_value make_card(std::size_t room, const std::string& end = until) {
    return call_with(hub(), "addRoomCard",
                     {{"roomId", hub().room_id(room)}, {"readCardId", "d0000000"}, {"endTime", end}});
}

wire::json_value at_reader(const std::string& method, const std::string& reader = "d0000000") {
    return call_with(hub(), method, {{"readCardId", reader}});
}

std::string action_of(const wire::json_value& answer) {
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    const std::string action = answer.text_of("data");
    BOOST_TEST(action.size() == 18U, action);
    BOOST_TEST(action.starts_with("A"), action);
    return action;
}

// The callback about an action: its fields and where it came to.
wire::json_value callback_of(const std::string& action) {
    hub().final_codes(action);
    const wire::json_value state = hub().pms_state();
    for (const wire::json_value& callback : state.find("callbacks")->items()) {
        if (callback.find("fields")->text_of("actionId") == action) return callback;
    }
    throw std::logic_error("no callback of " + action);
}

std::string field_of(const wire::json_value& callback, std::string_view name) {
    return callback.find("fields")->text_of(name);
}

// A card of the room, written.
std::string issue_card(std::size_t room, const std::string& end = until) {
    const std::string card = hub().lay_card();
    BOOST_TEST(hub().final_codes(action_of(make_card(room, end))) == "0");
    return card;
}

std::int64_t gateway_calls(const std::string& name) {
    return hub().gateway_state().find("calls")->integer_of(name).value_or(0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_card_test)

BOOST_AUTO_TEST_CASE(a_card_opens_its_door_from_check_in_to_check_out) {
    const std::string card = hub().lay_card();
    BOOST_TEST(!hub().card_opens(0, card));
    const wire::json_value made = callback_of(action_of(make_card(0)));
    BOOST_TEST(made.text_of("path") == "/callback/make-card");
    BOOST_TEST(field_of(made, "code") == "0");
    BOOST_TEST(hub().card_opens(0, card));
    BOOST_TEST(!hub().card_opens(1, card));

    const wire::json_value shown = callback_of(action_of(at_reader("queryRoomCard")));
    BOOST_TEST(shown.text_of("path") == "/callback/query-card");
    BOOST_TEST(field_of(shown, "code") == "0");
    BOOST_TEST(field_of(shown, "roomId") == hub().room_id(0));
    BOOST_TEST(field_of(shown, "endTime") == until);
    BOOST_TEST(field_of(shown, "startTime").size() == 19U);

    const wire::json_value returned = callback_of(action_of(at_reader("returnRoomCard")));
    BOOST_TEST(returned.text_of("path") == "/callback/return-card");
    BOOST_TEST(field_of(returned, "code") == "0");
    BOOST_TEST(field_of(returned, "roomId") == hub().room_id(0));
    BOOST_TEST(field_of(returned, "startTime") == field_of(shown, "startTime"));
    BOOST_TEST(field_of(returned, "endTime") == until);
    BOOST_TEST(!hub().card_opens(0, card));
}

BOOST_AUTO_TEST_CASE(cards_of_one_stay_open_the_door_beside_one_another) {
    const std::string first = issue_card(1);
    const std::string second = issue_card(1);
    BOOST_TEST(first != second);
    BOOST_TEST(hub().card_opens(1, second));
    BOOST_TEST(hub().card_opens(1, first));
}

BOOST_AUTO_TEST_CASE(the_next_guests_card_shuts_out_the_one_before) {
    const std::string before = issue_card(2, "2036-01-02 12:00:00");
    BOOST_TEST(hub().card_opens(2, before));
    const std::string next = issue_card(2, "2036-01-05 12:00:00");
    BOOST_TEST(hub().card_opens(2, next));
    BOOST_TEST(!hub().card_opens(2, before));
}

BOOST_AUTO_TEST_CASE(a_card_without_an_end_opens_the_door) {
    const std::string card = issue_card(3, "");
    BOOST_TEST(hub().card_opens(3, card));
    const wire::json_value shown = callback_of(action_of(at_reader("queryRoomCard")));
    BOOST_TEST(field_of(shown, "roomId") == hub().room_id(3));
}

BOOST_AUTO_TEST_CASE(lost_cards_open_no_door_and_new_ones_do) {
    const std::string lost = issue_card(4);
    const std::string also_lost = issue_card(4);
    BOOST_TEST(said(call_with(hub(), "disableRoomCard", {{"roomId", hub().room_id(4)}})) == "0 处理成功");
    BOOST_TEST(!hub().card_opens(4, lost));
    BOOST_TEST(!hub().card_opens(4, also_lost));
    BOOST_TEST(hub().card_opens(4, issue_card(4)));
}

BOOST_AUTO_TEST_CASE(without_a_card_on_the_reader_each_action_fails_and_is_told) {
    hub().gateway_does("card", R"({"take":true})");
    BOOST_TEST(field_of(callback_of(action_of(make_card(5))), "code") == "-1");
    for (const char* method : {"queryRoomCard", "returnRoomCard"}) {
        const wire::json_value told = callback_of(action_of(at_reader(method)));
        BOOST_TEST(field_of(told, "code") == "-1", method);
        BOOST_TEST(field_of(told, "roomId") == "", method);
        BOOST_TEST(field_of(told, "endTime") == "", method);
    }
}

BOOST_AUTO_TEST_CASE(a_blank_card_opens_no_room) {
    hub().lay_card();
    BOOST_TEST(field_of(callback_of(action_of(at_reader("queryRoomCard"))), "code") == "-1");
    BOOST_TEST(field_of(callback_of(action_of(at_reader("returnRoomCard"))), "code") == "-1");
}

BOOST_AUTO_TEST_CASE(readers_and_rooms_that_cannot_do_it_are_named) {
    hub().import_rooms("demopms,H10086,示范酒店,STD,标准间,bare,399,3,,,,\n");
    BOOST_TEST(said(at_reader("queryRoomCard", "ffffffff")) == "-8105 无直连门锁服务：酒店 H10086 没有读卡器 ffffffff");
    BOOST_TEST(said(at_reader("returnRoomCard", "ffffffff")) ==
               "-8105 无直连门锁服务：酒店 H10086 没有读卡器 ffffffff");
    const auto make = [](const std::string& room, const std::string& reader) {
        return said(call_with(hub(), "addRoomCard", {{"roomId", room}, {"readCardId", reader}}));
    };
    BOOST_TEST(make(hub().room_id(6), "ffffffff") == "-8105 无直连门锁服务：酒店 H10086 没有读卡器 ffffffff");
    BOOST_TEST(make("bare", "d0000000").starts_with("-8105 无直连门锁服务：房间 bare "));
    BOOST_TEST(make("nowhere", "d0000000").starts_with("-8105 无直连门锁服务：房间 nowhere "));
    for (const char* room : {"bare", "nowhere"}) {
        const auto answer = said(call_with(hub(), "disableRoomCard", {{"roomId", room}}));
        BOOST_TEST(answer.starts_with(std::string("-8105 无直连门锁服务：房间 ") + room), answer);
    }
}

BOOST_AUTO_TEST_CASE(the_same_call_while_its_card_is_being_made_gets_the_same_action) {
    const gateway_knobs slow(R"({"answer_delay_ms":700})");
    const std::string card = hub().lay_card();
    const std::string action = action_of(make_card(6));
    BOOST_TEST(action_of(make_card(6)) == action);
    BOOST_TEST(hub().final_codes(action) == "0");
    BOOST_TEST(hub().told_of_action(action)->integer_of("times").value() == 1);
    BOOST_TEST(hub().card_opens(6, card));
}

BOOST_AUTO_TEST_CASE(a_card_whose_reply_was_lost_is_read_and_not_made_again) {
    const std::string card = hub().lay_card();
    const auto made_before = gateway_calls("MarkRoomCard");
    const gateway_knobs losing(R"({"lose_reply":"1x1","only_verb":"MarkRoomCard"})");
    BOOST_TEST(hub().final_codes(action_of(make_card(7))) == "0");
    BOOST_TEST(gateway_calls("MarkRoomCard") == made_before + 1);
    BOOST_TEST(hub().card_opens(7, card));
}

BOOST_AUTO_TEST_CASE(a_card_nobody_can_tell_about_waits_for_an_operators_word) {
    hub().lay_card();
    const gateway_knobs dropping(R"({"drop":"1x1","only_verb":"MarkRoomCard"})");
    const std::string action = action_of(make_card(8));
    eventually("the action is unverifiable", [&] {
        return sql_value(hub().database(), "SELECT state FROM actions WHERE action_id = '" + action + "'") ==
               "unverifiable";
    });
    BOOST_TEST(!hub().told_of_action(action).has_value());
    const auto decided = hub().cli({"action", "decide", action, "--failed", "--reason", "the card is blank"});
    BOOST_TEST(decided.exit_code == 0, decided.output);
    BOOST_TEST(field_of(callback_of(action), "code") == "-1");
}

BOOST_AUTO_TEST_CASE(what_the_gateway_refuses_to_lose_is_told_in_its_words) {
    issue_card(9);
    const gateway_knobs refusing(
        R"({"error":"1x1","error_code":7,"error_text":"读卡器忙","only_verb":"ClearRoomCard"})");
    const wire::json_value answer = call_with(hub(), "disableRoomCard", {{"roomId", hub().room_id(9)}});
    BOOST_TEST(code_of(answer) == -1);
    BOOST_TEST(answer.text_of("msg").find("读卡器忙") != std::string::npos, answer.text_of("msg"));
}

BOOST_AUTO_TEST_CASE(readers_are_listed_with_their_state_and_nickname) {
    const wire::json_value lit = call_with(hub(), "queryReadCard", {});
    BOOST_REQUIRE_MESSAGE(code_of(lit) == 0, said(lit));
    BOOST_TEST(lit.find("data")->text_of("hotelNo") == "H10086");
    const auto& readers = lit.find("data")->find("readCardList")->items();
    BOOST_REQUIRE(readers.size() == 1U);
    BOOST_TEST(readers[0].text_of("readerId") == "d0000000");
    BOOST_TEST(readers[0].text_of("readerStatus") == "1");
    BOOST_TEST(readers[0].text_of("nickName") == "前台");
}

BOOST_AUTO_TEST_CASE(the_reader_of_a_gateway_that_does_not_answer_is_off_line) {
    hub().import_rooms("demopms,H10087,第二酒店,STD,标准间,rm801,801,8,,,,\n");
    const text_fields other{{"version", "1.1.0"},
                            {"pmsId", "demopms"},
                            {"hotelNo", "H10087"},
                            {"operatorGuid", "op-77"},
                            {"operatorName", "前台甲"}};
    const wire::json_value dark = call(hub(), "queryReadCard", signed_form(other));
    BOOST_REQUIRE_MESSAGE(code_of(dark) == 0, said(dark));
    const auto& readers = dark.find("data")->find("readCardList")->items();
    BOOST_REQUIRE(readers.size() == 1U);
    BOOST_TEST(readers[0].text_of("readerId") == "d0000009");
    BOOST_TEST(readers[0].text_of("readerStatus") == "0");
}

// What document 002 warns of, over all these cases.
BOOST_AUTO_TEST_CASE(no_card_was_made_with_an_earlier_beginning_and_no_callback_was_forged) {
    BOOST_TEST(hub().gateway_state().find("abkp_backwards")->items().empty());
    BOOST_TEST(hub().pms_state().integer_of("bad_hmacs").value() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
