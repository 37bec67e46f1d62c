// schemas/openapi/push.json against the running hub: every push it shows is pushed, every answer it names comes.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/json_text.hpp"
#include "tests/support/openapi.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

const openapi_document& document() {
    static const openapi_document push("push.json");
    return push;
}

const installation& hub() {
    static const installation at({.rooms = 1,
                                  .pms_extra = R"([[dingding]]
account = "dd-document"
event_url = "https://hub.example.com/push/dd-main/k7Qm2/event"
result_url = "https://hub.example.com/push/dd-main/k7Qm2/result"
base_url = "http://127.0.0.1:9"
client_id = "demo"
client_secret = "demo-secret"
[[dingding]]
account = "dd-elsewhere"
event_url = "https://hub.example.com/push/dd-elsewhere/k7Qm2/event"
result_url = "https://hub.example.com/push/dd-elsewhere/k7Qm2/result"
base_url = "http://127.0.0.1:9"
client_id = "demo"
client_secret = "demo-secret"
allow_from = ["192.0.2.0/24"]
)",
                                  .sim_arguments = {}});
    return at;
}

std::string path_of(const openapi_operation& operation, const std::string& account = "dd-main") {
    const bool event = operation.place.ends_with("/event");
    return "/push/" + account + "/k7Qm2/" + (event ? "event" : "result");
}

void check(const openapi_operation& operation, const call_answer& answer, int status) {
    BOOST_TEST(answer.status == status, operation.id << " answered " << answer.status << " " << answer.body);
    const openapi_content shown = document().answer(operation, std::to_string(status));
    BOOST_TEST(document().schemas().check(*shown.schema, answer.json()) == "", answer.body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi_push_test)

BOOST_AUTO_TEST_CASE(every_push_shown_is_stored_once_and_its_repeat_acknowledged) {
    for (const openapi_operation& operation : document().operations()) {
        for (const auto& [name, value] : document().request(operation).examples) {
            const std::string body = json_text(*value);
            const call_answer first = http_post(hub().hub(), path_of(operation), body);
            check(operation, first, 200);
            BOOST_TEST(first.json().integer_of("count").value() >= 1, name);
            const call_answer again = http_post(hub().hub(), path_of(operation), body);
            check(operation, again, 200);
            BOOST_TEST(again.body == R"({"ErrNo":0,"ErrMsg":"success","count":0})", name);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_refusal_named_comes_as_described) {
    for (const openapi_operation& operation : document().operations()) {
        std::string body = json_text(*document().request(operation).examples.front().value);
        const auto post = [&](const std::string& path, const std::string& text) {
            return http_post(hub().hub(), path, text);
        };
        check(operation, post(path_of(operation), R"({"hello":"there"})"), 400);
        check(operation, post(path_of(operation), "no JSON"), 400);
        check(operation, post(path_of(operation, "dd-elsewhere"), body), 403);
        check(operation, post("/push/dd-main/guessed/event", body), 404);
        check(operation, http_get(hub().hub(), path_of(operation)), 405);
        check(operation, post(path_of(operation), std::string(300'000, ' ')), 413);
        const auto sign = body.find(R"("sign":")") + 8;
        body[sign] = body[sign] == '0' ? '1' : '0';
        check(operation, post(path_of(operation), body), 401);
    }
}

BOOST_AUTO_TEST_SUITE_END()
