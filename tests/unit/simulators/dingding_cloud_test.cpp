#include "tests/simulators/dingding_cloud.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/push_body.hpp"

using namespace lockhub;
using namespace lockhub::simulators;
using wire::json_value;

namespace {

constexpr const char* uuid = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const time_point start = from_unix_ms(1'760'000'000'000);

struct account {
    dingding_cloud cloud{{}};
    random_source random{1};
    time_point now = start;
    std::string token;

    account() {
        cloud.add_lock(uuid, "home-1", "room-1", "301");
        token = ask("POST", "access_token", R"({"client_id":"demo","client_secret":"demo-secret"})")
                    .text_of("access_token");
    }

    answer raw(const std::string& method, const std::string& verb, const std::string& body_or_query) {
        wire::http_request request;
        request.method = method;
        request.url = "http://127.0.0.1:9101/openapi/v1/" + verb;
        (method == "GET" ? request.url : request.body) += (method == "GET" ? "?" : "") + body_or_query;
        return cloud.handle(request, now, random);
    }
    json_value ask(const std::string& method, const std::string& verb, const std::string& body_or_query) {
        const answer out = raw(method, verb, body_or_query);
        BOOST_REQUIRE(out.response.has_value());
        return *json_value::parse(out.response->body);
    }
    std::string add_body(const std::string& name) const {
        return R"({"access_token":")" + token + R"(","uuid":")" + uuid +
               R"(","phonenumber":"13000000000","is_default":0,"password":"482913","name":")" + name + R"("})";
    }
    answer add(const std::string& name) { return raw("POST", "add_password", add_body(name)); }
    json_value passwords() {
        const json_value all = ask("GET", "fetch_passwords", "access_token=" + token + "&uuid=" + uuid);
        BOOST_REQUIRE(all.find("passwords") != nullptr);
        return *all.find("passwords");
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_dingding_cloud_test)

BOOST_AUTO_TEST_CASE(an_added_password_runs_at_the_lock_and_then_its_result_is_pushed) {
    account a;
    const answer out = a.add("action-1");
    const json_value reply = *json_value::parse(out.response->body);
    BOOST_TEST(reply.integer_of("ErrNo").value() == 0);
    BOOST_TEST(reply.integer_of("id").value() == 1001);
    BOOST_TEST((reply.find("serviceid")->type() == json_value::kind::number));

    BOOST_REQUIRE(out.pushes.size() == 1u);
    const json_value push = *json_value::parse(out.pushes[0].body);
    BOOST_TEST(push.text_of("service") == "Password_Add_Service");
    BOOST_TEST((push.find("serviceid")->type() == json_value::kind::string));
    BOOST_TEST(push.text_of("serviceid") == reply.text_of("serviceid"));
    BOOST_TEST(push.find("result")->integer_of("ErrNo").value() == 1000);
    BOOST_TEST(out.pushes[0].registered_url == "https://hub.example.com/in/dd/k7Qm2/result");

    BOOST_TEST(a.passwords().find("1001")->integer_of("operation_stage").value() == 1);
    a.now = out.pushes[0].at;
    BOOST_TEST(a.passwords().find("1001")->integer_of("operation_stage").value() == 3);
    BOOST_TEST(a.passwords().find("1001")->text_of("name") == "action-1");
}

BOOST_AUTO_TEST_CASE(tokens_are_checked_and_expire) {
    account a;
    BOOST_TEST(a.ask("GET", "get_lock_info", std::string("access_token=no&uuid=") + uuid).integer_of("ErrNo").value() ==
               101);
    a.cloud.expire_tokens(a.now);
    BOOST_TEST(a.ask("GET", "get_lock_info", "access_token=" + a.token + "&uuid=" + uuid).integer_of("ErrNo").value() ==
               102);
    BOOST_TEST(
        a.ask("POST", "access_token", R"({"client_id":"demo","client_secret":"wrong"})").integer_of("ErrNo").value() ==
        15001);
}

BOOST_AUTO_TEST_CASE(calls_the_document_does_not_allow_are_refused) {
    account a;
    BOOST_TEST(a.ask("GET", "add_password", "access_token=" + a.token).integer_of("ErrNo").value() == 14001);
    BOOST_TEST(a.ask("POST", "add_password", "access_token=" + a.token).integer_of("ErrNo").value() == 14001);
    BOOST_TEST(a.ask("POST", "open_the_door", "{}").integer_of("ErrNo").value() == 15051);
    BOOST_TEST(a.ask("GET", "get_lock_info", "access_token=" + a.token + "&uuid=unknown").integer_of("ErrNo").value() ==
               14015);
    const std::string short_pin = R"({"access_token":")" + a.token + R"(","uuid":")" + uuid +
                                  R"(","phonenumber":"1","is_default":0,"password":"4829"})";
    BOOST_TEST(a.ask("POST", "add_password", short_pin).integer_of("ErrNo").value() == 14001);
}

