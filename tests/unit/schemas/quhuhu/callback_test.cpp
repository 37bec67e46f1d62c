#include "schemas/quhuhu/callback.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/quhuhu/hmac.hpp"
#include "schemas/quhuhu/lock_texts.hpp"
#include "schemas/wire/form.hpp"

using namespace lockhub;
using namespace lockhub::quhuhu;

namespace {

std::string payload_of(const lock_event& event, std::string_view hotel, std::string_view room) {
    return event_payload({.event_id = "p81-0",
                          .event = event,
                          .hotel_no = hotel,
                          .room_id = room,
                          .occurred_at = parse_china_time("2026-11-22 12:00:00").value()});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quhuhu_callback)

BOOST_AUTO_TEST_CASE(a_failure_carries_its_code) {
    BOOST_TEST(result_payload("20261121152823269041358", -1) == "actionId=20261121152823269041358&code=-1");
}

BOOST_AUTO_TEST_CASE(a_card_is_told_with_its_times_and_room) {
    card_callback card{.action_id = "A16081241669853352",
                       .code = 0,
                       .valid_from = parse_china_time("2026-11-22 12:00:00"),
                       .valid_until = parse_china_time("2099-12-31 23:59:59"),
                       .room_id = "room1000001"};
    BOOST_TEST(card_payload(card) ==
               "actionId=A16081241669853352&code=0&startTime=2026-11-22+12%3A00%3A00&"
               "endTime=2099-12-31+23%3A59%3A59&roomId=room1000001");
    card.valid_from.reset();
    BOOST_TEST(card_payload(card) ==
               "actionId=A16081241669853352&code=0&endTime=2099-12-31+23%3A59%3A59&roomId=room1000001");
    BOOST_TEST(
        card_payload(
            {.action_id = "A16081241669853352", .code = -1, .valid_from = {}, .valid_until = {}, .room_id = {}}) ==
        "actionId=A16081241669853352&code=-1&endTime=&roomId=");
}

BOOST_AUTO_TEST_CASE(a_computed_pin_that_stays_is_named_with_its_end) {
    BOOST_TEST(computed_pin_stays_text(parse_china_time("2026-11-22 12:00:00")) ==
               "临时密码不能提前停用，将于 2026-11-22 12:00:00 自动失效");
    BOOST_TEST(computed_pin_stays_text(std::nullopt) == "临时密码不能提前停用");
}

BOOST_AUTO_TEST_CASE(an_opening_tells_how_and_by_which_password) {
    lock_event event;
    event.kind = event_kind::opened;
    event.source = 2;
    event.source_id = "1015";
    event.source_name = "前台 甲";
    BOOST_TEST(payload_of(event, "H10086", "rm301") ==
               "eventId=p81-0&event=lock.opened&hotelNo=H10086&roomId=rm301&time=2026-11-22+12%3A00%3A00&source=2&"
               "sourceName=%E5%89%8D%E5%8F%B0+%E7%94%B2&passwordId=1015");
}

BOOST_AUTO_TEST_CASE(a_low_battery_tells_its_level) {
    lock_event event;
    event.kind = event_kind::battery_low;
    event.battery_percent = 9;
    BOOST_TEST(
        payload_of(event, "H10086", "rm301") ==
        "eventId=p81-0&event=lock.battery_low&hotelNo=H10086&roomId=rm301&time=2026-11-22+12%3A00%3A00&energy=9");
}

BOOST_AUTO_TEST_CASE(a_gateway_has_no_room) {
    lock_event event;
    event.kind = event_kind::gateway_offline;
    BOOST_TEST(payload_of(event, "H10086", "") ==
               "eventId=p81-0&event=gateway.offline&hotelNo=H10086&time=2026-11-22+12%3A00%3A00");
}

BOOST_AUTO_TEST_CASE(a_signed_payload_verifies_and_keeps_its_bytes) {
    const secret key("made-up-sign-key");
    const std::string payload = "eventId=7&event=lock.opened&sourceName=%E5%89%8D%E5%8F%B0";
    const auto body = sign_payload(payload, pms_id("demopms"), key);
    BOOST_TEST(body.starts_with(payload + "&version=1.1.0&pmsId=demopms&hmac="));
    const auto fields = wire::form::parse(body).value();
    BOOST_TEST(verify_hmac(fields, fields.find("hmac").value(), key));
}

BOOST_AUTO_TEST_CASE(only_a_code_of_zero_under_a_success_status_is_delivered) {
    struct row {
        int http_status;
        const char* body;
        error_class why;
    };
    for (const auto& [http_status, body, why] : {
             row{200, R"({"code":0})", error_class::none},
             row{204, R"({"code":"0"})", error_class::none},
             row{200, R"({"code":0.0})", error_class::none},
             row{200, "\xEF\xBB\xBF{\"code\":0}", error_class::none},
             row{200, R"({"code":1})", error_class::refused_by_pms},
             row{200, R"({"code":"00"})", error_class::refused_by_pms},
             row{200, R"({"code":""})", error_class::refused_by_pms},
             row{200, R"({"code":null})", error_class::refused_by_pms},
             row{200, R"({"code":false})", error_class::refused_by_pms},
             row{200, R"({"code":[0]})", error_class::refused_by_pms},
             row{200, R"({"Code":0})", error_class::refused_by_pms},
             row{200, R"([{"code":0}])", error_class::refused_by_pms},
             row{200, R"(0)", error_class::refused_by_pms},
             row{200, R"(success)", error_class::refused_by_pms},
             row{200, R"({"code":0)", error_class::refused_by_pms},
             row{302, R"({"code":0})", error_class::http_3xx},
             row{404, R"({"code":0})", error_class::http_4xx},
             row{429, R"({"code":0})", error_class::http_429},
             row{500, R"({"code":0})", error_class::http_5xx},
             row{503, "", error_class::http_5xx},
         }) {
        BOOST_TEST_CONTEXT(http_status << " " << body) {
            const auto verdict = judge_answer(http_status, body);
            BOOST_TEST(verdict.delivered == (why == error_class::none));
            BOOST_TEST((verdict.why == why));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_operator_reads_what_the_pms_said) {
    BOOST_TEST(judge_answer(200, R"({"code":-1,"msg":"处理失败"})").message == "code -1: 处理失败");
    BOOST_TEST(judge_answer(200, R"({"code":"10001","message":"no"})").message == "code 10001: no");
    BOOST_TEST(judge_answer(200, R"({"code":0,"message":"ok"})").message == "ok");
    BOOST_TEST(judge_answer(500, R"({"msg":"db down"})").message == "HTTP 500: db down");
    BOOST_TEST(judge_answer(502, "<html></html>").message == "HTTP 502");
    BOOST_TEST(judge_answer(200, "").message == "the answer is empty");
}

BOOST_AUTO_TEST_CASE(a_long_text_of_the_pms_is_cut_between_characters) {
    std::string text;
    for (int i = 0; i < 400; ++i) text += "锁";
    const auto message = judge_answer(200, R"({"code":0,"msg":")" + text + "\"}").message;
    BOOST_TEST(message.size() <= limits::pms_message_bytes);
    BOOST_TEST(is_utf8(message));
    BOOST_TEST(!message.empty());
}

BOOST_AUTO_TEST_SUITE_END()
