// Every push of tests/fixtures/dingding.json through the codec.
#include <boost/test/unit_test.hpp>

#include <optional>

#include "schemas/dingding/cloud.hpp"
#include "schemas/dingding/event_names.hpp"
#include "schemas/dingding/message.hpp"
#include "schemas/dingding/sign.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using namespace lockhub::dingding;
using lockhub::test::fixture_case;

namespace {

std::unique_ptr<lock_cloud> make(sign_policy policy) {
    return make_cloud({.account = account_id("dd-main"),
                       .event_url = "https://hub.example.com/in/dd/k7Qm2/event",
                       .result_url = "https://hub.example.com/in/dd/k7Qm2/result",
                       .sign = policy,
                       .base_url = "http://127.0.0.1:9101/openapi/v1",
                       .client_id = "demo",
                       .client_secret = secret("demo-secret")});
}

std::vector<fixture_case> pushes() {
    std::vector<fixture_case> out;
    for (auto& each : lockhub::test::load_fixtures("dingding.json")) {
        if (each.request.find("raw")) out.push_back(std::move(each));
    }
    return out;
}

result<parsed_push> parse(const fixture_case& push, sign_policy policy = sign_policy::required) {
    const auto url = push.request.text_of("url");
    const auto content_type = push.request.text_of("content_type");
    const auto body = push.request.text_of("raw");
    return make(policy)->parse_push({url, content_type, body});
}

int http_status(const result<parsed_push>& parsed) {
    if (parsed) return 200;
    return parsed.error().code == errc::unauthentic ? 401 : 400;
}

bool expects(const fixture_case& push, std::string_view name) {
    return push.expected.find(name) != nullptr;
}

bool expects_text(const fixture_case& push, std::string_view name) {
    return expects(push, name) && push.expected.find(name)->type() != wire::json_value::kind::null;
}

void check_event(const fixture_case& push, const parsed_push& parsed) {
    BOOST_REQUIRE(!parsed.is_result());
    const auto& events = std::get<std::vector<lock_event>>(parsed.content);
    BOOST_REQUIRE(!events.empty());
    const auto& event = events.front();
    BOOST_CHECK_EQUAL(parsed.name, push.expected.text_of("event"));
    const auto canonical =
        expects(push, "canonical_event") ? push.expected.text_of("canonical_event") : push.expected.text_of("event");
    BOOST_CHECK_EQUAL(event.vendor_name, canonical);
    BOOST_CHECK_EQUAL(parsed.device_uuid, push.expected.text_of("uuid"));
    const auto time_ms = push.expected.integer_of("time_ms");
    BOOST_REQUIRE(time_ms.has_value());
    if (parsed.name != "lockOpenHistoryAlarm") {
        BOOST_CHECK_EQUAL(event.occurred_at ? to_unix_ms(*event.occurred_at) : 0, *time_ms);
    }
    BOOST_CHECK_EQUAL(parsed.key.order, *time_ms);
    if (expects_text(push, "password_id")) BOOST_CHECK_EQUAL(event.source_id, push.expected.text_of("password_id"));
    if (expects(push, "source")) {
        BOOST_REQUIRE(event.source.has_value());
        BOOST_CHECK_EQUAL(*event.source, *push.expected.integer_of("source"));
    }
    if (expects(push, "records")) BOOST_CHECK_EQUAL(events.size(), *push.expected.integer_of("records"));
    if (expects(push, "lock_event")) BOOST_CHECK_EQUAL(event.about_lock, push.expected.text_of("lock_event") == "true");
    if (expects(push, "sensitive")) BOOST_CHECK(parsed.may_carry_pin);
}

void check_result(const fixture_case& push, const parsed_push& parsed) {
    BOOST_REQUIRE(parsed.is_result());
    const auto& outcome = std::get<command_result>(parsed.content);
    BOOST_CHECK_EQUAL(outcome.service, push.expected.text_of("service"));
    BOOST_CHECK_EQUAL(outcome.ref, push.expected.text_of("serviceid"));
    BOOST_CHECK_EQUAL(outcome.ok, push.expected.text_of("ok") == "true");
    BOOST_CHECK_EQUAL(outcome.code, *push.expected.integer_of("errno"));
    BOOST_CHECK_EQUAL(outcome.credential_ref, push.expected.text_of("password_id"));
    BOOST_CHECK_EQUAL(outcome.about_lock, push.expected.text_of("lock_event") != "false");
    BOOST_CHECK_EQUAL(std::to_string(parsed.key.order), push.expected.text_of("serviceid"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dingding_push_test)

BOOST_AUTO_TEST_CASE(every_push_of_the_fixtures_reads_as_expected) {
    std::size_t events = 0, results = 0;
    for (const auto& push : pushes()) {
        BOOST_TEST_CONTEXT(push.name) {
            const auto parsed = parse(push);
            if (expects(push, "http_status")) {
                BOOST_CHECK_EQUAL(http_status(parsed), *push.expected.integer_of("http_status"));
            }
            const auto kind = push.expected.text_of("kind");
            if (kind.empty()) continue;
            BOOST_REQUIRE(parsed.has_value());
            kind == "event" ? check_event(push, *parsed) : check_result(push, *parsed);
            ++(kind == "event" ? events : results);
        }
    }
    BOOST_CHECK_GT(events, 40U);
    BOOST_CHECK_GT(results, 10U);
}

BOOST_AUTO_TEST_CASE(every_sign_of_the_fixtures_is_judged_as_expected) {
    std::size_t checked = 0;
    for (const auto& push : pushes()) {
        BOOST_TEST_CONTEXT(push.name) {
            const auto* sign_ok = push.expected.find("sign_ok");
            if (!sign_ok) continue;
            push_message message;
            const auto body = push.request.text_of("raw");
            BOOST_REQUIRE(message.read(push.request.text_of("content_type"), body));
            const auto expected = sign_ok->type() == wire::json_value::kind::null ? sign_state::missing
                                  : sign_ok->text() == "true"                     ? sign_state::valid
                                                                                  : sign_state::wrong;
            const auto url = push.request.text_of("url");
            BOOST_CHECK(check_sign(url, message) == expected);
            if (expects(push, "sign_string")) {
                BOOST_CHECK_EQUAL(sign_text(url, message, nested_text::as_written),
                                  push.expected.text_of("sign_string"));
                BOOST_CHECK_EQUAL(sign_text(url, message, nested_text::unescaped),
                                  push.expected.text_of("sign_string"));
                ++checked;
            }
        }
    }
    BOOST_CHECK_GT(checked, 50U);
}

BOOST_AUTO_TEST_CASE(a_wrong_sign_is_refused_under_both_policies_and_a_missing_one_only_where_it_is_required) {
    bool wrong_met = false, missing_met = false;
    for (const auto& push : pushes()) {
        const auto* sign_ok = push.expected.find("sign_ok");
        if (!sign_ok || sign_ok->text() == "true") continue;
        BOOST_TEST_CONTEXT(push.name) {
            const bool missing = sign_ok->type() == wire::json_value::kind::null;
            const auto required = parse(push, sign_policy::required);
            BOOST_REQUIRE(!required);
            BOOST_CHECK(required.error().code == errc::unauthentic);
            BOOST_CHECK_EQUAL(parse(push, sign_policy::if_present).has_value(), missing);
            (missing ? missing_met : wrong_met) = true;
        }
    }
    BOOST_CHECK(wrong_met);
    BOOST_CHECK(missing_met);
}

BOOST_AUTO_TEST_CASE(acknowledgements_carry_the_fields_of_the_fixtures) {
    const auto answer = wire::json_value::parse(make(sign_policy::required)->acknowledge(3));
    BOOST_REQUIRE(answer);
    std::size_t compared = 0;
    for (const auto& push : pushes()) {
        const auto* expected = push.expected.find("answer");
        if (!expected || push.expected.integer_of("http_status") != 200) continue;
        for (const auto& [name, value] : expected->members()) {
            BOOST_CHECK_EQUAL(answer->text_of(name), value.text());
            ++compared;
        }
    }
    BOOST_CHECK_GT(compared, 0U);
    BOOST_CHECK_EQUAL(answer->text_of("count"), "3");
}

BOOST_AUTO_TEST_SUITE_END()
