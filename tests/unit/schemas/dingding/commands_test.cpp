#include <boost/test/unit_test.hpp>

#include "schemas/dingding/cloud.hpp"
#include "schemas/wire/json_value.hpp"

using namespace lockhub;
using namespace lockhub::dingding;
using wire::json_value;

namespace {

const time_point now = from_unix_ms(1760000000500);
const access_token token{secret("to ken/1"), now};

std::unique_ptr<lock_cloud> make() {
    return make_cloud({.account = account_id("dd-main"),
                       .event_url = "https://hub.example.com/e",
                       .result_url = "https://hub.example.com/r",
                       .sign = sign_policy::required,
                       .base_url = "https://lockapi.example.com/openapi/v1/",
                       .client_id = "demo",
                       .client_secret = secret("demo-secret"),
                       .phone_number = "13100000000"});
}

vendor_command command(command_verb verb) {
    return {.verb = verb,
            .lock_uuid = "uuid-1",
            .cloud_home_id = "home",
            .cloud_room_id = "room",
            .credential_ref = "1015",
            .pin = secret("482913"),
            .label = "20261122120000123000001",
            .manage = false,
            .valid_from = from_unix_ms(1760000000999),
            .valid_until = from_unix_ms(1760600000000)};
}

json_value sent(const vendor_command& what) {
    const auto request = make()->encode(what, token, now, "nonce");
    BOOST_REQUIRE(request);
    auto body = json_value::parse(request->body);
    BOOST_REQUIRE(body);
    return std::move(*body);
}

command_reply replied(command_verb verb, int status, std::string body, wire::header_list headers = {}) {
    return make()->decode(command(verb), {.status = status, .headers = std::move(headers), .body = std::move(body)},
                          now);
}

bool lacks_something(const vendor_command& what) {
    const auto request = make()->encode(what, token, now, "nonce");
    return !request && request.error().code == errc::invalid_input;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(commands_test)

BOOST_AUTO_TEST_CASE(update_password_names_the_old_one_and_carries_the_validity_flat_in_seconds) {
    const auto body = sent(command(command_verb::replace_pin));
    BOOST_CHECK_EQUAL(body.text_of("password_id"), "1015");
    BOOST_CHECK(body.find("password_id")->type() == json_value::kind::number);
    BOOST_CHECK_EQUAL(body.text_of("password"), "482913");
    BOOST_CHECK_EQUAL(body.text_of("phonenumber"), "13100000000");
    BOOST_CHECK_EQUAL(body.text_of("name"), "20261122120000123000001");
    BOOST_CHECK_EQUAL(body.text_of("permission_begin"), "1760000000");
    BOOST_CHECK_EQUAL(body.text_of("permission_end"), "1760600000");
    BOOST_CHECK(body.find("is_default") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_pin_for_ever_has_no_permission_and_one_without_a_begin_begins_now) {
    auto for_ever = command(command_verb::set_pin);
    for_ever.valid_from.reset();
    for_ever.valid_until.reset();
    for_ever.manage = true;
    const auto body = sent(for_ever);
    BOOST_CHECK(body.find("permission_begin") == nullptr);
    BOOST_CHECK(body.find("permission_end") == nullptr);
    BOOST_CHECK_EQUAL(body.text_of("is_default"), "1");
    auto from_now = command(command_verb::set_pin);
    from_now.valid_from.reset();
    BOOST_CHECK_EQUAL(sent(from_now).text_of("permission_begin"), "1760000000");
}

BOOST_AUTO_TEST_CASE(a_password_id_that_is_no_plain_number_stays_text) {
    auto what = command(command_verb::remove_pin);
    what.credential_ref = "007";
    BOOST_CHECK(sent(what).find("password_id")->type() == json_value::kind::string);
    BOOST_CHECK_EQUAL(sent(what).text_of("password_id"), "007");
}

BOOST_AUTO_TEST_CASE(reading_calls_are_get_with_an_escaped_query) {
    const std::pair<command_verb, std::string> calls[] = {
        {command_verb::read_pins, "fetch_passwords"},
        {command_verb::read_dynamic_pin, "get_dynamic_password_plaintext"},
        {command_verb::read_lock, "get_lock_info"}};
    for (const auto& [verb, call] : calls) {
        const auto request = make()->encode(command(verb), token, now, "nonce");
        BOOST_REQUIRE(request);
        BOOST_CHECK_EQUAL(request->method, "GET");
        BOOST_CHECK_EQUAL(request->url,
                          "https://lockapi.example.com/openapi/v1/" + call + "?access_token=to%20ken%2F1&uuid=uuid-1");
    }
}

BOOST_AUTO_TEST_CASE(a_lock_without_uuid_is_named_by_its_room) {
    auto what = command(command_verb::read_lock);
    what.lock_uuid.clear();
    BOOST_CHECK(make()->encode(what, token, now, "")->url.ends_with("&home_id=home&room_id=room"));
    auto set = command(command_verb::set_pin);
    set.lock_uuid.clear();
    BOOST_CHECK_EQUAL(sent(set).text_of("room_id"), "room");
    BOOST_CHECK(sent(set).find("uuid") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_command_that_lacks_what_its_call_needs_is_refused) {
    auto no_lock = command(command_verb::set_pin);
    no_lock.lock_uuid.clear();
    no_lock.cloud_room_id.clear();
    BOOST_CHECK(lacks_something(no_lock));
    for (const auto* pin : {"", "48 913", "48291a"}) {
        auto what = command(command_verb::set_pin);
        what.pin = secret(pin);
        BOOST_CHECK_MESSAGE(lacks_something(what), pin);
    }
    for (const auto verb :
         {command_verb::replace_pin, command_verb::remove_pin, command_verb::freeze_pin, command_verb::unfreeze_pin}) {
        auto what = command(verb);
        what.credential_ref.clear();
        BOOST_CHECK_MESSAGE(lacks_something(what), to_string(verb));
    }
}

BOOST_AUTO_TEST_CASE(zero_as_number_or_text_is_accepted_with_its_reference_as_text) {
    for (const auto* body :
         {R"({"ErrNo":0,"id":1016,"serviceid":700000100})", R"({"ErrNo":"0","id":"1016","serviceid":"700000100"})",
          R"({"ErrNo":0,"id":1016,"service_id":700000100})"}) {
        const auto reply = replied(command_verb::set_pin, 200, body);
        const auto* accepted = std::get_if<reply::accepted>(&reply);
        BOOST_REQUIRE_MESSAGE(accepted, body);
        BOOST_CHECK_EQUAL(accepted->ref, "700000100");
        BOOST_CHECK_EQUAL(accepted->credential_ref, "1016");
    }
    const auto bare = replied(command_verb::remove_pin, 200, R"({"ErrNo":0})");
    BOOST_CHECK_EQUAL(std::get<reply::accepted>(bare).ref, "");
    BOOST_CHECK_EQUAL(std::get<reply::accepted>(bare).credential_ref, "1015");
}

BOOST_AUTO_TEST_CASE(token_codes_and_http_401_ask_for_a_new_token) {
    for (const auto* code : {"101", "102", "\"102\"", "4018", "15001"}) {
        const auto reply = replied(command_verb::set_pin, 200, R"({"ErrNo":)" + std::string(code) + "}");
        BOOST_CHECK_MESSAGE(std::holds_alternative<reply::renew_token>(reply), code);
    }
    BOOST_CHECK(std::holds_alternative<reply::renew_token>(replied(command_verb::read_lock, 401, "")));
    BOOST_CHECK(
        std::holds_alternative<reply::renew_token>(replied(command_verb::read_lock, 401, R"({"ErrNo":15014})")));
}

BOOST_AUTO_TEST_CASE(overload_faults_and_unreadable_replies_are_worth_another_try) {
    for (const int status : {408, 429, 500, 502, 503, 504}) {
        const auto reply = replied(command_verb::set_pin, status, R"({"ErrNo":14001})", {{"Retry-After", "90"}});
        const auto* retry = std::get_if<reply::retry>(&reply);
        BOOST_REQUIRE_MESSAGE(retry, status);
        BOOST_CHECK(retry->after == std::chrono::seconds(90));
    }
    for (const auto* body :
         {"", "ok", "<html>", "[]", "{}", R"({"ErrNo":null})", R"({"ErrNo":"x"})", R"({"ErrNo":0)", "0"}) {
        BOOST_CHECK_MESSAGE(std::holds_alternative<reply::retry>(replied(command_verb::set_pin, 200, body)), body);
    }
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(command_verb::set_pin, 302, R"({"ErrNo":0})")));
    const auto odd = replied(command_verb::set_pin, 503, "", {{"Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"}});
    BOOST_CHECK(!std::get<reply::retry>(odd).after);
}

BOOST_AUTO_TEST_CASE(other_codes_are_final_with_the_vendors_text_or_the_meaning_of_the_code) {
    const auto text = replied(command_verb::set_pin, 200, R"({"ErrNo":15012,"ErrMsg":"房间信息不存在!"})");
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(text).code, 15012);
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(text).message, "房间信息不存在!");
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(replied(command_verb::set_pin, 400, R"({"ErrNo":"14001"})")).message,
                      "参数有误");
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(replied(command_verb::set_pin, 200, R"({"ErrNo":1000})")).code, 1000);
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(replied(command_verb::set_pin, 200, R"({"ErrNo":77777})")).message,
                      "ErrNo 77777");
}

