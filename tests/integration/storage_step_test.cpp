#include <boost/test/unit_test.hpp>

#include "tests/support/gateway_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_step_test)

namespace {

using namespace std::chrono_literals;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

struct hotel : gateway_hotel {
    std::string compute_pin(std::string pin, std::uint8_t key, std::optional<time_point> until) {
        auto request = action("101", key);
        request.pin = secret(std::move(pin));
        const auto id = call<action_id>([&](auto d) {
            store().record_answered_action(
                {.request = std::move(request), .note = "computed, lock off line", .pin_valid_until = until},
                std::move(d));
        });
        return id->value;
    }

    void enable(std::uint8_t key) {
        open_action(action("101", key));
        carry_out();
    }

    std::string state_of(const storage::action_opened& opened) {
        return text("SELECT state || ' ' || final_code || ' ' || message FROM actions WHERE action_id = '" +
                    opened.action.value + "'");
    }

    card_facts card_of(std::string lock_uuid) {
        return {.card_id = "03F56240",
                .lock_uuid = std::move(lock_uuid),
                .valid_from = clock.now(),
                .valid_until = clock.now() + 24h};
    }
};

// What the gateway numbers itself, this one does not; nor can it take a computed PIN back.
struct hotel_without_removal : hotel {
    hotel_without_removal() {
        auto traits = gateway_traits();
        traits.removes_offline_pins = false;
        serve({{account_id("gw"), traits}});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(every_pin_of_the_room_and_purpose_is_taken_back_one_call_after_the_other, hotel) {
    enable(1);
    const auto until = clock.now() + 5h;
    compute_pin("7654321", 2, until);
    const auto opened = open_action(disabling("101"));
    const auto online = lease_one("gw");
    BOOST_TEST((online.command.verb == command_verb::remove_pin));
    BOOST_TEST(online.command.credential_ref == "1");
    BOOST_TEST(!online.command.offline_pin);
    const auto settled = settle(done(online));
    BOOST_TEST(!settled->finished);
    BOOST_TEST((settled->action == action_state::open));
    const auto computed = lease_one("gw");
    BOOST_TEST(computed.action.value == opened.action.value);
    BOOST_TEST(computed.command.offline_pin);
    BOOST_TEST(computed.command.pin.reveal() == "7654321");
    BOOST_TEST((computed.command.valid_until == until));
    BOOST_TEST(settle(done(computed))->finished);
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    BOOST_TEST(number("SELECT COUNT(*) FROM credentials WHERE state = 'active'") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_room_without_a_pin_has_nothing_to_remove, hotel) {
    const auto opened = open_action(disabling("101"));
    BOOST_TEST((opened.what == kind::nothing_to_do));
    BOOST_TEST(state_of(opened).starts_with("succeeded 0"));
    BOOST_TEST(number("SELECT COUNT(*) FROM commands") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_pin_that_never_came_about_is_removed_without_a_call, hotel) {
    open_action(action("101", 1));
    const auto setting = lease_one("gw");
    const auto removal = open_action(disabling("101"));
    BOOST_TEST((removal.what == kind::opened));
    settle(rejected(setting, "no"));
    BOOST_TEST(lease_commands("gw").empty());
    BOOST_TEST(state_of(removal) == "succeeded 0 ");
    BOOST_TEST(number("SELECT sends FROM commands ORDER BY command_id DESC LIMIT 1") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_computed_pin_nobody_can_take_back_is_named_with_its_end, hotel_without_removal) {
    const auto until = clock.now() + 5h;
    compute_pin("7654321", 1, until);
    const auto refused = open_action(disabling("101"));
    BOOST_TEST((refused.what == kind::cannot_remove));
    BOOST_TEST((refused.pin_valid_until == until));
    BOOST_TEST(number("SELECT COUNT(*) FROM actions WHERE verb = 'remove_pin'") == 0);
    clock.set(until);
    BOOST_TEST((open_action(disabling("101")).what == kind::nothing_to_do));
}

BOOST_FIXTURE_TEST_CASE(what_can_be_taken_back_is_and_the_action_says_what_stays, hotel_without_removal) {
    enable(1);
    compute_pin("7654321", 2, clock.now() + 5h);
    const auto opened = open_action(disabling("101"));
    BOOST_TEST(carry_out().command.credential_ref == "1");
    BOOST_TEST(state_of(opened) == "failed -1 临时密码不能提前停用，将于 2026-11-22 17:00:00 自动失效");
    BOOST_TEST(number("SELECT COUNT(*) FROM commands WHERE verb = 'remove_pin'") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_refused_step_ends_the_action_and_the_next_request_goes_on_from_there, hotel) {
    enable(1);
    compute_pin("7654321", 2, clock.now() + 5h);
    const auto first = open_action(disabling("101"));
    carry_out();
    settle(rejected(lease_one("gw"), "门锁离线"));
    BOOST_TEST(state_of(first) == "failed -1 门锁离线");
    const auto second = open_action(disabling("101", 101));
    BOOST_TEST(carry_out().command.offline_pin);
    BOOST_TEST(state_of(second) == "succeeded 0 ");
}

BOOST_FIXTURE_TEST_CASE(a_pin_that_is_over_is_cleared_away_last_and_cannot_spoil_the_answer, hotel) {
    auto short_stay = action("101", 1);
    short_stay.valid_until = clock.now() + 1h;
    open_action(short_stay);
    BOOST_TEST(carry_out().command.credential_ref == "1");
    clock.advance(2h);
    enable(2);
    const auto opened = open_action(disabling("101"));
    BOOST_TEST(carry_out().command.credential_ref == "2");
    const auto expired = lease_one("gw");
    BOOST_TEST(expired.command.credential_ref == "1");
    BOOST_TEST((settle(rejected(expired, "门锁离线"))->action == action_state::succeeded));
    BOOST_TEST(state_of(opened) == "succeeded 0 门锁离线");
    BOOST_TEST(text("SELECT state FROM commands ORDER BY command_id DESC LIMIT 1") == "rejected");
}

BOOST_FIXTURE_TEST_CASE(what_is_over_is_nothing_to_do_while_the_lock_is_off_line, hotel) {
    auto short_stay = action("101", 1);
    short_stay.valid_until = clock.now() + 1h;
    open_action(short_stay);
    auto fine = done(lease_one("gw"));
    fine.lock.online = false;
    settle(fine);
    BOOST_TEST((open_action(disabling("101", 101)).what == kind::lock_offline));
    clock.advance(5h);
    push(event_push(event(event_kind::lock_offline, "rm-101"), 1, "gw"));
    BOOST_TEST((open_action(disabling("101", 102)).what == kind::nothing_to_do));
    clock.advance(1h);
    BOOST_TEST((open_action(disabling("101", 103)).what == kind::opened));
}

BOOST_FIXTURE_TEST_CASE(a_card_is_read_and_then_that_card_is_cleared, hotel) {
    const auto opened = open_action(card_action(command_verb::clear_card, "", 1));
    const auto reading = lease_one("gw");
    BOOST_TEST((reading.command.verb == command_verb::read_card));
    BOOST_TEST(reading.command.lock_uuid.empty());
    auto shown = done(reading);
    shown.card = card_of("rm-101");
    BOOST_TEST(!settle(shown)->finished);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
    const auto clearing = lease_one("gw");
    BOOST_TEST((clearing.command.verb == command_verb::clear_card));
    BOOST_TEST((clearing.command.card == shown.card));
    BOOST_TEST(clearing.command.lock_uuid == "rm-101");
    BOOST_TEST(settle(done(clearing))->finished);
    BOOST_TEST(last_payload() ==
               "actionId=" + opened.action.value +
                   "&code=0&startTime=2026-11-22+12%3A00%3A00&endTime=2026-11-23+12%3A00%3A00&roomId=101");
}

BOOST_FIXTURE_TEST_CASE(both_steps_survive_a_crash_between_them_and_in_them, hotel) {
    const auto opened = open_action(card_action(command_verb::clear_card, "", 1));
    const auto card = card_of("rm-101");
    carry_out_with(card);
    reopen();
    serve({{account_id("gw"), gateway_traits()}});
    allow({policy()});
    recover("hub-2");
    const auto clearing = lease_one("gw");
    BOOST_TEST((clearing.command.verb == command_verb::clear_card));
    BOOST_TEST((clearing.command.card == card));
    reopen();
    allow({policy()});
    recover("hub-3");
    const auto asking = lease_one("gw");
    BOOST_TEST((asking.state == command_state::probing));
    BOOST_TEST((asking.command.verb == command_verb::clear_card));
    BOOST_TEST((asking.command.card == card));
    settle(done(asking));
    BOOST_TEST(texts("SELECT verb || ' ' || state FROM commands ORDER BY command_id") ==
                   (words{"read_card done", "clear_card done"}),
               boost::test_tools::per_element());
    BOOST_TEST(texts("SELECT action_id FROM outbox") == (words{opened.action.value}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(nobody_else_uses_the_reader_between_two_steps, hotel) {
    open_action(card_action(command_verb::clear_card, "", 1));
    const auto waiting = open_action(card_action(command_verb::make_card, "101", 2));
    carry_out_with(card_of("rm-101"));
    BOOST_TEST((carry_out().command.verb == command_verb::clear_card));
    BOOST_TEST(lease_one("gw").action.value == waiting.action.value);
}

BOOST_FIXTURE_TEST_CASE(a_card_of_a_room_nobody_knows_is_not_cleared, hotel) {
    const auto opened = open_action(card_action(command_verb::clear_card, "", 1));
    carry_out_with(card_of("rm-999"));
    BOOST_TEST(lease_commands("gw").empty());
    BOOST_TEST(state_of(opened) == "failed -1 卡片所属房间未绑定");
    BOOST_TEST(
        last_payload().ends_with("&code=-1&startTime=2026-11-22+12%3A00%3A00&endTime=2026-11-23+12%3A00%3A00&roomId="));
}

BOOST_FIXTURE_TEST_CASE(no_card_on_the_reader_is_a_failure, hotel) {
    const auto opened = open_action(card_action(command_verb::read_card, "", 1));
    carry_out();
    BOOST_TEST(state_of(opened) == "failed -1 读卡器上没有可识别的卡片");
    BOOST_TEST(last_payload() == "actionId=" + opened.action.value + "&code=-1&endTime=&roomId=");
}

BOOST_FIXTURE_TEST_CASE(an_operators_word_on_a_first_step_ends_the_whole_action, hotel) {
    const auto opened = open_action(card_action(command_verb::clear_card, "", 1));
    auto unknown = done(lease_one("gw"));
    unknown.next = command_state::unverifiable;
    settle(unknown);
    call<storage::nothing>([&](auto d) {
        store().decide_action({.action = opened.action, .succeeded = true, .actor = "wang", .reason = "card is blank"},
                              std::move(d));
    });
    BOOST_TEST(state_of(opened).starts_with("succeeded 0"));
    BOOST_TEST(lease_commands("gw").empty());
}

BOOST_FIXTURE_TEST_CASE(an_operators_word_on_one_pin_leaves_the_others_to_be_removed, hotel) {
    enable(1);
    compute_pin("7654321", 2, clock.now() + 5h);
    const auto opened = open_action(disabling("101"));
    auto unknown = done(lease_one("gw"));
    unknown.next = command_state::unverifiable;
    settle(unknown);
    call<storage::nothing>([&](auto d) {
        store().decide_action({.action = opened.action, .succeeded = true, .actor = "wang", .reason = "tried it"},
                              std::move(d));
    });
    BOOST_TEST(text("SELECT state FROM actions WHERE action_id = '" + opened.action.value + "'") == "open");
    BOOST_TEST(carry_out().command.offline_pin);
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
