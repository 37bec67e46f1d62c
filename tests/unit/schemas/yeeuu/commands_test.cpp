#include <boost/test/unit_test.hpp>

#include "schemas/wire/form.hpp"
#include "schemas/yeeuu/cloud.hpp"

using namespace lockhub;
using namespace lockhub::yeeuu;

namespace {

const time_point now = from_unix_ms(1760000000500);

std::unique_ptr<lock_cloud> make() {
    return make_cloud({.account = account_id("yy-main"),
                       .base_url = "https://alms.example.com/",
                       .partner_id = "p1",
                       .key = secret("madeUp8x"),
                       .guest_mobile = "13000000001",
                       .manage_mobile = "13000000002",
                       .operator_mobile = "13000000003"});
}

vendor_command command(command_verb verb) {
    vendor_command out;
    out.verb = verb;
    out.lock_uuid = "x0001/甲";
    out.cloud_home_id = "B01";
    out.credential_ref = "13000000001";
    out.pin = secret("482913");
    out.label = "20261122120000123000001";
    out.valid_from = from_unix_ms(1760000000999);
    out.valid_until = from_unix_ms(1760600000000);
    out.holder = "13911112222";
    out.page = {.from = {}, .until = {}, .offset = 0, .count = 20};
    return out;
}

wire::form sent(const vendor_command& what) {
    const auto request = make()->encode(what, {}, now, "n1");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->method, "POST");
    BOOST_CHECK_EQUAL(wire::find_header(request->headers, "Content-Type"), "application/x-www-form-urlencoded");
    return wire::form::parse(request->body).value();
}

std::string value_of(const wire::form& fields, std::string_view name) {
    return std::string(fields.find(name).value_or("(absent)"));
}

command_reply replied(command_verb verb, int status, std::string body, wire::header_list headers = {}) {
    return make()->decode(command(verb), {.status = status, .headers = std::move(headers), .body = std::move(body)},
                          now);
}

probe_reply probed(command_verb verb, int status, std::string body) {
    return make()->decode_probe(command(verb), {.status = status, .headers = {}, .body = std::move(body)});
}

errc refusal(const vendor_command& what) {
    const auto request = make()->encode(what, {}, now, "n1");
    BOOST_REQUIRE(!request);
    return request.error().code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_commands_test)

BOOST_AUTO_TEST_CASE(a_pin_is_generated_for_the_number_of_its_purpose) {
    auto what = command(command_verb::set_pin);
    BOOST_CHECK_EQUAL(make()->encode(what, {}, now, "n1")->url,
                      "https://alms.example.com/apartments/x0001/generate_password");
    const auto guest = sent(what);
    BOOST_CHECK_EQUAL(value_of(guest, "authoredMobile"), "13000000001");
    BOOST_CHECK_EQUAL(value_of(guest, "authoredName"), "20261122120000123000001");
    BOOST_CHECK_EQUAL(value_of(guest, "password"), "482913");
    BOOST_CHECK_EQUAL(value_of(guest, "startTime"), "1760000000");
    BOOST_CHECK_EQUAL(value_of(guest, "endTime"), "1760600000");
    what.manage = true;
    BOOST_CHECK_EQUAL(value_of(sent(what), "authoredMobile"), "13000000002");
}

BOOST_AUTO_TEST_CASE(a_pin_is_replaced_under_the_number_it_stands_under) {
    auto what = command(command_verb::replace_pin);
    what.credential_ref = "13900000009";
    BOOST_CHECK_EQUAL(make()->encode(what, {}, now, "n1")->url,
                      "https://alms.example.com/apartments/x0001/generate_password");
    BOOST_CHECK_EQUAL(value_of(sent(what), "authoredMobile"), "13900000009");
    const auto reply = make()->decode(what, {.status = 200, .headers = {}, .body = R"({"success":true})"}, now);
    BOOST_CHECK_EQUAL(std::get<reply::done>(reply).facts.credential_ref, "13900000009");
}

BOOST_AUTO_TEST_CASE(a_pin_without_bounds_begins_now_and_ends_with_the_century) {
    auto what = command(command_verb::set_pin);
    what.valid_from.reset();
    what.valid_until.reset();
    BOOST_CHECK_EQUAL(value_of(sent(what), "startTime"), "1760000000");
    BOOST_CHECK_EQUAL(value_of(sent(what), "endTime"), "4102415999");
}

BOOST_AUTO_TEST_CASE(a_pin_is_removed_from_the_number_it_stands_under) {
    auto what = command(command_verb::remove_pin);
    what.credential_ref = "13900000009";
    BOOST_CHECK_EQUAL(make()->encode(what, {}, now, "n1")->url,
                      "https://alms.example.com/apartments/x0001/remove_password");
    BOOST_CHECK_EQUAL(value_of(sent(what), "authoredMobile"), "13900000009");
}

