#include <boost/test/unit_test.hpp>

#include "schemas/gateway/cloud.hpp"
#include "schemas/wire/form.hpp"
#include "schemas/wire/json_value.hpp"

using namespace lockhub;

namespace {

using enum command_verb;

std::unique_ptr<lock_cloud> make(gateway::body_format body = gateway::body_format::form) {
    return gateway::make_cloud({.account = account_id("gw-1"),
                                .base_url = "http://127.0.0.1:19952/",
                                .appid = "app-1",
                                .appsecret = secret("app+secret/1"),
                                .body = body});
}

vendor_command command(command_verb verb) {
    return {.verb = verb,
            .lock_uuid = "775032240849920",
            .cloud_home_id = {},
            .cloud_room_id = {},
            .credential_ref = "7",
            .pin = secret("482913"),
            .label = "20261122120000123000001",
            .valid_from = parse_china_time("2026-11-21 14:20:00"),
            .valid_until = parse_china_time("2026-11-22 12:00:00"),
            .card = {.card_id = "03F56240", .lock_uuid = "775032240849921"}};
}

std::string sent(const vendor_command& what) {
    const auto request = make()->encode(what, {}, {}, "");
    BOOST_REQUIRE(request);
    const std::string credentials = "appid=app-1&appsecret=app%2Bsecret%2F1";
    BOOST_REQUIRE(request->body.starts_with(credentials));
    return request->url + " " + request->body.substr(credentials.size());
}

bool lacks_something(const vendor_command& what) {
    const auto request = make()->encode(what, {}, {}, "");
    return !request && request.error().code == errc::invalid_input;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_calls_test)

BOOST_AUTO_TEST_CASE(a_pin_is_put_under_its_sequence_number_and_put_again_to_replace_it) {
    const std::string put =
        "http://127.0.0.1:19952/Api/GatewayUploadOnline "
        "&rm_id=775032240849920&m1=7&pwd=482913&unValid=2026-11-22+12%3A00%3A00";
    BOOST_CHECK_EQUAL(sent(command(set_pin)), put);
    BOOST_CHECK_EQUAL(sent(command(replace_pin)), put);
    BOOST_CHECK_EQUAL(sent(command(remove_pin)),
                      "http://127.0.0.1:19952/Api/GatewayStopOnline &rm_id=775032240849920&m1=7");
}

BOOST_AUTO_TEST_CASE(a_computed_pin_is_taken_back_with_its_digits_and_the_end_it_was_made_with) {
    auto what = command(remove_pin);
    what.offline_pin = true;
    what.credential_ref.clear();
    what.pin = secret("0356241");
    BOOST_CHECK_EQUAL(sent(what),
                      "http://127.0.0.1:19952/Api/GatewayStopOffline "
                      "&rm_id=775032240849920&muid=0356241&unValid=2026-11-22+12%3A00%3A00");
}

BOOST_AUTO_TEST_CASE(what_never_ends_and_what_ends_too_late_ends_with_2099) {
    for (const auto verb : {set_pin, read_dynamic_pin, make_card}) {
        auto what = command(verb);
        what.valid_until.reset();
        BOOST_CHECK_MESSAGE(sent(what).ends_with("&unValid=2099-12-31+23%3A59%3A59"), to_string(verb));
        what.valid_until = from_unix_ms(253'402'300'800'000);
        BOOST_CHECK_MESSAGE(sent(what).ends_with("&unValid=2099-12-31+23%3A59%3A59"), to_string(verb));
    }
}

BOOST_AUTO_TEST_CASE(cards_are_made_read_cleared_one_by_one_or_lost_all_together) {
    BOOST_CHECK_EQUAL(sent(command(make_card)),
                      "http://127.0.0.1:19952/Api/MarkRoomCard &rm_id=775032240849920"
                      "&abkp=2026-11-21+14%3A20%3A00&unValid=2026-11-22+12%3A00%3A00");
    BOOST_CHECK_EQUAL(sent(command(read_card)), "http://127.0.0.1:19952/Api/ReadCard ");
    BOOST_CHECK_EQUAL(sent(command(clear_card)),
                      "http://127.0.0.1:19952/Api/ClearRoomCard &rm_id=775032240849920&card_id=03F56240");
    BOOST_CHECK_EQUAL(sent(command(lose_cards)), "http://127.0.0.1:19952/Api/ClearRoomCard &rm_id=775032240849920");
    BOOST_CHECK_EQUAL(sent(command(list_devices)), "http://127.0.0.1:19952/Api/GetRoomList ");
}

BOOST_AUTO_TEST_CASE(a_card_cleared_at_a_reader_names_the_room_it_was_seen_to_open) {
    auto what = command(clear_card);
    what.lock_uuid.clear();
    BOOST_CHECK(sent(what).ends_with("&rm_id=775032240849921&card_id=03F56240"));
    what.card.lock_uuid.clear();
    BOOST_CHECK(sent(what).ends_with(" &card_id=03F56240"));
}

BOOST_AUTO_TEST_CASE(a_json_body_has_the_sequence_number_as_a_number_and_ids_as_text) {
    const auto request = make(gateway::body_format::json)->encode(command(set_pin), {}, {}, "");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->body, R"({"appid":"app-1","appsecret":"app+secret/1","rm_id":"775032240849920","m1":7,)"
                                     R"("pwd":"482913","unValid":"2026-11-22 12:00:00"})");
}

