// Doors opened from afar, and access granted to phones.
#include <boost/test/unit_test.hpp>

#include "schemas/wire/form.hpp"
#include "schemas/yeeuu/cloud.hpp"

using namespace lockhub;
using namespace lockhub::yeeuu;

namespace {

using enum command_verb;

const time_point now = from_unix_ms(1760000000500);

std::unique_ptr<lock_cloud> make(std::string opener = "13000000003") {
    return make_cloud({.account = account_id("yy-main"),
                       .base_url = "https://alms.example.com",
                       .partner_id = "p1",
                       .key = secret("madeUp8x"),
                       .guest_mobile = "13000000001",
                       .manage_mobile = "13000000002",
                       .operator_mobile = std::move(opener)});
}

vendor_command command(command_verb verb) {
    vendor_command out;
    out.verb = verb;
    out.lock_uuid = "x0001/甲";
    out.cloud_home_id = "B01";
    out.label = "20261122120000123000001";
    out.valid_from = from_unix_ms(1760000000999);
    out.valid_until = from_unix_ms(1760600000000);
    out.holder = "13911112222";
    out.holder_name = "张三";
    return out;
}

wire::form sent(const vendor_command& what, std::string_view method) {
    const auto request = make()->encode(what, {}, now, "n1");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->url, "https://alms.example.com/apartments/x0001/" + std::string(method));
    auto fields = wire::form::parse(request->body).value();
    BOOST_CHECK_EQUAL(fields.find("buildingId").value_or(""), "B01");
    BOOST_CHECK_EQUAL(fields.find("door").value_or(""), "甲");
    return fields;
}

std::string value_of(const wire::form& fields, std::string_view name) {
    return std::string(fields.find(name).value_or("(absent)"));
}

wire::http_response said(std::string body) {
    return {.status = 200, .headers = {}, .body = std::move(body)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_access_test)

BOOST_AUTO_TEST_CASE(access_is_granted_to_a_phone_under_its_holders_name) {
    auto what = command(grant_access);
    const auto fields = sent(what, "auth");
    BOOST_CHECK_EQUAL(value_of(fields, "authoredMobile"), "13911112222");
    BOOST_CHECK_EQUAL(value_of(fields, "authoredName"), "张三");
    BOOST_CHECK_EQUAL(value_of(fields, "startTime"), "1760000000");
    BOOST_CHECK_EQUAL(value_of(fields, "endTime"), "1760600000");
    what.holder_name.clear();
    BOOST_CHECK_EQUAL(value_of(sent(what, "auth"), "authoredName"), "13911112222");
}

BOOST_AUTO_TEST_CASE(access_is_taken_from_a_phone_alone) {
    const auto fields = sent(command(revoke_access), "delete_auth");
    BOOST_CHECK_EQUAL(value_of(fields, "authoredMobile"), "13911112222");
    BOOST_CHECK(!fields.find("startTime"));
}

BOOST_AUTO_TEST_CASE(a_door_is_opened_in_the_name_of_the_accounts_operator) {
    BOOST_CHECK_EQUAL(value_of(sent(command(open_door), "remote_action"), "operator"), "13000000003");
    const auto nobody = make("")->encode(command(open_door), {}, now, "n1");
    BOOST_REQUIRE(!nobody);
    BOOST_CHECK(nobody.error().code == errc::invalid_input);
}

BOOST_AUTO_TEST_CASE(a_phone_must_be_named) {
    for (const auto verb : {grant_access, revoke_access}) {
        auto what = command(verb);
        what.holder.clear();
        const auto request = make()->encode(what, {}, now, "n1");
        BOOST_REQUIRE(!request);
        BOOST_CHECK(request.error().code == errc::invalid_input);
    }
}

BOOST_AUTO_TEST_CASE(success_is_done_at_once_and_names_no_pin) {
    for (const auto verb : {grant_access, revoke_access, open_door}) {
        const auto reply = make()->decode(command(verb), said(R"({"success":true,"desc":""})"), now);
        BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::done>(reply), to_string(verb));
        BOOST_CHECK(std::get<reply::done>(reply).facts.credential_ref.empty());
        const auto refused = make()->decode(command(verb), said(R"({"success":false,"desc":"没有开门权限"})"), now);
        BOOST_CHECK_EQUAL(std::get<reply::rejected>(refused).message, "没有开门权限");
    }
}

BOOST_AUTO_TEST_CASE(access_is_asked_about_by_the_same_call_and_a_door_is_not_asked_about) {
    for (const auto verb : {grant_access, revoke_access}) {
        const auto question = make()->encode_probe(command(verb), {}, now, "n2");
        BOOST_REQUIRE_MESSAGE(question, to_string(verb));
        BOOST_CHECK_EQUAL(question->body, make()->encode(command(verb), {}, now, "n2")->body);
        const auto answer = make()->decode_probe(command(verb), said(R"({"success":true})"));
        BOOST_CHECK(std::holds_alternative<probe::done>(answer));
    }
    BOOST_CHECK(!make()->encode_probe(command(open_door), {}, now, "n2"));
}

BOOST_AUTO_TEST_SUITE_END()