BOOST_AUTO_TEST_CASE(a_lock_is_an_entrance_or_a_door_inside) {
    auto what = command(command_verb::set_pin);
    BOOST_CHECK_EQUAL(value_of(sent(what), "doorType"), "2");
    BOOST_CHECK_EQUAL(value_of(sent(what), "code"), "x0001");
    BOOST_CHECK_EQUAL(value_of(sent(what), "door"), "甲");
    BOOST_CHECK_EQUAL(value_of(sent(what), "buildingId"), "B01");
    for (const auto* entrance : {"x0001", "x0001/"}) {
        what.lock_uuid = entrance;
        BOOST_CHECK_EQUAL(value_of(sent(what), "doorType"), "1");
        BOOST_CHECK(!sent(what).find("door"));
    }
}

BOOST_AUTO_TEST_CASE(a_code_cannot_leave_its_place_in_the_path) {
    auto what = command(command_verb::read_log);
    what.lock_uuid = "x 1?a=b#c/甲&x=y";
    const auto url = make()->encode(what, {}, now, "n1")->url;
    BOOST_CHECK(url.starts_with("https://alms.example.com/apartments/x%201%3Fa%3Db%23c/get_device_logs?"));
    BOOST_CHECK(url.find("&door=%E7%94%B2%26x%3Dy&page=1&pageSize=20") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_part_of_the_log_is_asked_for_by_its_page) {
    auto what = command(command_verb::read_log);
    what.page.offset = 60;
    const auto request = make()->encode(what, {}, now, "n1");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->method, "GET");
    BOOST_CHECK(request->url.ends_with("&page=4&pageSize=20"));
    BOOST_CHECK(request->body.empty());
}

BOOST_AUTO_TEST_CASE(a_command_that_lacks_what_its_call_needs_is_invalid) {
    const auto with = [](command_verb verb, auto change) {
        auto what = command(verb);
        change(what);
        return refusal(what);
    };
    for (const auto verb : {command_verb::set_pin, command_verb::remove_pin, command_verb::read_log}) {
        BOOST_CHECK(with(verb, [](auto& what) { what.lock_uuid = "/甲"; }) == errc::invalid_input);
    }
    for (const auto verb : {command_verb::set_pin, command_verb::remove_pin}) {
        BOOST_CHECK(with(verb, [](auto& what) { what.cloud_home_id.clear(); }) == errc::invalid_input);
    }
    for (const auto* pin : {"", "48 913", "48291a"}) {
        BOOST_CHECK(with(command_verb::set_pin, [&](auto& what) { what.pin = secret(pin); }) == errc::invalid_input);
    }
    BOOST_CHECK(with(command_verb::remove_pin, [](auto& what) { what.credential_ref.clear(); }) == errc::invalid_input);
    BOOST_CHECK(with(command_verb::read_log, [](auto& what) { what.page.count = 0; }) == errc::invalid_input);
    BOOST_CHECK(with(command_verb::read_log, [](auto& what) { what.page.offset = 7; }) == errc::invalid_input);
}

BOOST_AUTO_TEST_CASE(what_the_document_has_no_call_for_is_unsupported) {
    for (int number = 0; number <= static_cast<int>(command_verb::read_operation_log); ++number) {
        const auto what = command(static_cast<command_verb>(number));
        if (make()->traits().verbs.has(what.verb)) {
            BOOST_CHECK(make()->encode(what, {}, now, "n1").has_value());
        } else {
            BOOST_CHECK(refusal(what) == errc::unsupported);
            BOOST_CHECK(!make()->encode_probe(what, {}, now, "n1"));
        }
    }
}

BOOST_AUTO_TEST_CASE(each_request_is_signed_with_its_own_time_and_nonce) {
    const auto first = sent(command(command_verb::set_pin));
    BOOST_CHECK_EQUAL(value_of(first, "partnerId"), "p1");
    BOOST_CHECK_EQUAL(value_of(first, "timestamp"), "1760000000");
    BOOST_CHECK_EQUAL(value_of(first, "nonstr"), "n1");
    const auto later = make()->encode(command(command_verb::set_pin), {}, now, "n2");
    BOOST_CHECK_NE(value_of(first, "token"), value_of(wire::form::parse(later->body).value(), "token"));
}