BOOST_AUTO_TEST_CASE(a_lost_reply_leaves_the_password_on_the_lock) {
    account a;
    BOOST_REQUIRE(a.cloud.board().set("lose_reply", "1x1").has_value());
    const answer out = a.add("action-1");
    BOOST_TEST(!out.response.has_value());
    BOOST_TEST(out.pushes.size() == 1u);
    a.now += std::chrono::seconds(1);
    BOOST_TEST(a.passwords().find("1001")->text_of("name") == "action-1");
    BOOST_TEST(a.add("action-2").response.has_value());
    BOOST_TEST(a.cloud.times_sent("action-1") == 1u);
}

BOOST_AUTO_TEST_CASE(a_dropped_call_does_nothing) {
    account a;
    BOOST_REQUIRE(a.cloud.board().set("drop", "1x1").has_value());
    const answer out = a.add("action-1");
    BOOST_TEST(!out.response.has_value());
    BOOST_TEST(out.pushes.empty());
    BOOST_TEST(a.cloud.times_sent("action-1") == 0u);
}

BOOST_AUTO_TEST_CASE(a_reordered_result_is_due_before_the_answer) {
    account a;
    BOOST_REQUIRE(a.cloud.board().set("reorder", "1").has_value());
    const answer out = a.add("action-1");
    BOOST_TEST(out.after_pushes);
    BOOST_REQUIRE(out.pushes.size() == 1u);
    BOOST_TEST((out.pushes[0].at == a.now));
}

BOOST_AUTO_TEST_CASE(a_failed_operation_reports_5101_without_an_id) {
    account a;
    BOOST_REQUIRE(a.cloud.board().set("fail_operation", "1").has_value());
    const answer out = a.add("action-1");
    const json_value push = *json_value::parse(out.pushes.at(0).body);
    BOOST_TEST(push.find("result")->integer_of("ErrNo").value() == 5101);
    BOOST_TEST(push.find("result")->find("id") == nullptr);
    a.now = out.pushes[0].at;
    BOOST_TEST(a.passwords().find("1001")->integer_of("operation_stage").value() == 2);
}

