// Orders to open a door in the store: they wait their turn at the lock, but never longer than they are valid.
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/support/access_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_door_test)

namespace {

using namespace std::chrono_literals;
using enum command_verb;
using kind = storage::action_opened::kind;

struct door_hotel : access_hotel {
    storage::action_opened order() {
        auto request = giving(open_door, "");
        request.callback = std::nullopt;
        return open_action(request);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_door_opens_and_no_callback_was_promised, door_hotel) {
    const auto opened = order();
    const auto leased = carry_out();
    BOOST_TEST((leased.command.verb == open_door));
    BOOST_TEST(leased.command.lock_uuid == "rm-101");
    BOOST_TEST(leased.command.credential_ref.empty());
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_could_not_be_sent_in_time_expires_and_is_never_leased, door_hotel) {
    const auto late = order();
    clock.advance(limits::open_door_validity);
    BOOST_TEST(lease_commands("gw").empty());
    BOOST_TEST(state_of(late) == "expired -1 开门指令超时，未下发");
    BOOST_TEST(number("SELECT sends FROM commands") == 0);
}

BOOST_FIXTURE_TEST_CASE(an_order_within_its_time_is_leased, door_hotel) {
    order();
    clock.advance(limits::open_door_validity - 1ms);
    BOOST_TEST((lease_one("gw").command.verb == open_door));
}

BOOST_FIXTURE_TEST_CASE(an_order_behind_a_slow_command_expires_in_time_and_the_lane_goes_on, door_hotel) {
    open_action(action("101", 200));
    const auto slow = lease_one("gw");
    command_hints.clear();
    const auto waiting = order();
    BOOST_REQUIRE(!command_hints.empty());
    BOOST_TEST((command_hints.back().due_at == clock.now() + limits::open_door_validity));
    const auto behind = open_action(giving(upload_face, "G1"));
    clock.advance(limits::open_door_validity);
    BOOST_TEST(lease_commands("gw").empty());
    BOOST_TEST(state_of(waiting).starts_with("expired"));
    settle(done(slow));
    BOOST_TEST((carry_out().command.verb == upload_face));
    BOOST_TEST(state_of(behind) == "succeeded 0 ");
}

BOOST_FIXTURE_TEST_CASE(the_next_lease_is_hinted_no_later_than_an_order_expires, door_hotel) {
    open_action(action("101", 200));
    lease_one("gw");
    order();
    const auto expires = clock.now() + limits::open_door_validity;
    clock.advance(1s);
    command_hints.clear();
    lease_commands("gw");
    BOOST_REQUIRE(!command_hints.empty());
    BOOST_TEST((command_hints.back().due_at == expires));
}

BOOST_FIXTURE_TEST_CASE(an_order_in_doubt_blocks_nobody_and_the_same_request_is_a_new_order, door_hotel) {
    auto request = giving(open_door, "");
    const auto first = open_action(request);
    leave_in_doubt("门是否打开未知");
    BOOST_TEST(state_of(first) == "unverifiable  门是否打开未知");
    const auto second = open_action(request);
    BOOST_TEST((second.what == kind::opened));
    BOOST_TEST(carry_out().action.value == second.action.value);
    decide(first, true);
    BOOST_TEST(state_of(first).starts_with("succeeded 0"));
}

BOOST_FIXTURE_TEST_CASE(an_order_under_way_when_the_hub_died_is_asked_about_and_never_sent_again, door_hotel) {
    order();
    lease_one("gw");
    reopen();
    set_up_accounts();
    recover("hub-2");
    const auto asking = lease_one("gw");
    BOOST_TEST((asking.state == command_state::probing));
    BOOST_TEST(asking.sends == 1U);
}

BOOST_FIXTURE_TEST_CASE(orders_do_not_take_the_place_of_each_other, door_hotel) {
    const auto first = order();
    const auto second = order();
    carry_out();
    carry_out();
    BOOST_TEST(state_of(first) == "succeeded 0 ");
    BOOST_TEST(state_of(second) == "succeeded 0 ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