BOOST_AUTO_TEST_CASE(a_command_that_lacks_what_its_call_needs_is_refused) {
    for (const auto verb : {set_pin, replace_pin, remove_pin, read_dynamic_pin, make_card, lose_cards}) {
        auto what = command(verb);
        what.lock_uuid.clear();
        BOOST_CHECK_MESSAGE(lacks_something(what), to_string(verb));
    }
    for (const auto* pin : {"", "48291", "48291304821", "48291a"}) {
        auto what = command(set_pin);
        what.pin = secret(pin);
        BOOST_CHECK_MESSAGE(lacks_something(what), pin);
    }
    for (const auto* number : {"", "0", "50", "-1", "07", "1.0", "x"}) {
        for (const auto verb : {set_pin, replace_pin, remove_pin}) {
            auto what = command(verb);
            what.credential_ref = number;
            BOOST_CHECK_MESSAGE(lacks_something(what), number);
        }
    }
    auto no_beginning = command(make_card);
    no_beginning.valid_from.reset();
    BOOST_CHECK(lacks_something(no_beginning));
    auto no_digits = command(remove_pin);
    no_digits.offline_pin = true;
    no_digits.pin = {};
    BOOST_CHECK(lacks_something(no_digits));
}

BOOST_AUTO_TEST_CASE(one_card_is_never_cleared_by_the_call_that_loses_them_all) {
    auto what = command(clear_card);
    what.card.card_id.clear();
    BOOST_CHECK(lacks_something(what));
}

BOOST_AUTO_TEST_CASE(refusals_to_send_quote_no_pin) {
    auto what = command(set_pin);
    what.pin = secret("48291a");
    const auto request = make()->encode(what, {}, {}, "");
    BOOST_REQUIRE(!request);
    BOOST_CHECK(request.error().message.find("48291a") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(verbs_the_gateway_has_no_call_for_are_unsupported) {
    for (const auto verb : {freeze_pin, unfreeze_pin, read_pins, read_lock, read_log, grant_access, revoke_access}) {
        const auto request = make()->encode(command(verb), {}, {}, "");
        BOOST_REQUIRE(!request);
        BOOST_CHECK(request.error().code == errc::unsupported);
        BOOST_CHECK(!make()->traits().verbs.has(verb));
    }
}

BOOST_AUTO_TEST_SUITE_END()
