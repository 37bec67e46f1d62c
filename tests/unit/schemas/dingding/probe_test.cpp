#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include "schemas/dingding/cloud.hpp"

using namespace lockhub;

namespace {

std::unique_ptr<lock_cloud> make() {
    return dingding::make_cloud({.account = account_id("dd-main"),
                                 .event_url = "https://hub.example.com/e",
                                 .result_url = "https://hub.example.com/r",
                                 .sign = dingding::sign_policy::required,
                                 .base_url = "https://lockapi.example.com/openapi/v1",
                                 .client_id = "demo",
                                 .client_secret = secret("demo-secret")});
}

vendor_command command(command_verb verb, std::string ref = "") {
    vendor_command out;
    out.verb = verb;
    out.lock_uuid = "uuid-1";
    out.credential_ref = std::move(ref);
    out.label = "mark";
    return out;
}

// One password "1015" among others: its name, operation (1 add … 5 unfreeze) and stage (1 running, 2 failed, 3 done).
std::string state_of(const vendor_command& what, std::string_view name, int operation, int stage) {
    const auto body =
        fmt::format(R"({{"ErrNo":0,"passwords":{{"999":{{"id":999,"name":"admin","operation":1,"operation_stage":3}},)"
                    R"("1015":{{"id":1015,"name":"{}","operation":{},"operation_stage":{}}}}}}})",
                    name, operation, stage);
    const auto reply = make()->decode_probe(what, {.status = 200, .headers = {}, .body = body});
    if (const auto* running = std::get_if<probe::running>(&reply)) return "running " + running->credential_ref;
    if (const auto* done = std::get_if<probe::done>(&reply)) return "done " + done->credential_ref;
    if (std::holds_alternative<probe::failed>(reply)) return "failed";
    if (std::holds_alternative<probe::absent>(reply)) return "absent";
    return "unclear";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probe_test)

BOOST_AUTO_TEST_CASE(a_pin_that_was_set_is_found_by_our_label_or_else_by_its_id) {
    const auto by_label = command(command_verb::set_pin);
    BOOST_CHECK_EQUAL(state_of(by_label, "mark", 1, 1), "running 1015");
    BOOST_CHECK_EQUAL(state_of(by_label, "mark", 1, 2), "failed");
    BOOST_CHECK_EQUAL(state_of(by_label, "mark", 1, 3), "done 1015");
    BOOST_CHECK_EQUAL(state_of(by_label, "another mark", 1, 3), "absent");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::set_pin, "1015"), "cut na", 1, 3), "done 1015");
}

BOOST_AUTO_TEST_CASE(a_later_operation_on_a_pin_shows_that_it_was_set) {
    BOOST_CHECK_EQUAL(state_of(command(command_verb::set_pin), "mark", 4, 2), "done 1015");
}

BOOST_AUTO_TEST_CASE(an_update_is_ours_when_the_new_name_is) {
    const auto what = command(command_verb::replace_pin, "1015");
    BOOST_CHECK_EQUAL(state_of(what, "mark", 3, 1), "running 1015");
    BOOST_CHECK_EQUAL(state_of(what, "mark", 3, 2), "failed");
    BOOST_CHECK_EQUAL(state_of(what, "mark", 3, 3), "done 1015");
    BOOST_CHECK_EQUAL(state_of(what, "mark", 4, 1), "done 1015");
    BOOST_CHECK_EQUAL(state_of(what, "old name", 3, 1), "running 1015");
    BOOST_CHECK_EQUAL(state_of(what, "old name", 3, 3), "absent");
    BOOST_CHECK_EQUAL(state_of(what, "old name", 1, 3), "absent");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::replace_pin, "77"), "old name", 3, 1), "absent");
}

BOOST_AUTO_TEST_CASE(a_removed_pin_is_one_that_is_gone) {
    BOOST_CHECK_EQUAL(state_of(command(command_verb::remove_pin, "1016"), "x", 1, 3), "done 1016");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::remove_pin, "1015"), "x", 2, 1), "running 1015");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::remove_pin, "1015"), "x", 2, 2), "failed");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::remove_pin, "1015"), "x", 1, 3), "absent");
}

BOOST_AUTO_TEST_CASE(freezing_and_unfreezing_are_told_by_the_last_operation) {
    BOOST_CHECK_EQUAL(state_of(command(command_verb::freeze_pin, "1015"), "x", 4, 3), "done 1015");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::freeze_pin, "1015"), "x", 5, 3), "absent");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::unfreeze_pin, "1015"), "x", 5, 1), "running 1015");
    BOOST_CHECK_EQUAL(state_of(command(command_verb::unfreeze_pin, "1016"), "x", 5, 1), "absent");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_unclear_and_says_whether_a_token_is_needed) {
    const auto ask = [](int status, std::string body) {
        const auto reply = make()->decode_probe(command(command_verb::set_pin),
                                                {.status = status, .headers = {}, .body = std::move(body)});
        const auto* unclear = std::get_if<probe::unclear>(&reply);
        BOOST_REQUIRE(unclear);
        return unclear->renew_token;
    };
    BOOST_CHECK(ask(200, R"({"ErrNo":102})"));
    BOOST_CHECK(ask(401, ""));
    BOOST_CHECK(!ask(500, ""));
    BOOST_CHECK(!ask(200, "<html>"));
    BOOST_CHECK(!ask(200, R"({"ErrNo":14015})"));
    BOOST_CHECK(!ask(200, R"({"ErrNo":0})"));
}

BOOST_AUTO_TEST_CASE(a_lock_without_passwords_knows_nothing_of_ours) {
    for (const auto* passwords : {"{}", "[]", "null"}) {
        const auto reply = make()->decode_probe(
            command(command_verb::set_pin),
            {.status = 200, .headers = {}, .body = fmt::format(R"({{"ErrNo":0,"passwords":{}}})", passwords)});
        BOOST_CHECK_MESSAGE(std::holds_alternative<probe::absent>(reply), passwords);
    }
}

BOOST_AUTO_TEST_CASE(only_commands_that_change_a_lock_are_asked_about) {
    const access_token token{secret("t"), {}};
    const auto request = make()->encode_probe(command(command_verb::set_pin), token, {}, "");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->method, "GET");
    BOOST_CHECK_EQUAL(request->url,
                      "https://lockapi.example.com/openapi/v1/fetch_passwords?access_token=t&uuid=uuid-1");
    BOOST_CHECK(!make()->encode_probe(command(command_verb::read_lock), token, {}, ""));
}

BOOST_AUTO_TEST_SUITE_END()
