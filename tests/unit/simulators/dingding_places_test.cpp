#include "tests/simulators/dingding_places.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/dingding_cloud.hpp"

using namespace lockhub;
using namespace lockhub::simulators;
using wire::json_value;

namespace {

struct account {
    dingding_cloud cloud{{}};
    random_source random{1};
    time_point now = from_unix_ms(1'760'000'000'000);
    std::string token;

    account() {
        token = ask("access_token", R"("client_id":"demo","client_secret":"demo-secret")").text_of("access_token");
    }
    std::optional<json_value> send(wire::http_request request) {
        const auto out = cloud.handle(request, now, random);
        if (!out.response) return std::nullopt;
        return json_value::parse(out.response->body).value();
    }
    json_value ask(const std::string& verb, const std::string& members) {
        const auto name = verb == "access_token" ? std::string() : R"("access_token":")" + token + "\",";
        auto said = send({.method = "POST",
                          .url = "http://h/openapi/v1/" + verb,
                          .headers = {},
                          .body = "{" + name + members + "}"});
        BOOST_REQUIRE(said.has_value());
        return *said;
    }
    json_value get(const std::string& verb, const std::string& query) {
        return *send({.method = "GET",
                      .url = "http://h/openapi/v1/" + verb + "?accesst_token=" + token + query,
                      .headers = {},
                      .body = {}});
    }
    std::int64_t code(const std::string& verb, const std::string& members) {
        return ask(verb, members).integer_of("ErrNo").value();
    }
};

constexpr const char* home = R"("home_id":"H1")";
constexpr const char* room = R"("home_id":"H1","room_id":"r1","room_name":"801","room_description":"标准间")";
constexpr const char* order = R"("home_id":"H1","date":1764000000,"time":101,"name":"张三","phone":"13912345678")";

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_dingding_places_test)

BOOST_AUTO_TEST_CASE(a_home_is_made_once_changed_and_deleted_with_a_service_to_wait_for) {
    account a;
    BOOST_TEST(a.code("update_home", home) == 15006);
    BOOST_TEST(a.code("add_home", R"("home_id":"H1","home_name":"酒店","location":"西湖区")") == 0);
    BOOST_TEST(a.code("add_home", home) == 11000);
    BOOST_TEST(a.code("add_home", "\"home_name\":\"x\"") == 14001);
    BOOST_TEST(a.code("update_home", R"("home_id":"H1","sp_state":2)") == 0);
    BOOST_TEST(a.code("update_home", R"("home_id":"H1","sp_state":7)") == 14001);
    BOOST_TEST(a.cloud.places().homes().at("H1").location == "西湖区");
    const auto state = a.get("find_home_state", "&home_id=H1");
    BOOST_TEST(state.find("result")->integer_of("sp_state").value() == 2);
    BOOST_TEST(state.find("result")->integer_of("install_state").value() == 4);
    BOOST_TEST(a.ask("del_home", home).text_of("serviceid") == "700000100");
    BOOST_TEST(a.code("find_home_state", home) == 15006);
    BOOST_TEST(a.code("del_home", home) == 15006);
}

BOOST_AUTO_TEST_CASE(rooms_stand_in_a_home_and_take_their_lock_with_them) {
    account a;
    BOOST_TEST(a.code("add_room", room) == 15006);
    a.code("add_home", home);
    BOOST_TEST(a.ask("add_room", room).text_of("room_id") == "r1");
    BOOST_TEST(a.code("add_room", room) == 11000);
    BOOST_TEST(a.code("add_room", R"("home_id":"H1","room_id":"r2","room_name":"802")") == 14001);
    BOOST_TEST(a.code("update_room", R"("home_id":"H1","room_id":"r9","room_name":"9","room_description":"9")") ==
               15012);
    BOOST_TEST(a.code("update_room", R"("home_id":"H1","room_id":"r1","room_name":"8-01","room_description":"x")") ==
               0);
    BOOST_TEST(a.cloud.places().homes().at("H1").rooms.at("r1").name == "8-01");
    a.cloud.add_lock("u1", "H1", "r1", "801");
    BOOST_TEST(a.code("del_room", R"("room_id":"r1")") == 0);
    BOOST_TEST(a.cloud.find_lock("u1") == nullptr);
    BOOST_TEST(a.code("del_room", R"("room_id":"r1")") == 15012);
    BOOST_TEST(a.code("del_room", R"("home_id":"H9","room_id":"r1")") == 15006);
}

