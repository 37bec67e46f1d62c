// The calls of tests/fixtures/dingding.json: what is sent, and how the answer reads.
#include <boost/test/unit_test.hpp>

#include <map>

#include "schemas/dingding/cloud.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using lockhub::test::fixture_case;
using lockhub::wire::json_value;

namespace {

constexpr std::string_view prefix = "/openapi/v1/";
const time_point now = from_unix_ms(1760000000000);

std::unique_ptr<lock_cloud> make() {
    return dingding::make_cloud({.account = account_id("dd-main"),
                                 .event_url = "https://hub.example.com/e",
                                 .result_url = "https://hub.example.com/r",
                                 .sign = dingding::sign_policy::required,
                                 .base_url = "https://lockapi.example.com/openapi/v1",
                                 .client_id = "made-up-client",
                                 .client_secret = secret("made-up-secret")});
}

std::vector<fixture_case> calls() {
    std::vector<fixture_case> out;
    for (auto& each : lockhub::test::load_fixtures("dingding.json")) {
        if (each.request.find("path")) out.push_back(std::move(each));
    }
    return out;
}

std::string call_of(const fixture_case& call) {
    return call.request.text_of("path").substr(prefix.size());
}

vendor_command command_of(const fixture_case& call) {
    static const std::map<std::string, command_verb> verbs{
        {"add_password", command_verb::set_pin},        {"delete_password", command_verb::remove_pin},
        {"frozen_password", command_verb::freeze_pin},  {"unfrozen_password", command_verb::unfreeze_pin},
        {"update_password", command_verb::replace_pin}, {"get_lock_info", command_verb::read_lock}};
    const auto* fields = call.request.find("body");
    if (!fields) fields = call.request.find("query");
    vendor_command out;
    out.verb = verbs.at(call_of(call));
    out.lock_uuid = fields->text_of("uuid");
    out.credential_ref = fields->text_of("password_id");
    out.pin = secret(fields->text_of("password"));
    out.label = fields->text_of("name");
    if (const auto begin = fields->integer_of("permission_begin")) out.valid_from = from_unix_ms(*begin * 1000);
    if (const auto end = fields->integer_of("permission_end")) out.valid_until = from_unix_ms(*end * 1000);
    return out;
}

// Type and text: 1015 and "1015" differ.
std::string json_of(const json_value& value) {
    return std::to_string(static_cast<int>(value.type())) + " " + value.text();
}

std::map<std::string, std::string> flat(const json_value& object) {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : object.members()) out[name] = json_of(value);
    return out;
}

std::string response_body(const fixture_case& call) {
    std::string out = "{";
    for (const auto& [name, value] : call.expected.find("response")->members()) {
        if (out.size() > 1) out += ',';
        const bool quoted = value.type() == json_value::kind::string;
        out += '"' + name + "\":" + (quoted ? '"' + value.text() + '"' : value.text());
    }
    return out + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dingding_command_test)

BOOST_AUTO_TEST_CASE(every_call_of_the_fixtures_is_sent_as_written_there) {
    const auto cloud = make();
    const access_token token{secret("made-up-access-token-0001"), now};
    std::size_t posts = 0;
    for (const auto& call : calls()) {
        BOOST_TEST_CONTEXT(call.name) {
            const auto request = call_of(call) == "access_token" ? *cloud->encode_token_request(now)
                                                                 : *cloud->encode(command_of(call), token, now, "n");
            BOOST_CHECK_EQUAL(request.method, call.request.text_of("method"));
            const std::string url = "https://lockapi.example.com" + call.request.text_of("path");
            if (const auto* body = call.request.find("body")) {
                BOOST_CHECK_EQUAL(request.url, url);
                BOOST_CHECK_EQUAL(wire::find_header(request.headers, "content-type"), "application/json");
                const auto sent = json_value::parse(request.body);
                BOOST_REQUIRE(sent);
                BOOST_TEST_INFO(request.body);
                BOOST_CHECK(flat(*sent) == flat(*body));
                ++posts;
            } else {
                const auto* query = call.request.find("query");
                BOOST_CHECK_EQUAL(request.url, url + "?access_token=" + query->text_of("access_token") +
                                                   "&uuid=" + query->text_of("uuid"));
                BOOST_CHECK(request.body.empty());
            }
        }
    }
    BOOST_CHECK_GE(posts, 5U);
}

BOOST_AUTO_TEST_CASE(every_answer_of_the_fixtures_reads_as_expected) {
    const auto cloud = make();
    for (const auto& call : calls()) {
        BOOST_TEST_CONTEXT(call.name) {
            const wire::http_response response{.status = 200, .headers = {}, .body = response_body(call)};
            if (call_of(call) == "access_token") {
                const auto token = cloud->decode_token(response, now);
                BOOST_REQUIRE(token);
                BOOST_CHECK_EQUAL(token->value.reveal(), "made-up-access-token-0001");
                BOOST_CHECK_EQUAL(to_unix_ms(token->expires_at), 1760604800000);
                continue;
            }
            const auto reply = cloud->decode(command_of(call), response, now);
            if (call.expected.find("retry_after_refresh")) {
                BOOST_CHECK(std::holds_alternative<reply::renew_token>(reply));
                continue;
            }
            const auto* accepted = std::get_if<reply::accepted>(&reply);
            BOOST_REQUIRE(accepted);
            BOOST_CHECK_EQUAL(accepted->ref, call.expected.find("await")->text_of("serviceid"));
            BOOST_CHECK_EQUAL(accepted->credential_ref, "1015");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
