// Orders to open a door, carried by the command runner: within their time or never, and never twice.
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/support/commanding.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

struct one_door : one_room {
    action_id order() {
        storage::action_request request;
        request.pms = pms_id("alpha");
        request.hotel = hotel_no("h1");
        request.room = room_id("r1");
        request.method = "openDoor";
        request.request_key[0] = std::byte{++orders};
        request.verb = command_verb::open_door;
        request.callback = std::nullopt;
        return stored<storage::action_opened>([&](auto done) { store().open_action(request, std::move(done)); }).action;
    }

    std::uint8_t orders = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(door_order_test, one_door)

BOOST_AUTO_TEST_CASE(a_door_is_opened_by_one_call) {
    commanding hub(*this);
    hub.cloud.says("send", {"done"});
    hub.start();
    order();
    time.run_for(1h);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    BOOST_CHECK(hub.steps == std::vector{command_state::done});
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_door_whose_reply_was_lost_is_neither_asked_about_nor_opened_again) {
    commanding hub(*this);
    hub.cloud.answers("send", {lose_reply()});
    hub.start();
    order();
    time.run_for(24h);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    BOOST_TEST(hub.cloud.calls["ask"] == 0);
    BOOST_CHECK(hub.steps == std::vector{command_state::unverifiable});
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_door_is_not_opened_late_because_a_token_was_late) {
    commanding hub(*this);
    hub.cloud.answers("token", {delayed(14s, respond(200, "token T1 86400"))});
    hub.cloud.says("send", {"done"});
    order();
    time.run_for(10s);
    hub.start();
    time.run_for(1h);
    BOOST_TEST(hub.cloud.calls["token"] == 1);
    BOOST_TEST(hub.cloud.calls["send"] == 0);
    BOOST_CHECK(hub.steps == std::vector{command_state::expired});
    hub.end();
}

BOOST_AUTO_TEST_CASE(an_unreachable_cloud_is_tried_while_the_order_is_valid_and_not_after) {
    commanding hub(*this);
    hub.cloud.answers("send", {refuse_connection()});
    hub.start();
    order();
    time.run_for(limits::open_door_validity);
    const int tries = hub.cloud.calls["send"];
    BOOST_TEST(tries >= 2);
    hub.cloud.says("send", {"done"});
    time.run_for(1h);
    BOOST_TEST(hub.cloud.calls["send"] == tries);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_call_the_cloud_says_it_did_not_take_is_made_again_in_time) {
    commanding hub(*this);
    hub.cloud.says("send", {"later", "done"});
    hub.start();
    order();
    time.run_for(1min);
    BOOST_CHECK((hub.steps == std::vector{command_state::pending, command_state::done}));
    hub.end();
}

BOOST_AUTO_TEST_SUITE_END()