BOOST_AUTO_TEST_CASE(a_stuck_operation_runs_for_ever_and_a_lie_leaves_nothing) {
    account a;
    BOOST_REQUIRE(a.cloud.board().set("stuck", "1x1").has_value());
    BOOST_TEST(a.add("action-1").pushes.empty());
    a.now += std::chrono::hours(24);
    BOOST_TEST(a.passwords().find("1001")->integer_of("operation_stage").value() == 1);

    BOOST_REQUIRE(a.cloud.board().set("lie", "1x1").has_value());
    const answer lie = a.add("action-2");
    BOOST_TEST(json_value::parse(lie.response->body)->integer_of("ErrNo").value() == 0);
    BOOST_TEST(lie.pushes.empty());
    BOOST_TEST(a.passwords().members().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_lock_off_line_refuses_or_stays_silent_until_it_is_back) {
    account a;
    const auto off = a.cloud.set_online(uuid, false, a.now, a.random);
    BOOST_REQUIRE(off.size() == 1u);
    BOOST_TEST(off[0].name == "lockOfflineAlarm");
    BOOST_TEST(json_value::parse(a.add("action-1").response->body)->integer_of("ErrNo").value() == 5102);

    BOOST_REQUIRE(a.cloud.board().set("offline", "silent").has_value());
    const answer accepted = a.add("action-2");
    BOOST_TEST(json_value::parse(accepted.response->body)->integer_of("ErrNo").value() == 0);
    BOOST_TEST(accepted.pushes.empty());

    a.now += std::chrono::minutes(5);
    const auto on = a.cloud.set_online(uuid, true, a.now, a.random);
    BOOST_REQUIRE(on.size() == 2u);
    BOOST_TEST(on[0].name == "clearLockOfflineAlarm");
    BOOST_TEST(on[1].name == "Password_Add_Service");
    a.now = on[1].at;
    BOOST_TEST(a.passwords().find("1001")->integer_of("operation_stage").value() == 3);
}

BOOST_AUTO_TEST_CASE(deleting_freezing_and_updating_take_effect_when_the_lock_says_so) {
    account a;
    a.now = a.add("guest").pushes.at(0).at;
    const std::string target = R"({"access_token":")" + a.token + R"(","uuid":")" + uuid + R"(","password_id":"1001")";
    a.now = a.raw("POST", "frozen_password", target + "}").pushes.at(0).at;
    BOOST_TEST(a.passwords().find("1001")->integer_of("pwd_state").value() == 5);
    a.now = a.raw("POST", "unfrozen_password", target + "}").pushes.at(0).at;
    BOOST_TEST(a.passwords().find("1001")->integer_of("pwd_state").value() == 2);
    const answer update =
        a.raw("POST", "update_password", target + R"(,"password":"775533","phonenumber":"1","name":"next"})");
    BOOST_TEST(a.passwords().find("1001")->text_of("name") == "guest");
    BOOST_TEST(a.cloud.times_sent("next") == 1u);
    a.now = update.pushes.at(0).at;
    BOOST_TEST(a.passwords().find("1001")->text_of("name") == "next");
    const answer removal = a.raw("POST", "delete_password", target + "}");
    BOOST_TEST(json_value::parse(removal.pushes.at(0).body)->text_of("service") == "Password_Delete_Service");
    BOOST_TEST(a.passwords().find("1001") != nullptr);
    a.now = removal.pushes.at(0).at;
    BOOST_TEST(a.passwords().find("1001") == nullptr);
    BOOST_TEST(a.ask("POST", "delete_password", target + "}").integer_of("ErrNo").value() == 5006);
}

BOOST_AUTO_TEST_CASE(a_dynamic_password_holds_for_its_quarter_of_an_hour) {
    account a;
    const std::string query = "access_token=" + a.token + "&uuid=" + uuid;
    const json_value first = a.ask("GET", "get_dynamic_password_plaintext", query);
    BOOST_TEST(first.text_of("password").size() == 6u);
    BOOST_TEST(first.integer_of("invalid_time").value() > to_unix_ms(a.now));
    BOOST_TEST(a.ask("GET", "get_dynamic_password_plaintext", query).text_of("password") == first.text_of("password"));
    a.now += std::chrono::minutes(15);
    BOOST_TEST(a.ask("GET", "get_dynamic_password_plaintext", query).text_of("password") != first.text_of("password"));
}

BOOST_AUTO_TEST_CASE(events_never_share_their_time_and_repeats_are_byte_identical) {
    account a;
    const auto first = a.cloud.battery_alarm(uuid, 9, a.now, a.random);
    BOOST_REQUIRE(a.cloud.board().set("duplicate", "1").has_value());
    const auto second = a.cloud.battery_alarm(uuid, 9, a.now, a.random);
    BOOST_REQUIRE(first.size() == 1u);
    BOOST_REQUIRE(second.size() == 2u);
    BOOST_TEST(first[0].body != second[0].body);
    BOOST_TEST(second[0].body == second[1].body);
    BOOST_TEST(json_value::parse(first[0].body)->find("detail")->integer_of("battery_level").value() == 9);
}

BOOST_AUTO_TEST_CASE(a_history_upload_brings_old_openings) {
    account a;
    const auto pushes = a.cloud.upload_history(uuid, {1001, 1002}, a.now, a.random);
    const json_value push = *json_value::parse(pushes.at(0).body);
    const json_value* events = push.find("detail")->find("events");
    BOOST_REQUIRE(events != nullptr);
    BOOST_REQUIRE(events->items().size() == 2u);
    BOOST_TEST(events->items()[1].integer_of("time").value() == to_unix_ms(a.now - std::chrono::hours(1)));
    BOOST_TEST(events->items()[0].integer_of("sourceid").value() == 1001);
}

BOOST_AUTO_TEST_CASE(a_restored_cloud_knows_the_passwords_it_knew) {
    account a;
    a.now = a.add("guest").pushes.at(0).at;
    const json_value state = *json_value::parse(a.cloud.state_json(a.now));

    account b;
    b.cloud.restore(state);
    BOOST_TEST(b.passwords().find("1001")->text_of("name") == "guest");
    BOOST_TEST(b.passwords().find("1001")->integer_of("operation_stage").value() == 3);
    BOOST_TEST(json_value::parse(b.add("next").response->body)->integer_of("id").value() == 1002);
}

BOOST_AUTO_TEST_SUITE_END()
