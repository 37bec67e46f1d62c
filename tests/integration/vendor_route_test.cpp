// POST /operator/vendor/call on virtual time: what is asked for, what reaches the lock cloud, what is on record.
#include "hub/routes/vendor_route.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/dingding/cloud.hpp"
#include "tests/support/commanding.hpp"
#include "tests/support/sql_reader.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const lock_cloud> dingding_account() {
    return dingding::make_cloud({.account = account_id("dd-main"),
                                 .event_url = "https://hub.example.com/e",
                                 .result_url = "https://hub.example.com/r",
                                 .sign = dingding::sign_policy::required,
                                 .base_url = "https://lockapi.example.com/openapi/v1",
                                 .client_id = "made-up-client",
                                 .client_secret = secret("made-up-secret")});
}

struct vendor_world : one_room {
    vendor_world() {
        hub.account = {dingding_account(), false};
        hub.cloud.says("access_token", {R"({"ErrNo":0,"access_token":"token-T1","expires_time":1895320000})"});
        hub.network.set_script([this](const wire::http_request& request) {
            rows_at_call.push_back(audit("SELECT COUNT(*) FROM audit WHERE verb = 'vendor_call'").at(0).at(0));
            auto plain = request;
            plain.url = request.url.substr(0, request.url.find('?'));
            return hub.cloud(plain);
        });
        hub.start();
        desk.set_clouds({hub.account.cloud});
    }
    ~vendor_world() { hub.end(); }

    std::vector<sql_row> audit(const std::string& statement) const { return sql(database(), statement); }
    std::vector<sql_row> records() const {
        return audit("SELECT actor, subject, reason FROM audit WHERE verb = 'vendor_call' ORDER BY audit_id");
    }

    hub::response post(std::string body, std::string bearer = "Bearer operator-token") {
        hub::response answer;
        hub::request request;
        request.body = body;
        request.authorization = bearer;
        request.client_address = "unix:";
        bool done = false;
        hub.group.spawn(
            "post",
            [](hub::vendor_route& to, const hub::request& in, hub::response& out, bool& ended) -> dispatch::task<void> {
                co_await to.handle(in, out);
                ended = true;
            }(route, request, answer, done));
        BOOST_REQUIRE(time.run_until([&] { return done; }, 2min));
        return answer;
    }

    std::string add_password(bool confirmed, std::string extra = "") {
        return R"({"account":"dd-main","method":"add_password","fields":{"uuid":"0a1b","is_default":"0",)"
               R"("password":"482913"},"actor":"cli:alice")" +
               std::string(confirmed ? R"(,"confirmed":true)" : "") + extra + "}";
    }

    static hub::operator_services services_for(stored_world& world) {
        hub::operator_services services;
        services.store = &world.store();
        services.time = &world.time;
        services.token = secret("operator-token");
        return services;
    }

    commanding hub{*this};
    hub::vendor_desk desk{*hub.runner, store(), time};
    hub::vendor_route route{std::make_shared<const hub::operator_services>(services_for(*this)), desk};
    std::vector<std::string> rows_at_call;  // audit rows that were durable when the request reached the cloud
};

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(vendor_route_test, vendor_world)

BOOST_AUTO_TEST_CASE(a_change_is_on_record_before_it_is_called_and_its_answer_after) {
    hub.cloud.says("add_password", {R"({"ErrNo":0,"ErrMsg":"success","id":1015,"serviceid":700,"password":"482913"})"});
    const auto answer = post(add_password(true));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body ==
               R"({"outcome":"done","code":0,"message":"success","answer":{"ErrNo":0,"ErrMsg":"success","id":1015,)"
               R"("serviceid":700,"password":"******"}})");
    BOOST_TEST(hub.cloud.calls["add_password"] == 1);
    BOOST_TEST(rows_at_call.back() == "1");
    const std::string subject = "dd-main add_password uuid=0a1b is_default=0 password=******";
    BOOST_CHECK((records() ==
                 std::vector<sql_row>{{"cli:alice", subject, "is called"}, {"cli:alice", subject, "done 0: success"}}));
}

BOOST_AUTO_TEST_CASE(a_change_nobody_confirmed_is_not_called_and_not_on_record) {
    const auto answer = post(add_password(false));
    BOOST_TEST(answer.status == 409);
    BOOST_TEST(contains(answer.body, "add_password changes something"));
    BOOST_TEST(hub.network.requests().empty());
    BOOST_TEST(records().empty());
}

BOOST_AUTO_TEST_CASE(a_method_that_reads_leaves_one_record_with_what_came_of_it) {
    hub.cloud.says("get_default_password_plaintext", {R"({"ErrNo":0,"ErrMsg":"ok","password":"770011"})"});
    const auto answer = post(
        R"({"account":"dd-main","method":"get_default_password_plaintext","fields":{"uuid":"0a1b"},"actor":"cli:bob"})");
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(!contains(answer.body, "770011"), answer.body);
    BOOST_CHECK((records() ==
                 std::vector<sql_row>{{"cli:bob", "dd-main get_default_password_plaintext uuid=0a1b", "done 0: ok"}}));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_an_answer_with_its_code_and_hides_what_it_repeats) {
    hub.cloud.says("add_password", {R"({"ErrNo":14001,"ErrMsg":"482913 with token-T1 is bad"})"});
    const auto answer = post(add_password(true));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(contains(answer.body, R"("outcome":"refused","code":14001,"message":"****** with ****** is bad")"));
    BOOST_TEST(!contains(answer.body, "482913"), answer.body);
    BOOST_TEST(!contains(answer.body, "token-T1"), answer.body);
    BOOST_TEST(contains(answer.body, R"("meaning":{"english":"a parameter is wrong","chinese":"参数有误",)"
                                     R"("advice":"check_request")"));
    BOOST_TEST(records().back().back() == "refused 14001: ****** with ****** is bad");
}

