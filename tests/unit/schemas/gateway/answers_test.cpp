#include <boost/test/unit_test.hpp>

#include "schemas/gateway/cloud.hpp"

using namespace lockhub;

namespace {

using enum command_verb;

std::unique_ptr<lock_cloud> make() {
    return gateway::make_cloud(
        {.account = account_id("gw-1"), .appid = "app-1", .appsecret = secret("dfd5489d0cee31f0")});
}

vendor_command command(command_verb verb) {
    return {.verb = verb,
            .lock_uuid = "775032240849920",
            .cloud_home_id = {},
            .cloud_room_id = {},
            .credential_ref = "7",
            .pin = secret("482913"),
            .label = {},
            .valid_from = parse_china_time("2023-02-04 10:00:00"),
            .valid_until = parse_china_time("2023-02-05 12:00:00"),
            .card = {.card_id = "03F56240", .lock_uuid = "775032240849920"}};
}

command_reply replied(const vendor_command& what, std::string body, int status = 200) {
    return make()->decode(what, {.status = status, .headers = {}, .body = std::move(body)}, {});
}

command_facts facts(command_verb verb, std::string body) {
    const auto reply = replied(command(verb), body);
    BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::done>(reply), body);
    return std::get<reply::done>(reply).facts;
}

reply::rejected refusal(command_verb verb, const std::string& msg) {
    const auto reply = replied(command(verb), R"({"code":0,"msg":")" + msg + R"(","data":null})");
    BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::rejected>(reply), msg);
    return std::get<reply::rejected>(reply);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_answers_test)

// As printed there, blanks before the line ends and all.
BOOST_AUTO_TEST_CASE(the_documents_own_samples_are_read) {
    const auto rooms = facts(list_devices,
                             "{  \n  \"code\": 1,  \n  \"msg\": \"\",  \n  \"data\": [{  \n    \"rm_id\": "
                             "\"775032240849920\",  \n    \"rm_name\": \"1-101\"  \n  },]  \n}")
                           .devices;
    BOOST_REQUIRE_EQUAL(rooms.size(), 1U);
    BOOST_CHECK_EQUAL(rooms[0].lock_uuid, "775032240849920");
    BOOST_CHECK_EQUAL(rooms[0].name, "1-101");
    const auto pin = facts(read_dynamic_pin,
                           "{  \n  \"code\": 1,  \n  \"msg\": \"操作成功\",  \n  \"data\": {  \n    \"muid\": "
                           "\"0356241\",  \n  }  \n}");
    BOOST_CHECK_EQUAL(pin.pin.reveal(), "0356241");
    const auto card = facts(read_card,
                            "{  \n  \"code\": 1,  \n  \"msg\": \"操作成功\",  \n  \"data\": {  \n    \"card_id\": "
                            "\"03F56240\",  \n    \"rm_id\": \"775032240849920\",  \n    \"valid\": \"2023-02-04 "
                            "10:00:00\",  \n    \"unvalid\": \"2023-02-05 12:00:00\"  \n  }  \n}")
                          .card;
    BOOST_REQUIRE(card);
    BOOST_CHECK(*card == (card_facts{"03F56240", "775032240849920", parse_china_time("2023-02-04 10:00:00"),
                                     parse_china_time("2023-02-05 12:00:00")}));
    const auto lock =
        facts(set_pin,
              "{  \n  \"code\": 1,  \n  \"msg\": \"操作成功\",  \n  \"data\": {  \n    \"ce\": 89,  \n    "
              "\"d2\": 1702979380980  \n  }  \n}");
    BOOST_CHECK(lock.battery_percent == 89);
    BOOST_CHECK(lock.online == true);
}