BOOST_AUTO_TEST_CASE(homes_are_asked_about_in_both_spellings) {
    account a;
    a.code("add_home", home);
    a.cloud.add_lock("u2", "H2", "r2", "201");
    const auto states = a.ask("find_home_states", R"("home_ids":["H1","H2","H9"])");
    BOOST_TEST(states.find("result")->members().size() == 2u);
    BOOST_TEST(states.find("result")->find("H2")->integer_of("install_state").value() == 5);
    BOOST_TEST(a.get("find_home_device", "&home_id=H1").find("result")->items().empty());
    BOOST_TEST(a.ask("find_home_device", R"("home_id":"H2")").find("result")->items().size() == 2u);
    BOOST_TEST(a.code("find_home_device", R"("home_id":"H9")") == 15006);
    const auto devices = a.ask("find_home_devices", R"("home_id":["H2"],"home_ids":["H2"])");
    BOOST_TEST(devices.find("result")->find("H2")->items()[1].text_of("uuid") == "u2");
    BOOST_TEST(a.get("get_center_info", "&home_id=H2").text_of("uuid") == "gateway-H2");
    BOOST_TEST(a.get("get_center_info", "&uuid=gateway-H1").integer_of("ErrNo").value() == 15006);
}

BOOST_AUTO_TEST_CASE(an_installation_is_ordered_once_and_stays_as_it_is_when_confirmed) {
    account a;
    BOOST_TEST(a.code("order_add", order) == 15006);
    a.code("add_home", home);
    BOOST_TEST(a.code("order_update", home) == 15006);
    BOOST_TEST(a.code("order_add", R"("home_id":"H1","date":1764000000,"time":99,"name":"n","phone":"1")") == 14001);
    BOOST_TEST(a.code("order_add", order) == 0);
    BOOST_TEST(a.code("order_add", order) == 11000);
    BOOST_TEST(a.code("order_update", R"("home_id":"H1","time":103)") == 0);
    const auto found = a.ask("find_orders", R"("home_id":["H1","H9"])");
    const auto* one = found.find("result")->find("H1");
    BOOST_REQUIRE(one != nullptr);
    BOOST_TEST(one->integer_of("stage").value() == 1);
    BOOST_TEST(one->find("demander")->integer_of("expect_time").value() == 103);
    BOOST_TEST(one->find("demander")->text_of("name") == "张三");
    BOOST_TEST(a.cloud.confirm_order(json_value::parse(R"({"home_id":"H1","name":"李师傅"})").value(), a.now));
    BOOST_TEST(a.code("order_update", R"("home_id":"H1","time":102)") == 15014);
    BOOST_TEST(a.cloud.places().homes().at("H1").install_state == 3);
}

BOOST_AUTO_TEST_CASE(openings_are_counted_under_both_names) {
    account a;
    a.cloud.add_lock("u2", "H2", "r2", "201");
    a.cloud.open_by_pin("u2", 1001, a.now, a.random);
    BOOST_TEST(a.get("count_lock_events", "&uuid=u2").integer_of("count").value() == 1);
    BOOST_TEST(a.get("count_lock_envents", "&uuid=u2&start_time=1760000100").integer_of("count").value() == 0);
}

BOOST_AUTO_TEST_CASE(faults_strike_homes_and_rooms_too_and_the_cloud_remembers) {
    account a;
    const auto turn = [&](const char* knob) { BOOST_REQUIRE(a.cloud.board().set_assignment(knob).has_value()); };
    turn("lie=1x1");
    BOOST_TEST(a.code("add_home", home) == 0);
    BOOST_TEST(!a.cloud.places().homes().contains("H1"));
    turn("lose_reply=1x1");
    BOOST_TEST(!a.send({.method = "POST",
                        .url = "http://h/openapi/v1/add_home",
                        .headers = {},
                        .body = R"({"access_token":")" + a.token + R"(","home_id":"H1"})"})
                    .has_value());
    BOOST_TEST(a.cloud.places().homes().contains("H1"));
    a.code("add_room", room);
    dingding_cloud later{{}};
    later.restore(json_value::parse(a.cloud.state_json(a.now)).value());
    BOOST_TEST(later.places().homes().at("H1").rooms.at("r1").name == "801");
}

BOOST_AUTO_TEST_SUITE_END()
