#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_freeze_test)

namespace {

using namespace std::chrono_literals;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

// A cloud that names the PINs itself and freezes them.
cloud_traits freezing_traits() {
    using enum command_verb;
    cloud_traits out;
    out.verbs = {set_pin, replace_pin, remove_pin, freeze_pin, unfreeze_pin};
    return out;
}

struct hotel : store_rig {
    hotel() {
        import({room_row("101", "lock-1")});
        serve({{account_id("dd"), freezing_traits()}});
        allow({policy()});
    }

    storage::action_opened ask(command_verb verb, std::uint8_t key, bool manage = false) {
        auto request = action("101", key);
        request.verb = verb;
        request.manage = manage;
        request.method = verb == command_verb::freeze_pin ? "freezeGuestPwd" : "unfreezeGuestPwd";
        request.pin = {};
        return open_action(std::move(request));
    }

    storage::leased_command carry_out(std::string ref = {}) {
        auto leased = lease_one();
        settle(done(leased, std::move(ref)));
        return leased;
    }

    void enable(std::uint8_t key, std::string ref) {
        open_action(action("101", key));
        carry_out(std::move(ref));
    }

    void enable_and_freeze() {
        enable(1, "1015");
        ask(command_verb::freeze_pin, 2);
        carry_out();
    }

    storage::pin_known reveal() {
        return *call<storage::pin_known>([&](auto d) {
            store().reveal_pin({.pms = pms_id("demopms"),
                                .hotel = hotel_no("H1"),
                                .room = room_id("101"),
                                .manage = false,
                                .method = "queryGuestPwd",
                                .operator_guid = "op-1",
                                .operator_name = "wang"},
                               std::move(d));
        });
    }