BOOST_AUTO_TEST_CASE(code_1_as_number_or_text_is_success_whatever_data_is) {
    for (const auto* body :
         {R"({"code":1})", R"({"code":"1","msg":null})", R"({"code":1.0,"data":null})", R"({"code":1,"data":[]})",
          R"({"code":1,"data":{}})", R"({"code":1,"data":[{}],})", "\xEF\xBB\xBF{\"code\":1}"}) {
        BOOST_CHECK_MESSAGE(facts(set_pin, body).online == true, body);
        BOOST_CHECK_MESSAGE(!facts(set_pin, body).battery_percent, body);
        BOOST_CHECK_EQUAL(facts(set_pin, body).credential_ref, "7");
    }
}

BOOST_AUTO_TEST_CASE(a_comma_inside_a_text_stays) {
    const auto rooms = facts(list_devices, R"({"code":1,"data":[{"rm_id":5,"rm_name":"a,} \",]",},],})").devices;
    BOOST_REQUIRE_EQUAL(rooms.size(), 1U);
    BOOST_CHECK_EQUAL(rooms[0].lock_uuid, "5");
    BOOST_CHECK_EQUAL(rooms[0].name, "a,} \",]");
}

BOOST_AUTO_TEST_CASE(one_room_may_come_without_a_list_and_a_room_without_an_id_is_none) {
    BOOST_CHECK_EQUAL(facts(list_devices, R"({"code":1,"data":{"rm_id":775032240849920}})").devices.size(), 1U);
    BOOST_CHECK(facts(list_devices, R"({"code":1,"data":[{"rm_name":"1-101"},7,null]})").devices.empty());
    BOOST_CHECK(facts(list_devices, R"({"code":1})").devices.empty());
}

BOOST_AUTO_TEST_CASE(a_battery_outside_0_to_100_is_none) {
    for (const auto* ce : {"-1", "101", "\"x\"", "null"}) {
        BOOST_CHECK_MESSAGE(!facts(remove_pin, R"({"code":1,"data":{"ce":)" + std::string(ce) + "}}").battery_percent,
                            ce);
    }
    BOOST_CHECK(facts(remove_pin, R"({"code":1,"data":{"ce":"0"}})").battery_percent == 0);
}

BOOST_AUTO_TEST_CASE(a_made_card_is_what_was_asked_for_with_the_id_the_gateway_gave) {
    const auto card = facts(make_card, R"({"code":1,"data":{"card_id":"03F56241"}})").card;
    BOOST_REQUIRE(card);
    BOOST_CHECK(*card == (card_facts{"03F56241", "775032240849920", command(make_card).valid_from,
                                     command(make_card).valid_until}));
    BOOST_CHECK(!facts(make_card, R"({"code":1,"data":{"card_id":"03F56241"}})").online);
}

BOOST_AUTO_TEST_CASE(a_cleared_card_is_the_one_the_answer_names_or_the_one_the_call_named) {
    BOOST_CHECK_EQUAL(facts(clear_card, R"({"code":1,"data":null})").card->card_id, "03F56240");
    BOOST_CHECK_EQUAL(facts(clear_card, R"({"code":1,"data":[{"card_id":"X","rm_id":9}]})").card->lock_uuid, "9");
    BOOST_CHECK(!facts(lose_cards, R"({"code":1,"data":null})").card);
}

BOOST_AUTO_TEST_CASE(the_end_a_card_shows_may_be_spelt_either_way_and_may_stand_for_none) {
    const auto end = [](const std::string& member) {
        return facts(read_card, R"({"code":1,"data":{"card_id":"c",)" + member + "}}").card->valid_until;
    };
    const auto noon = parse_china_time("2023-02-05 12:00:00");
    BOOST_CHECK(end(R"("unValid":"2023-02-05 12:00:00")") == noon);
    BOOST_CHECK(end(R"("unvalid":"2023-02-05T12:00:00.123")") == noon);
    BOOST_CHECK(end(R"("unvalid":"2099-12-31 23:59:59")") == std::nullopt);
    BOOST_CHECK(end(R"("unvalid":"2023-02-05 12:00:00+08:00")") == std::nullopt);
    BOOST_CHECK(end(R"("unvalid":"soon")") == std::nullopt);
}

