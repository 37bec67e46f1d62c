// schemas/openapi/push.json against the codec of 丁盯's pushes.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "schemas/dingding/cloud.hpp"
#include "schemas/dingding/event_names.hpp"
#include "tests/support/fixtures.hpp"
#include "tests/support/json_text.hpp"
#include "tests/support/openapi.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

const openapi_document& push() {
    static const openapi_document document("push.json");
    return document;
}

// The path with the examples of its parameters, at the server the document names: the address `sign` is made over.
std::string registered_url(const openapi_operation& operation) {
    std::string url = push().root().find("servers")->items().front().text_of("url") + operation.place;
    for (const auto& reference : operation.node->find("parameters")->items()) {
        const wire::json_value& parameter = push().schemas().resolve(reference);
        const std::string mark = "{" + parameter.text_of("name") + "}";
        url.replace(url.find(mark), mark.size(), parameter.text_of("example"));
    }
    return url;
}

std::unique_ptr<lock_cloud> make_cloud() {
    const auto operations = push().operations();
    return dingding::make_cloud({.account = account_id("dd-main"),
                                 .event_url = registered_url(operations.at(0)),
                                 .result_url = registered_url(operations.at(1)),
                                 .sign = dingding::sign_policy::required,
                                 .base_url = "http://127.0.0.1:9101/openapi/v1",
                                 .client_id = "demo",
                                 .client_secret = secret("demo-secret")});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi_push_test)

BOOST_AUTO_TEST_CASE(every_push_shown_is_signed_and_understood) {
    const auto cloud = make_cloud();
    std::size_t read = 0;
    for (const openapi_operation& operation : push().operations()) {
        for (const auto& [name, value] : push().request(operation).examples) {
            const std::string body = json_text(*value);
            const auto parsed = cloud->parse_push({registered_url(operation), "application/json", body});
            BOOST_TEST(parsed.has_value(), name << ": " << (parsed ? "" : parsed.error().message));
            ++read;
        }
    }
    BOOST_TEST(read >= 19U);
}

BOOST_AUTO_TEST_CASE(every_event_of_the_document_is_shown) {
    const auto examples = push().request(push().operations().at(0)).examples;
    for (const char* name : {"batteryAlarm", "clearBattryAlarm", "brokenAlarm", "wrongPwdAlarm", "pwdSync",
                             "pwdAddLocal", "pwdDelLocal", "pwdUpdateLocal", "lockerOpenAlarm", "centerOfflineAlarm",
                             "lockOfflineAlarm", "clearCenterOfflineAlarm", "clearLockOfflineAlarm"}) {
        const auto shown = std::ranges::find(examples, std::string_view(name), &openapi_example::name);
        BOOST_REQUIRE_MESSAGE((shown != examples.end()), name);
        BOOST_TEST(shown->value->text_of("event") == name);
        BOOST_TEST(dingding::find_event_name(name).known, name);
    }
}

BOOST_AUTO_TEST_CASE(the_answers_shown_are_the_codecs_own) {
    const auto cloud = make_cloud();
    for (const openapi_operation& operation : push().operations()) {
        const auto stored = push().answer(operation);
        for (const auto& [name, value] : stored.examples) {
            const auto count = static_cast<std::size_t>(value->integer_of("count").value());
            BOOST_TEST(cloud->acknowledge(count) == json_text(*value), name);
        }
        const std::pair<const char*, errc> refusals[] = {{"400", errc::invalid_input},
                                                         {"401", errc::unauthentic},
                                                         {"403", errc::unauthentic},
                                                         {"503", errc::unavailable}};
        for (const auto& [http_status, why] : refusals) {
            const auto shown = push().answer(operation, http_status).examples.front().value;
            BOOST_TEST(cloud->refuse({why, shown->text_of("ErrMsg")}) == json_text(*shown), http_status);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_push_of_the_fixtures_fits) {
    const auto operations = push().operations();
    std::size_t checked = 0;
    for (const fixture_case& one : load_fixtures("dingding.json")) {
        const auto body = wire::json_value::parse(one.request.text_of("raw"));
        if (!one.request.find("url") || !body || !body->is_object()) continue;
        const bool event = body->find("event") != nullptr;
        const auto& schema = *push().request(operations.at(event ? 0 : 1)).schema;
        BOOST_TEST(push().schemas().check(schema, *body) == "", one.name);
        ++checked;
    }
    BOOST_TEST(checked > 60U);
}

BOOST_AUTO_TEST_SUITE_END()