    std::string state_of(const storage::action_opened& opened) {
        return text(
            "SELECT state || ' ' || COALESCE(final_code, '') || ' ' || message FROM actions WHERE action_id = '" +
            opened.action.value + "'");
    }
    std::int64_t frozen() { return number("SELECT frozen FROM credentials WHERE state = 'active'"); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_pin_is_frozen_and_unfrozen_by_its_reference_and_the_hub_knows_it, hotel) {
    enable(1, "1015");
    BOOST_TEST(!reveal().frozen);
    const auto freezing = ask(command_verb::freeze_pin, 2);
    BOOST_TEST((freezing.what == kind::opened));
    const auto leased = carry_out();
    BOOST_TEST((leased.command.verb == command_verb::freeze_pin));
    BOOST_TEST(leased.command.credential_ref == "1015");
    BOOST_TEST(state_of(freezing) == "succeeded 0 ");
    BOOST_TEST(text("SELECT payload FROM outbox ORDER BY delivery_id DESC LIMIT 1") ==
               "actionId=" + freezing.action.value + "&code=0");
    BOOST_TEST(frozen() == 1);
    BOOST_TEST(reveal().frozen);
    ask(command_verb::unfreeze_pin, 3);
    BOOST_TEST((carry_out().command.verb == command_verb::unfreeze_pin));
    BOOST_TEST(frozen() == 0);
    BOOST_TEST(!reveal().frozen);
}

BOOST_FIXTURE_TEST_CASE(a_frozen_pin_is_known_as_such_when_its_result_is_pushed, hotel) {
    enable(1, "1015");
    ask(command_verb::freeze_pin, 2);
    settle(taken(lease_one(), "700", clock.now() + 60s));
    BOOST_TEST(frozen() == 0);
    push(result_push({.service = "Password_Frozen_Service",
                      .ref = "700",
                      .device_uuid = "lock-1",
                      .ok = true,
                      .code = 1000,
                      .credential_ref = "1015"},
                     1));
    BOOST_TEST(frozen() == 1);
}

BOOST_FIXTURE_TEST_CASE(without_a_pin_of_that_purpose_there_is_nothing_to_freeze, hotel) {
    BOOST_TEST((ask(command_verb::freeze_pin, 1).what == kind::no_such_pin));
    enable(2, "1015");
    BOOST_TEST((ask(command_verb::freeze_pin, 3, true).what == kind::no_such_pin));
    BOOST_TEST((ask(command_verb::unfreeze_pin, 4, true).what == kind::no_such_pin));
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_pin_that_is_over_cannot_be_frozen, hotel) {
    auto short_stay = action("101", 1);
    short_stay.valid_until = clock.now() + 1h;
    open_action(short_stay);
    carry_out("1015");
    clock.advance(1h);
    BOOST_TEST((ask(command_verb::freeze_pin, 2).what == kind::no_such_pin));
}

BOOST_FIXTURE_TEST_CASE(a_pin_on_its_way_is_frozen_when_it_is_there, hotel) {
    open_action(action("101", 1));
    BOOST_TEST((ask(command_verb::freeze_pin, 2).what == kind::opened));
    BOOST_TEST((carry_out("1015").command.verb == command_verb::set_pin));
    BOOST_TEST(carry_out().command.credential_ref == "1015");
    BOOST_TEST(frozen() == 1);
}

BOOST_FIXTURE_TEST_CASE(a_pin_that_never_came_is_not_frozen_and_the_pms_gets_the_reason, hotel) {
    open_action(action("101", 1));
    const auto freezing = ask(command_verb::freeze_pin, 2);
    settle(rejected(lease_one(), "no"));
    BOOST_TEST(lease_commands("dd").empty());
    BOOST_TEST(state_of(freezing) == "failed -1 该房间没有有效的客人密码");
}

BOOST_FIXTURE_TEST_CASE(an_unsent_freezing_gives_way_to_an_unfreezing_and_the_reverse, hotel) {
    enable(1, "1015");
    const auto first = ask(command_verb::freeze_pin, 2);
    const auto second = ask(command_verb::unfreeze_pin, 3);
    BOOST_TEST(state_of(first) == "superseded -1 已被后续操作取代");
    const auto third = ask(command_verb::freeze_pin, 4);
    BOOST_TEST(state_of(second) == "superseded -1 已被后续操作取代");
    BOOST_TEST((carry_out().command.verb == command_verb::freeze_pin));
    BOOST_TEST(state_of(third) == "succeeded 0 ");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 4);
}

BOOST_FIXTURE_TEST_CASE(freezing_and_setting_do_not_supersede_each_other, hotel) {
    enable(1, "1015");
    const auto freezing = ask(command_verb::freeze_pin, 2);
    const auto enabling = open_action(action("101", 3));
    carry_out();
    carry_out();
    carry_out();
    BOOST_TEST(state_of(freezing) == "succeeded 0 ");
    BOOST_TEST(state_of(enabling) == "succeeded 0 ");
    BOOST_TEST(texts("SELECT verb FROM commands ORDER BY command_id") ==
                   (words{"set_pin", "freeze_pin", "replace_pin", "unfreeze_pin"}),
               boost::test_tools::per_element());
    BOOST_TEST(frozen() == 0);
}

BOOST_FIXTURE_TEST_CASE(the_same_request_again_finds_its_open_action_and_undoes_what_came_between, hotel) {
    enable(1, "1015");
    const auto first = ask(command_verb::freeze_pin, 2);
    const auto leased = lease_one();
    const auto between = ask(command_verb::unfreeze_pin, 3);
    const auto again = ask(command_verb::freeze_pin, 2);
    BOOST_TEST((again.what == kind::already_open));
    BOOST_TEST(again.action.value == first.action.value);
    BOOST_TEST(state_of(between).starts_with("superseded"));
    settle(done(leased));
    BOOST_TEST(frozen() == 1);
}

BOOST_FIXTURE_TEST_CASE(a_new_pin_in_the_place_of_a_frozen_one_is_unfrozen_as_a_second_step, hotel) {
    enable_and_freeze();
    const auto opened = open_action(action("101", 3));
    const auto replacing = lease_one();
    BOOST_TEST((replacing.command.verb == command_verb::replace_pin));
    BOOST_TEST(!settle(done(replacing, "1015"))->finished);
    BOOST_TEST(frozen() == 1);
    const auto unfreezing = lease_one();
    BOOST_TEST((unfreezing.command.verb == command_verb::unfreeze_pin));
    BOOST_TEST(unfreezing.command.credential_ref == "1015");
    BOOST_TEST(unfreezing.action.value == opened.action.value);
    BOOST_TEST(settle(done(unfreezing))->finished);
    BOOST_TEST(frozen() == 0);
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
}

BOOST_FIXTURE_TEST_CASE(the_pms_hears_of_the_acceptance_of_the_last_step_alone, hotel) {
    enable_and_freeze();
    open_action(action("101", 3));
    news.clear();
    settle(taken(lease_one(), "701", clock.now() + 60s));
    BOOST_TEST(news.empty());
    push(result_push({.service = "Password_Update_Service",
                      .ref = "701",
                      .device_uuid = "lock-1",
                      .ok = true,
                      .code = 1000,
                      .credential_ref = "1015"},
                     1));
    settle(taken(lease_one(), "702", clock.now() + 60s));
    BOOST_REQUIRE(news.size() == 1);
    BOOST_TEST(news[0].accepted);
}

BOOST_FIXTURE_TEST_CASE(a_second_step_that_is_refused_fails_the_action_and_the_pin_stays_frozen, hotel) {
    enable_and_freeze();
    const auto opened = open_action(action("101", 3));
    carry_out("1015");
    settle(rejected(lease_one(), "设备无响应"));
    BOOST_TEST(state_of(opened) == "failed -1 设备无响应");
    BOOST_TEST(frozen() == 1);
    open_action(action("101", 4));
    carry_out("1015");
    carry_out();
    BOOST_TEST(frozen() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_pin_set_anew_because_the_frozen_one_is_gone_needs_no_second_step, hotel) {
    enable_and_freeze();
    const auto opened = open_action(action("101", 3));
    auto gone = done(lease_one());
    gone.next = command_state::pending;
    gone.due_at = clock.now();
    gone.credential_gone = true;
    settle(gone);
    BOOST_TEST((carry_out("1015").command.verb == command_verb::set_pin));
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    BOOST_TEST(frozen() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_cloud_that_cannot_unfreeze_gets_no_second_step, hotel) {
    enable_and_freeze();
    auto traits = freezing_traits();
    traits.verbs = {command_verb::set_pin, command_verb::replace_pin, command_verb::remove_pin};
    serve({{account_id("dd"), traits}});
    const auto opened = open_action(action("101", 3));
    carry_out("1015");
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    BOOST_TEST((ask(command_verb::unfreeze_pin, 4).what == kind::not_served));
}

BOOST_FIXTURE_TEST_CASE(a_frozen_pin_is_removed_as_any_other, hotel) {
    enable_and_freeze();
    const auto opened = open_action(disabling("101"));
    const auto leased = carry_out();
    BOOST_TEST((leased.command.verb == command_verb::remove_pin));
    BOOST_TEST(leased.command.credential_ref == "1015");
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    enable(4, "1015");
    BOOST_TEST(frozen() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_freezing_under_way_is_a_change_under_way, hotel) {
    enable(1, "1015");
    BOOST_TEST(!reveal().change_under_way);
    ask(command_verb::freeze_pin, 2);
    BOOST_TEST(reveal().change_under_way);
    carry_out();
    BOOST_TEST(!reveal().change_under_way);
}

BOOST_FIXTURE_TEST_CASE(what_is_frozen_survives_a_restart, hotel) {
    enable_and_freeze();
    reopen();
    serve({{account_id("dd"), freezing_traits()}});
    BOOST_TEST(reveal().frozen);
}

BOOST_FIXTURE_TEST_CASE(a_lock_known_to_be_off_line_is_not_told_to_freeze, hotel) {
    enable(1, "1015");
    push(event_push(event(event_kind::lock_offline, "lock-1"), 5));
    BOOST_TEST((ask(command_verb::freeze_pin, 2).what == kind::lock_offline));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