BOOST_AUTO_TEST_CASE(an_answer_that_shows_no_card_is_a_refusal) {
    const auto reply = replied(command(read_card), R"({"code":1,"data":{}})");
    BOOST_REQUIRE(std::holds_alternative<reply::rejected>(reply));
    BOOST_CHECK(!std::get<reply::rejected>(reply).message.empty());
}

BOOST_AUTO_TEST_CASE(any_other_code_is_final_with_the_gateways_text) {
    for (const auto& [body, code] :
         {std::pair{R"({"code":0,"msg":"房间不存在"})", 0}, std::pair{R"({"code":"-3","msg":"房间不存在"})", -3},
          std::pair{R"({"code":1000,"msg":"房间不存在","data":{"ce":89}})", 1000}}) {
        const auto reply = replied(command(set_pin), body);
        BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::rejected>(reply), body);
        BOOST_CHECK_EQUAL(std::get<reply::rejected>(reply).code, code);
        BOOST_CHECK_EQUAL(std::get<reply::rejected>(reply).message, "房间不存在");
        BOOST_CHECK(!std::get<reply::rejected>(reply).online);
        BOOST_CHECK(!std::get<reply::rejected>(reply).credential_unknown);
    }
    const auto silent = replied(command(set_pin), R"({"code":0})", 400);
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(silent).message, "code 0");
}

BOOST_AUTO_TEST_CASE(texts_that_say_the_lock_was_not_reached_mark_it_off_line) {
    for (const auto* msg : {"门锁离线", "锁不在线，请检查", "网关未连接", "网关超时", "设备无响应", "Lock OffLine",
                            "the lock is off line", "gateway not online"}) {
        BOOST_CHECK_MESSAGE(refusal(set_pin, msg).online == false, msg);
    }
    for (const auto* msg : {"离线密码不存在", "Offline password expired", "序号错误", "密码重复", "code 0"}) {
        BOOST_CHECK_MESSAGE(!refusal(remove_pin, msg).online, msg);
    }
    for (const auto verb : {make_card, read_card, clear_card, lose_cards, read_dynamic_pin, list_devices}) {
        BOOST_CHECK_MESSAGE(!refusal(verb, "发卡器未连接").online, to_string(verb));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_answer_of_the_gateway_is_worth_another_try) {
    for (const auto* body : {"", "ok", "<html><body>502</body></html>", "[]", "{}", "1", R"({"code":null})",
                             R"({"code":"x"})", R"({"code":1)", R"({"code":1,,})", R"({"code":true})"}) {
        BOOST_CHECK_MESSAGE(std::holds_alternative<reply::retry>(replied(command(set_pin), body)), body);
    }
    for (const int status : {408, 429, 500, 502, 503, 504}) {
        BOOST_CHECK_MESSAGE(std::holds_alternative<reply::retry>(replied(command(set_pin), R"({"code":0})", status)),
                            status);
    }
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(command(set_pin), R"({"code":1})", 404)));
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(command(read_dynamic_pin), R"({"code":1,"data":{}})")));
    const auto busy =
        make()->decode(command(set_pin), {.status = 503, .headers = {{"Retry-After", "90"}}, .body = {}}, {});
    BOOST_CHECK(std::get<reply::retry>(busy).after == std::chrono::seconds(90));
}

BOOST_AUTO_TEST_CASE(no_message_repeats_the_secret_or_the_pin) {
    const auto said = refusal(set_pin, "appsecret dfd5489d0cee31f0 错误, 密码 482913 与 482913 重复");
    BOOST_CHECK_EQUAL(said.message, "appsecret ****** 错误, 密码 ****** 与 ****** 重复");
    std::string long_text(505, 'x');
    BOOST_CHECK_EQUAL(refusal(set_pin, long_text + "482913").message, long_text + "******");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_without_cutting_a_character) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "错";
    BOOST_CHECK_EQUAL(refusal(set_pin, text).message, text.substr(0, 510));
}

BOOST_AUTO_TEST_SUITE_END()
