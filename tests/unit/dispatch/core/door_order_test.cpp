// Orders to open a door: sent at once or never, and never a second time.
#include <boost/test/unit_test.hpp>

#include "dispatch/core/command_machine.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/access_texts.hpp"

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;
namespace event = lockhub::dispatch::command_event;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);
const command_rules rules;

storage::leased_command order(command_state state = command_state::sending) {
    storage::leased_command out;
    out.id = command_id(7);
    out.lease_token = 3;
    out.state = state;
    out.sends = 1;
    out.opened_at = start;
    out.command.verb = command_verb::open_door;
    return out;
}

storage::command_settlement step(const storage::leased_command& command, const command_event_type& what, duration age) {
    return settle_command(command, what, rules, start + age);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(door_order_test)

BOOST_AUTO_TEST_CASE(an_order_that_is_done_is_done_with_what_it_says_of_the_lock) {
    const auto out = step(order(), event::replied{reply::done{{.online = true, .battery_percent = 89}}}, 1s);
    BOOST_CHECK(out.next == command_state::done);
    BOOST_CHECK(out.lock.battery_percent == 89);
}

BOOST_AUTO_TEST_CASE(an_order_is_too_old_to_send_after_its_validity_where_other_commands_wait_on) {
    BOOST_CHECK(!expired_unsent(order(), rules, start + limits::open_door_validity - 1ms));
    BOOST_CHECK(expired_unsent(order(), rules, start + limits::open_door_validity));
    auto pin = order();
    pin.command.verb = command_verb::set_pin;
    BOOST_CHECK(!expired_unsent(pin, rules, start + limits::open_door_validity));
    const auto out = settle_expired(order());
    BOOST_CHECK(out.next == command_state::expired);
    BOOST_TEST(out.final_code == -1);
    BOOST_TEST(out.message == quhuhu::order_expired_text);
    BOOST_TEST(!out.count_attempt);
}

BOOST_AUTO_TEST_CASE(shorter_waits_of_the_configuration_hold_for_orders_too) {
    const command_rules hasty{.result_poll_after = 1s, .result_expires_after = 5s, .doubt_ends_after = 1h};
    BOOST_CHECK(expired_unsent(order(), hasty, start + 5s));
}

BOOST_AUTO_TEST_CASE(an_order_that_was_certainly_not_sent_is_tried_again_only_while_it_is_valid) {
    const auto again = step(order(), event::not_sent{"no connection"}, 1s);
    BOOST_CHECK(again.next == command_state::pending);
    BOOST_CHECK(again.due_at == start + 9s);
    const auto bounded = step(order(), event::not_sent{"the breaker is open", start + 10min}, 15s);
    BOOST_CHECK(bounded.due_at == start + limits::open_door_validity);
    BOOST_CHECK(step(order(), event::not_sent{"no connection"}, limits::open_door_validity).next ==
                command_state::expired);
    const auto refused = step(order(), event::replied{reply::retry{std::nullopt, "busy"}}, 21s);
    BOOST_CHECK(refused.next == command_state::expired);
}

BOOST_AUTO_TEST_CASE(an_order_whose_time_ran_out_before_its_first_byte_expires_uncounted) {
    const auto out = step(order(), event::too_late{}, 25s);
    BOOST_CHECK(out.next == command_state::expired);
    BOOST_TEST(!out.count_attempt);
}

BOOST_AUTO_TEST_CASE(an_order_whose_reply_is_lost_is_neither_asked_about_nor_sent_again) {
    const auto out = step(order(), event::reply_lost{"timeout"}, 1s);
    BOOST_CHECK(out.next == command_state::unverifiable);
    BOOST_TEST(out.message == quhuhu::door_unknown_text);
}

BOOST_AUTO_TEST_CASE(an_order_that_was_under_way_when_the_hub_died_is_left_to_an_operator) {
    const auto out = step(order(command_state::probing), event::cannot_ask{}, 1s);
    BOOST_CHECK(out.next == command_state::unverifiable);
    BOOST_TEST(out.message == quhuhu::door_unknown_text);
}

BOOST_AUTO_TEST_SUITE_END()