BOOST_AUTO_TEST_CASE(a_refused_token_is_renewed_once_and_the_call_made_again) {
    hub.cloud.says("access_token", {R"({"ErrNo":0,"access_token":"token-T1","expires_time":1895320000})",
                                    R"({"ErrNo":0,"access_token":"token-T2","expires_time":1895320000})"});
    hub.cloud.says("add_password", {R"({"ErrNo":102})", R"({"ErrNo":0,"id":1015})"});
    BOOST_TEST(contains(post(add_password(true)).body, R"("outcome":"done")"));
    BOOST_TEST(hub.cloud.bodies["add_password"].size() == 2u);
    BOOST_TEST(contains(hub.cloud.bodies["add_password"].back(), "token-T2"));
    BOOST_TEST(records().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_lost_answer_to_a_change_says_that_it_may_have_been_carried_out) {
    hub.cloud.answers("add_password", {lose_reply()});
    const auto answer = post(add_password(true));
    BOOST_TEST(answer.status == 503);
    BOOST_TEST(contains(answer.body, "may have been carried out"));
    BOOST_TEST(hub.cloud.calls["add_password"] == 1);
    BOOST_TEST(records().back().back().starts_with("the answer was lost"));
}

BOOST_AUTO_TEST_CASE(a_cloud_that_cannot_be_reached_is_left_alone_by_the_breaker) {
    hub.cloud.says("access_token", {R"({"ErrNo":0,"access_token":"token-T1","expires_time":1895320000})"});
    hub.cloud.answers("add_password", {refuse_connection()});
    int calls = 0;
    for (int i = 0; i < 20; ++i) {
        const auto answer = post(add_password(true));
        BOOST_TEST(answer.status == 503);
        BOOST_TEST(records().back().back().starts_with("not called"));
        if (hub.cloud.calls["add_password"] == calls) break;
        calls = hub.cloud.calls["add_password"];
    }
    BOOST_TEST(calls > 0);
    BOOST_TEST(calls < 20);
}

BOOST_AUTO_TEST_CASE(a_dry_run_shows_the_request_without_its_secrets_and_sends_nothing) {
    const auto answer = post(add_password(false, R"(,"dry_run":true)"));
    BOOST_TEST(answer.status == 200);
    const auto shown = wire::json_value::parse(answer.body).value();
    BOOST_TEST(shown.text_of("url") == "https://lockapi.example.com/openapi/v1/add_password");
    BOOST_TEST(shown.text_of("body") ==
               R"({"access_token":"******","uuid":"0a1b","phonenumber":"130****0000","is_default":0,)"
               R"("password":"******"})");
    BOOST_TEST(hub.network.requests().empty());
    BOOST_TEST(records().empty());
}

BOOST_AUTO_TEST_CASE(mistakes_are_named_and_nothing_is_called) {
    const struct {
        std::string body, part;
        int status;
    } cases[] = {
        {"{", "no JSON", 400},
        {"[]", "must be a JSON object", 400},
        {R"({"method":"add_home"})", "'account' must be", 400},
        {R"({"account":"dd-main"})", "'method' must be", 400},
        {R"({"account":"dd-main","method":"add_home","field":{}})", "unknown member 'field', did you mean 'fields'?",
         400},
        {R"({"account":"dd-main","method":"add_home","fields":[]})", "'fields' must be an object", 400},
        {R"({"account":"dd-main","method":"add_home","confirmed":"yes"})", "'confirmed' must be true or false", 400},
        {R"({"account":"dd-mian","method":"add_home"})", "no account 'dd-mian' is configured, did you mean 'dd-main'?",
         404},
        {R"({"account":"dd-main","method":"add_hme"})", "no method 'add_hme', did you mean 'add_home'?", 404},
        {R"({"account":"dd-main","method":"add_home","confirmed":true})", "add_home: 'home_id' is missing", 400},
    };
    for (const auto& each : cases) {
        const auto answer = post(each.body);
        BOOST_TEST(answer.status == each.status, each.body);
        BOOST_TEST(contains(wire::json_value::parse(answer.body).value().text_of("error"), each.part), answer.body);
    }
    BOOST_TEST(post(add_password(true), "Bearer wrong").status == 401);
    BOOST_TEST(hub.network.requests().empty());
    BOOST_TEST(records().empty());
}

BOOST_AUTO_TEST_CASE(fields_may_be_numbers_lists_and_objects) {
    hub.cloud.says("find_home_states", {R"({"ErrNo":0,"result":{}})"});
    const auto answer =
        post(R"({"account":"dd-main","method":"find_home_states","fields":{"home_id":["h-1", "h-2"]}})");
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(hub.cloud.bodies["find_home_states"].at(0) == R"({"access_token":"token-T1","home_id":["h-1","h-2"]})");
}

BOOST_AUTO_TEST_SUITE_END()