BOOST_AUTO_TEST_CASE(a_vendor_text_of_any_length_is_cut_without_cutting_a_character) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "错";
    const auto reply = replied(command_verb::set_pin, 200, R"({"ErrNo":14001,"ErrMsg":")" + text + R"("})");
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(reply).message, text.substr(0, 510));
}

BOOST_AUTO_TEST_CASE(passwords_are_read_from_an_object_keyed_by_id_or_from_a_list) {
    const std::string entry = R"("time":1760000000123,"is_default":0,"operation":1,"operation_stage":1,"name":"mark",)"
                              R"("permission":{"begin":1760000000,"end":1760600000,"status":2}})";
    for (const auto& passwords : {R"({"1015":{)" + entry + "}", R"([{"id":1015,)" + entry + "]"}) {
        const auto reply = replied(command_verb::read_pins, 200, R"({"ErrNo":0,"passwords":)" + passwords + "}");
        const auto& all = std::get<reply::done>(reply).facts.credentials;
        BOOST_REQUIRE_EQUAL(all.size(), 1U);
        BOOST_CHECK_EQUAL(all[0].credential_ref, "1015");
        BOOST_CHECK_EQUAL(all[0].label, "mark");
        BOOST_CHECK(!all[0].manage);
        BOOST_CHECK(all[0].operation == command_verb::set_pin);
        BOOST_CHECK(all[0].stage == reported_credential::progress::running);
        BOOST_CHECK(all[0].valid_from == from_unix_ms(1760000000000));
        BOOST_CHECK(all[0].valid_until == from_unix_ms(1760600000000));
    }
}

BOOST_AUTO_TEST_SUITE_END()
