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

probe_reply answered(const vendor_command& what, std::string body, int status = 200) {
    return make()->decode_probe(what, {.status = status, .headers = {}, .body = std::move(body)});
}

std::string shown_card(std::string_view room, std::string_view from, std::string_view until) {
    return R"({"code":1,"data":{"card_id":"03F56240","rm_id":")" + std::string(room) + R"(","valid":")" +
           std::string(from) + R"(","unvalid":")" + std::string(until) + R"("}})";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_probe_test)

BOOST_AUTO_TEST_CASE(what_ends_in_the_same_state_is_asked_about_by_sending_it_again) {
    const auto cloud = make();
    for (const auto verb : {set_pin, replace_pin, remove_pin, clear_card, read_card}) {
        const auto question = cloud->encode_probe(command(verb), {}, {}, "");
        const auto call = cloud->encode(command(verb), {}, {}, "");
        BOOST_REQUIRE_MESSAGE(question, to_string(verb));
        BOOST_CHECK_EQUAL(question->url, call->url);
        BOOST_CHECK_EQUAL(question->body, call->body);
    }
    auto computed = command(remove_pin);
    computed.offline_pin = true;
    BOOST_CHECK(cloud->encode_probe(computed, {}, {}, "")->url.ends_with("/Api/GatewayStopOffline"));
}

BOOST_AUTO_TEST_CASE(a_card_is_asked_about_at_the_reader_and_never_made_twice) {
    BOOST_CHECK(make()->encode_probe(command(make_card), {}, {}, "")->url.ends_with("/Api/ReadCard"));
}

// Losing a room's cards again would take away a card that was made since.
BOOST_AUTO_TEST_CASE(questions_and_lost_cards_are_not_asked_about) {
    for (const auto verb : {read_dynamic_pin, list_devices, lose_cards}) {
        BOOST_CHECK_MESSAGE(!make()->encode_probe(command(verb), {}, {}, ""), to_string(verb));
    }
}

BOOST_AUTO_TEST_CASE(a_repeat_that_succeeds_is_done) {
    for (const auto verb : {set_pin, replace_pin, remove_pin}) {
        const auto said = answered(command(verb), R"({"code":1,"data":{"ce":89}})");
        BOOST_REQUIRE_MESSAGE(std::holds_alternative<probe::done>(said), to_string(verb));
        BOOST_CHECK_EQUAL(std::get<probe::done>(said).credential_ref, "7");
    }
    const auto cleared = answered(command(clear_card), R"({"code":1,"data":null})");
    BOOST_CHECK_EQUAL(std::get<probe::done>(cleared).card->card_id, "03F56240");
    const auto read = answered(command(read_card), shown_card("9", "2023-02-04 10:00:00", "2023-02-05 12:00:00"));
    BOOST_CHECK_EQUAL(std::get<probe::done>(read).card->lock_uuid, "9");
}

BOOST_AUTO_TEST_CASE(a_card_with_the_same_room_beginning_and_end_is_the_one_that_was_made) {
    const auto said =
        answered(command(make_card), shown_card("775032240849920", "2023-02-04 10:00:00", "2023-02-05 12:00:00"));
    BOOST_REQUIRE(std::holds_alternative<probe::done>(said));
    BOOST_CHECK_EQUAL(std::get<probe::done>(said).card->card_id, "03F56240");
    auto for_ever = command(make_card);
    for_ever.valid_until.reset();
    for_ever.valid_from = *for_ever.valid_from + duration(999);
    BOOST_CHECK(std::holds_alternative<probe::done>(
        answered(for_ever, shown_card("775032240849920", "2023-02-04 10:00:00", "2099-12-31 23:59:59"))));
}

BOOST_AUTO_TEST_CASE(any_other_card_and_no_card_proves_nothing) {
    for (const auto& body : {shown_card("775032240849921", "2023-02-04 10:00:00", "2023-02-05 12:00:00"),
                             shown_card("775032240849920", "2023-02-04 10:00:01", "2023-02-05 12:00:00"),
                             shown_card("775032240849920", "2023-02-04 10:00:00", "2023-02-05 12:00:01"),
                             std::string(R"({"code":1,"data":{}})"), std::string(R"({"code":0,"msg":"请放卡"})")}) {
        BOOST_CHECK_MESSAGE(std::holds_alternative<probe::undecided>(answered(command(make_card), body)), body);
    }
}

BOOST_AUTO_TEST_CASE(a_refused_repeat_proves_nothing_about_the_first_call) {
    for (const auto verb : {set_pin, replace_pin, remove_pin, clear_card, read_card}) {
        const auto said = answered(command(verb), R"({"code":0,"msg":"参数有误 482913"})");
        BOOST_REQUIRE_MESSAGE(std::holds_alternative<probe::undecided>(said), to_string(verb));
        BOOST_CHECK_EQUAL(std::get<probe::undecided>(said).message, "参数有误 ******");
    }
}

BOOST_AUTO_TEST_CASE(a_repeat_that_did_not_reach_the_lock_or_the_gateway_is_asked_again) {
    BOOST_CHECK(std::holds_alternative<probe::unclear>(answered(command(set_pin), R"({"code":0,"msg":"门锁离线"})")));
    for (const auto verb : {set_pin, make_card, read_card}) {
        BOOST_CHECK(std::holds_alternative<probe::unclear>(answered(command(verb), "<html>")));
        BOOST_CHECK(std::holds_alternative<probe::unclear>(answered(command(verb), R"({"code":0})", 503)));
        BOOST_CHECK(std::holds_alternative<probe::unclear>(answered(command(verb), "")));
    }
}

BOOST_AUTO_TEST_SUITE_END()
