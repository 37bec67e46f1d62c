// The simulated systems behind real sockets: what a fault looks like to whoever calls.
#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/program/simulation.hpp"
#include "tests/support/run_task.hpp"

using namespace lockhub;
using namespace lockhub::simulators;

namespace {

constexpr const char* uuid = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

// A cloud that pushes to a stand-in for the hub.
struct scene {
    simulation sim{1};
    cloud_server& cloud = sim.add_cloud({}, 0);
    pms_server& pms = sim.add_pms({}, 0);
    std::vector<std::string> pushed;
    plain_server hub{sim.io(), sim.group(), 0, [this](wire::http_request request) { return take(std::move(request)); }};
    std::string token;

    scene() {
        cloud.cloud().add_lock(uuid, "home", "room");
        cloud.pushes().set_hub_origin("http://127.0.0.1:" + std::to_string(hub.port()));
        const auto answer =
            post(cloud.port(), "/openapi/v1/access_token", R"({"client_id":"demo","client_secret":"demo-secret"})");
        token = wire::json_value::parse(answer->body)->text_of("access_token");
    }
    ~scene() {
        hub.stop();
        sim.io().restart();
        sim.end();
        sim.run();
    }

    task<std::optional<wire::http_response>> take(wire::http_request request) {
        pushed.push_back(request.url + " " + request.body);
        co_return json_response(R"({"ErrNo":0,"ErrMsg":"success","count":1})");
    }
    dispatch::transport_result post(std::uint16_t port, const std::string& path, const std::string& body) {
        wire::http_request request;
        request.url = "http://127.0.0.1:" + std::to_string(port) + path;
        request.body = body;
        dispatch::transport_options options;
        options.private_addresses = true;
        return test::run_task(sim.io(), sim.client().send(std::move(request), options));
    }
    dispatch::transport_result add_password() {
        return post(cloud.port(), "/openapi/v1/add_password",
                    R"({"access_token":")" + token + R"(","uuid":")" + uuid +
                        R"(","phonenumber":"1","is_default":0,"password":"482913","name":"x"})");
    }
    dispatch::transport_result turn(std::uint16_t port, const std::string& knobs) {
        return post(port, "/sim/knobs", knobs);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(simulators_test)

BOOST_AUTO_TEST_CASE(a_result_is_pushed_to_the_hub_at_the_registered_path) {
    scene s;
    BOOST_TEST(s.add_password()->status == 200);
    test::run_until(s.sim.io(), [&] { return s.cloud.pushes().under_way() == 0; });
    BOOST_REQUIRE(s.pushed.size() == 1u);
    BOOST_TEST(s.pushed[0].starts_with(R"(/in/dd/k7Qm2/result {"service":"Password_Add_Service")"));
}

BOOST_AUTO_TEST_CASE(a_reordered_result_has_been_taken_when_the_answer_comes) {
    scene s;
    BOOST_REQUIRE(s.turn(s.cloud.port(), R"({"reorder":1})")->status == 200);
    BOOST_TEST(s.add_password()->status == 200);
    BOOST_TEST(s.pushed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_dropped_call_and_a_lost_reply_look_alike_to_the_caller) {
    scene s;
    BOOST_REQUIRE(s.turn(s.cloud.port(), R"({"drop":"1x1"})")->status == 200);
    const auto dropped = s.add_password();
    BOOST_REQUIRE(!dropped.has_value());
    BOOST_TEST(dropped.error().maybe_sent);
    BOOST_TEST(s.cloud.cloud().times_sent("x") == 0u);

    BOOST_REQUIRE(s.turn(s.cloud.port(), R"({"lose_reply":"1x1"})")->status == 200);
    const auto lost = s.add_password();
    BOOST_REQUIRE(!lost.has_value());
    BOOST_TEST(lost.error().maybe_sent);
    BOOST_TEST(s.cloud.cloud().times_sent("x") == 1u);
}

BOOST_AUTO_TEST_CASE(a_push_is_repeated_until_it_is_acknowledged) {
    scene s;
    BOOST_REQUIRE(s.turn(s.cloud.port(), R"({"repush":5})")->status == 200);
    s.cloud.pushes().set_hub_origin("http://127.0.0.1:1");
    BOOST_TEST(
        s.post(s.cloud.port(), "/sim/battery", std::string(R"({"uuid":")") + uuid + R"(","percent":9})")->status ==
        200);
    s.cloud.pushes().set_hub_origin("http://127.0.0.1:" + std::to_string(s.hub.port()));
    test::run_until(s.sim.io(), [&] { return s.cloud.pushes().under_way() == 0; });
    BOOST_TEST(s.pushed.size() == 1u);
    const auto pushes = wire::json_value::parse(s.cloud.pushes().to_json(0));
    BOOST_TEST(pushes->find("pushes")->items().at(0).text_of("acknowledged") == "true");
}

BOOST_AUTO_TEST_CASE(a_pms_that_drops_closes_the_connection) {
    scene s;
    BOOST_REQUIRE(s.turn(s.pms.port(), R"({"drop":"1x1"})")->status == 200);
    const std::string form = signed_lockapi_form({{"actionId", "A1"}, {"code", "0"}}, {});
    BOOST_TEST(!s.post(s.pms.port(), "/callback/password", form).has_value());
    BOOST_TEST(s.post(s.pms.port(), "/callback/password", form)->body == R"({"code":0,"msg":"处理成功"})");
    BOOST_TEST(s.pms.pms().seen().size() == 2u);
}

BOOST_AUTO_TEST_CASE(control_calls_that_are_wrong_are_refused) {
    scene s;
    BOOST_TEST(s.turn(s.cloud.port(), R"({"dorp":1})")->status == 400);
    BOOST_TEST(s.turn(s.pms.port(), "no json")->status == 400);
    BOOST_TEST(s.post(s.cloud.port(), "/sim/open", R"({"uuid":"unknown"})")->status == 404);
    BOOST_TEST(s.post(s.cloud.port(), "/sim/nothing", std::string(R"({"uuid":")") + uuid + "\"}")->status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
