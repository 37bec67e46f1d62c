// The simulated gateway behind a real socket, called by the hub's own client and codec, and turned over HTTP.
#include <boost/test/unit_test.hpp>

#include "schemas/gateway/cloud.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/simulators/program/simulation.hpp"
#include "tests/support/run_task.hpp"

using namespace lockhub;
using namespace lockhub::simulators;

namespace {

constexpr const char* room = "775032240849920";

struct scene {
    simulation sim{1};
    gateway_server& gateway = sim.add_gateway({}, 0);
    std::unique_ptr<lock_cloud> codec =
        gateway::make_cloud({.account = account_id("gw-1"),
                             .base_url = "http://127.0.0.1:" + std::to_string(gateway.port()),
                             .appid = gateway_registration().appid,
                             .appsecret = secret(gateway_registration().appsecret)});

    scene() { gateway.box().add_room(room, "1-101"); }
    ~scene() {
        sim.io().restart();
        sim.end();
        sim.run();
    }

    dispatch::transport_result send(wire::http_request request) {
        dispatch::transport_options options;
        options.private_addresses = true;
        return test::run_task(sim.io(), sim.client().send(std::move(request), options));
    }
    wire::json_value control(const std::string& path, const std::string& body) {
        wire::http_request request;
        request.url = "http://127.0.0.1:" + std::to_string(gateway.port()) + path;
        request.body = body;
        const auto answered = send(std::move(request));
        BOOST_REQUIRE(answered);
        BOOST_REQUIRE_EQUAL(answered->status, 200);
        return *wire::json_value::parse(answered->body);
    }
    dispatch::transport_result call(const vendor_command& what) { return send(*codec->encode(what, {}, {}, "")); }
};

vendor_command make_a_card() {
    vendor_command out;
    out.verb = command_verb::make_card;
    out.lock_uuid = room;
    out.valid_from = parse_china_time("2026-01-01 12:00:00");
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_gateway_test)

BOOST_AUTO_TEST_CASE(a_card_laid_on_the_reader_is_made_and_opens_the_door) {
    scene s;
    const auto id = s.control("/sim/card", R"({"put":""})").text_of("card");
    const auto what = make_a_card();
    const auto reply = s.codec->decode(what, *s.call(what), {});
    BOOST_REQUIRE(std::holds_alternative<reply::done>(reply));
    BOOST_TEST(std::get<reply::done>(reply).facts.card->card_id == id);
    const auto door = R"({"rm_id":")" + std::string(room) + R"(","card":")" + id + R"("})";
    BOOST_TEST(s.control("/sim/door", door).text_of("opens") == "true");
    BOOST_TEST(s.control("/sim/card", R"({"take":true})").text_of("card").empty());
}

BOOST_AUTO_TEST_CASE(a_lost_reply_leaves_the_caller_without_one_and_the_card_made) {
    scene s;
    s.gateway.box().put_card("AA");
    s.control("/sim/knobs", R"({"only_verb":"MarkRoomCard","lose_reply":"1x1"})");
    const auto what = make_a_card();
    BOOST_TEST(!s.call(what));
    const auto asked = s.send(*s.codec->encode_probe(what, {}, {}, ""));
    BOOST_REQUIRE(asked);
    BOOST_TEST(std::holds_alternative<probe::done>(s.codec->decode_probe(what, *asked)));
}

BOOST_AUTO_TEST_CASE(rooms_go_off_line_and_are_added_over_http) {
    scene s;
    s.control("/sim/room", R"({"rm_id":"2","rm_name":"1-102"})");
    s.control("/sim/battery", R"({"rm_id":"2","percent":7})");
    s.control("/sim/online", R"({"rm_id":"2","online":false})");
    BOOST_TEST(s.gateway.box().find_room("2")->battery_percent == 7);
    BOOST_TEST(!s.gateway.box().find_room("2")->online);
    BOOST_TEST(s.control("/sim/door", R"({"rm_id":"2","pin":"123456"})").text_of("opens") == "false");
}

BOOST_AUTO_TEST_SUITE_END()
