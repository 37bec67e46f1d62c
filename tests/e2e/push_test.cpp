// Pushes of the lock cloud over real HTTP, and the event callbacks they cause.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr const char* event_path = "/in/dd/k7Qm2/event";
constexpr const char* result_path = "/in/dd/k7Qm2/result";

std::string about(const installation& at, std::size_t room, const std::string& members) {
    return R"({"uuid":")" + at.uuid(room) + "\"" + (members.empty() ? "" : ",") + members + "}";
}

std::string stored(const installation& at) {
    return sql_value(at.database(), "SELECT COUNT(*) FROM inbox");
}

// The last push the simulated cloud made, once the hub has answered it.
wire::json_value answered_push(const installation& at, std::size_t count) {
    return *eventually("push number " + std::to_string(count) + " is answered",
                       [&]() -> std::optional<wire::json_value> {
                           const wire::json_value all = at.pushes();
                           if (all.find("pushes")->items().size() < count || all.integer_of("under_way") != 0)
                               return std::nullopt;
                           return all.find("pushes")->items()[count - 1];
                       });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(push_test)

BOOST_AUTO_TEST_CASE(a_low_battery_is_told_to_the_pms_with_its_room_and_level) {
    installation at;
    at.cloud_does("battery", about(at, 1, R"("percent":9)"));
    eventually("the callback comes", [&] { return !at.event_callbacks("lock.battery_low").empty(); });
    const wire::json_value callback = at.event_callbacks("lock.battery_low").front();
    const wire::json_value& fields = *callback.find("fields");
    BOOST_TEST(callback.text_of("path") == "/callback/event");
    BOOST_TEST(callback.text_of("hmac_ok") == "true");
    BOOST_TEST(fields.text_of("hotelNo") == "H10086");
    BOOST_TEST(fields.text_of("roomId") == at.room_id(1));
    BOOST_TEST(fields.text_of("energy") == "9");
    BOOST_TEST(fields.text_of("time").size() == 19u);
    BOOST_TEST(!fields.text_of("eventId").empty());
}

BOOST_AUTO_TEST_CASE(a_repeated_push_gets_the_same_answer_and_causes_nothing) {
    installation at;
    at.cloud_does("battery", about(at, 0, R"("percent":9)"));
    const wire::json_value first = answered_push(at, 1);
    BOOST_TEST(first.text_of("answer") == R"({"ErrNo":0,"ErrMsg":"success","count":1})");

    const call_answer again = http_post(at.hub(), event_path, first.text_of("body"));
    BOOST_TEST(again.status == 200);
    BOOST_TEST(again.body == R"({"ErrNo":0,"ErrMsg":"success","count":0})");
    at.cloud_does("battery", about(at, 0, R"("percent":30)"));
    eventually("the later event is told", [&] { return !at.event_callbacks("lock.battery_ok").empty(); });
    BOOST_TEST(at.event_callbacks("lock.battery_low").size() == 1u);
    BOOST_TEST(stored(at) == "2");
}

BOOST_AUTO_TEST_CASE(two_identical_pushes_at_the_same_moment_are_one) {
    installation at;
    at.cloud_does("knobs", R"({"duplicate":"1"})");
    for (int i = 0; i < 10; ++i) at.cloud_does("open", about(at, 0, R"("id":1001)"));
    answered_push(at, 20);
    BOOST_TEST(stored(at) == "10");
    BOOST_TEST(sql_value(at.database(), "SELECT COUNT(*) FROM outbox") == "10");
}

BOOST_AUTO_TEST_CASE(what_is_not_authentic_or_not_a_push_is_refused_and_leaves_nothing) {
    installation at;
    at.cloud_does("knobs", R"({"sign":"wrong"})");
    at.cloud_does("battery", about(at, 0, R"("percent":9)"));
    const wire::json_value forged = answered_push(at, 1);
    BOOST_TEST(forged.text_of("status") == "401");
    BOOST_TEST(wire::json_value::parse(forged.text_of("answer"))->integer_of("ErrNo").value() == 15014);
    at.cloud_does("knobs", R"({"sign":"none"})");
    at.cloud_does("battery", about(at, 0, R"("percent":9)"));
    BOOST_TEST(answered_push(at, 2).text_of("status") == "401");

    for (const char* body : {"", "{", "[]", "{}", "null", R"({"uuid":"x"})", "\xff\xfe"}) {
        const call_answer answer = http_post(at.hub(), event_path, body);
        BOOST_TEST(answer.status == 400, body);
        BOOST_TEST(answer.json().integer_of("ErrNo").value() == 14001, body);
    }
    BOOST_TEST(http_post(at.hub(), "/in/dd/k7Qm3/event", "{}").status == 404);
    const call_answer wrong_method = http_get(at.hub(), event_path);
    BOOST_TEST(wrong_method.status == 405);
    BOOST_TEST(wrong_method.head.find("Allow: POST") != std::string::npos);
    BOOST_TEST(http_post(at.hub(), event_path, std::string(300 * 1024, ' ')).status == 413);
    BOOST_TEST(
        http_call(at.hub(), std::string("POST ") + event_path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            .status == 411);
    BOOST_TEST(stored(at) == "0");
}

BOOST_AUTO_TEST_CASE(an_unknown_event_is_kept_acknowledged_and_told_to_nobody) {
    installation at;
    at.cloud_does("event", about(at, 0, R"("event":"somethingNew","detail":"{\"level\":1.50}")"));
    const wire::json_value push = answered_push(at, 1);
    BOOST_TEST(push.text_of("status") == "200");
    BOOST_TEST(stored(at) == "1");
    BOOST_TEST(sql_value(at.database(), "SELECT COUNT(*) FROM outbox") == "0");
}

BOOST_AUTO_TEST_CASE(a_result_nobody_asked_for_is_kept) {
    installation at;
    at.cloud_does("knobs", R"({"reorder":"1"})");
    at.final_codes(at.check_in(0, "482913"));
    const wire::json_value push = answered_push(at, 1);
    const call_answer to_the_other_path = http_post(at.hub(), event_path, push.text_of("body"));
    BOOST_TEST(to_the_other_path.status == 401);  // its sign is over the other URL
    BOOST_TEST(http_post(at.hub(), result_path, push.text_of("body")).body ==
               R"({"ErrNo":0,"ErrMsg":"success","count":0})");
}

BOOST_AUTO_TEST_CASE(health_readiness_and_metrics_answer) {
    installation at;
    BOOST_TEST(http_get(at.hub(), "/healthz").status == 200);
    BOOST_TEST(http_get(at.hub(), "/readyz").status == 200);
    at.cloud_does("battery", about(at, 0, R"("percent":9)"));
    answered_push(at, 1);
    const call_answer metrics = http_get(at.hub(), "/metrics");
    BOOST_TEST(metrics.status == 200);
    BOOST_TEST(metrics.body.find("# TYPE lockhub_") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sigterm_ends_the_hub_with_exit_code_0_and_a_restart_goes_on) {
    installation at;
    at.pms_does("knobs", R"({"refuse":"1"})");
    at.cloud_does("battery", about(at, 0, R"("percent":9)"));
    answered_push(at, 1);
    BOOST_TEST(at.stop_hub() == 0);
    at.pms_does("knobs", R"({"refuse":"0"})");
    at.start_hub();
    eventually("the event is told after the restart", [&] {
        return sql_value(at.database(), "SELECT COUNT(*) FROM outbox WHERE state = 'delivered'") == "1";
    });
    BOOST_TEST(at.pms_state().find("events")->members().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