BOOST_AUTO_TEST_CASE(success_is_done_at_once_and_names_the_number) {
    for (const auto verb : {command_verb::set_pin, command_verb::replace_pin, command_verb::remove_pin}) {
        const auto reply = replied(verb, 200, R"({"success":true,"desc":"操作成功"})");
        BOOST_REQUIRE(std::holds_alternative<reply::done>(reply));
        BOOST_CHECK_EQUAL(std::get<reply::done>(reply).facts.credential_ref, "13000000001");
    }
    const auto log = replied(command_verb::read_log, 200,
                             R"({"success":true,"data":[{"type":1,"opentime":"2016-05-31 17:01:24","opener":"1"}]})");
    BOOST_CHECK_EQUAL(std::get<reply::done>(log).facts.openings.size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_final_in_the_vendors_words) {
    const auto reply = replied(command_verb::set_pin, 200, R"({"success":false,"desc":"门锁离线"})");
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(reply).message, "门锁离线");
    const auto silent = replied(command_verb::set_pin, 200, R"({"success":false})");
    BOOST_CHECK(!std::get<reply::rejected>(silent).message.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_token_is_tried_again_and_certainly_did_nothing) {
    for (const auto* body : {R"({"success":false,"desc":"token错误"})", R"({“success”:false,“desc”:“token错误”})",
                             R"({"success":false,"desc":"Token错误!"})"}) {
        const auto reply = replied(command_verb::set_pin, 200, body);
        BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::retry>(reply), body);
        BOOST_CHECK(std::get<reply::retry>(reply).certain);
        BOOST_CHECK(std::get<reply::retry>(reply).message.find("clock") != std::string::npos);
        BOOST_CHECK(std::holds_alternative<probe::unclear>(probed(command_verb::set_pin, 200, body)));
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_or_came_from_a_server_in_trouble_says_nothing_for_certain) {
    for (const int status : {408, 429, 500, 502, 503}) {
        const auto reply = replied(command_verb::set_pin, status, R"({"success":true})", {{"Retry-After", "90"}});
        BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::retry>(reply), status);
        BOOST_CHECK(!std::get<reply::retry>(reply).certain);
        BOOST_CHECK(std::get<reply::retry>(reply).after == std::chrono::seconds(90));
    }
    for (const auto* body :
         {"", "ok", "<html>", "[]", "{}", R"({"success":null})", R"({"success":"maybe"})", "“", R"({"success":true)"}) {
        const auto reply = replied(command_verb::set_pin, 200, body);
        BOOST_CHECK_MESSAGE(std::holds_alternative<reply::retry>(reply), body);
        BOOST_CHECK(std::holds_alternative<probe::unclear>(probed(command_verb::set_pin, 200, body)));
    }
}

BOOST_AUTO_TEST_CASE(a_lost_reply_is_cleared_up_by_the_same_call_with_a_new_signature) {
    for (const auto verb : {command_verb::set_pin, command_verb::replace_pin, command_verb::remove_pin}) {
        const auto question = make()->encode_probe(command(verb), {}, now, "n2");
        BOOST_REQUIRE(question);
        const auto again = make()->encode(command(verb), {}, now, "n2");
        BOOST_CHECK_EQUAL(question->url, again->url);
        BOOST_CHECK_EQUAL(question->body, again->body);
        const auto answer = probed(verb, 200, R"({"success":true,"desc":""})");
        BOOST_CHECK_EQUAL(std::get<probe::done>(answer).credential_ref, "13000000001");
        const auto refused = probed(verb, 200, R"({"success":false,"desc":"门锁离线"})");
        BOOST_CHECK_EQUAL(std::get<probe::undecided>(refused).message, "门锁离线");
    }
    BOOST_CHECK(!make()->encode_probe(command(command_verb::read_log), {}, now, "n2"));
}

BOOST_AUTO_TEST_CASE(neither_secret_nor_pin_comes_back_in_a_message) {
    const auto reply = replied(command_verb::set_pin, 200, R"({"success":false,"desc":"482913 madeUp8x 482913"})");
    BOOST_CHECK_EQUAL(std::get<reply::rejected>(reply).message, "****** ****** ******");
}

BOOST_AUTO_TEST_CASE(the_pages_of_a_log_are_counted) {
    const auto request = make()->encode(command(command_verb::count_log), {}, now, "n1");
    BOOST_REQUIRE(request);
    BOOST_TEST(request->method == "GET");
    BOOST_TEST(request->url.find("/apartments/x0001/get_device_logs_page_count?") != std::string::npos);
    BOOST_TEST(request->url.find("&page=1&pageSize=20") != std::string::npos);
    for (const auto* body : {R"({"success":true,"count":"2"})", R"({"success":true,"count":2})"}) {
        const auto counted = replied(command_verb::count_log, 200, body);
        BOOST_TEST(std::get<reply::done>(counted).facts.log_pages.value() == 2u);
    }
    for (const auto* body : {R"({"success":true})", R"({"success":true,"count":"-1"})"})
        BOOST_TEST(std::holds_alternative<reply::retry>(replied(command_verb::count_log, 200, body)));
    BOOST_TEST(make()->traits().polls_openings);
}

BOOST_AUTO_TEST_SUITE_END()
