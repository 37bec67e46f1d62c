#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_action_test)

namespace {

using namespace std::chrono_literals;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

struct hotel : store_rig {
    hotel() {
        import({room_row("101", "lock-a"), room_row("102", "lock-b"), room_row("201", "")});
        allow({policy()});
    }

    storage::command_settlement step(const storage::leased_command& leased, command_state next) {
        storage::command_settlement out;
        out.id = leased.id;
        out.lease_token = leased.lease_token;
        out.next = next;
        out.due_at = clock.now() + 60s;
        return out;
    }

    storage::command_settlement accepted(const storage::leased_command& leased, std::string ref) {
        auto out = step(leased, command_state::awaiting);
        out.ref = std::move(ref);
        out.credential_ref = "1015";
        return out;
    }

    command_result result_of(std::string ref, bool ok = true, std::int64_t code = 1000) {
        return {.service = "Password_Add_Service",
                .ref = std::move(ref),
                .device_uuid = "lock-a",
                .ok = ok,
                .code = code,
                .credential_ref = ok ? "1015" : "",
                .about_lock = true};
    }

    std::string action_state_text() { return text("SELECT state FROM actions ORDER BY action_id LIMIT 1"); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_action_becomes_a_command_with_its_pin_and_mark, hotel) {
    auto request = action("101");
    request.valid_until = clock.now() + 24h;
    const auto opened = open_action(request);
    BOOST_TEST((opened.what == kind::opened));
    BOOST_TEST(opened.action.value.size() == 23U);
    BOOST_TEST(opened.lock_uuid == "lock-a");
    BOOST_TEST(command_hints.at(0).key == "dd");
    const auto leased = lease_commands("dd");
    BOOST_REQUIRE(leased.size() == 1U);
    const auto& command = leased[0];
    BOOST_TEST((command.state == command_state::sending));
    BOOST_TEST(command.sends == 1U);
    BOOST_TEST((command.command.verb == command_verb::set_pin));
    BOOST_TEST(command.command.pin.reveal() == "482915");
    BOOST_TEST(command.command.label == opened.action.value);
    BOOST_TEST(command.command.cloud_home_id == "home-H1");
    BOOST_TEST((command.command.valid_until == request.valid_until));
    BOOST_TEST(lease_commands("dd").empty());
    BOOST_TEST(number("SELECT instr(sealed_pin, CAST('482915' AS BLOB)) FROM actions") == 0);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_opened_is_named_and_writes_nothing, hotel) {
    BOOST_TEST((open_action(action("999")).what == kind::unknown_room));
    BOOST_TEST((open_action(action("201")).what == kind::no_lock));
    push(event_push(event(event_kind::lock_offline, "lock-a"), 1));
    const auto offline = open_action(action("101"));
    BOOST_TEST((offline.what == kind::lock_offline));
    BOOST_TEST(offline.lock_uuid == "lock-a");
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 0);
    auto anyway = action("101");
    anyway.only_if_online = false;
    BOOST_TEST((open_action(anyway).what == kind::opened));
}

BOOST_FIXTURE_TEST_CASE(the_same_request_while_open_is_the_same_action, hotel) {
    const auto first = open_action(action("101", 7));
    const auto again = open_action(action("101", 7));
    BOOST_TEST((again.what == kind::already_open));
    BOOST_TEST(again.action.value == first.action.value);
    BOOST_TEST(again.pin.reveal() == "482915");
    BOOST_TEST((open_action(action("102", 7)).what == kind::opened));
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 2);
}

BOOST_FIXTURE_TEST_CASE(a_result_push_ends_the_action_and_calls_back, hotel) {
    const auto opened = open_action(action("101"));
    const auto settled = settle(accepted(lease_commands("dd").at(0), "700"));
    BOOST_TEST(!settled->finished);
    push(result_push(result_of("700"), 700));
    BOOST_TEST(action_state_text() == "succeeded");
    BOOST_TEST(text("SELECT payload FROM outbox") == "actionId=" + opened.action.value + "&code=0");
    BOOST_TEST(text("SELECT kind FROM outbox") == "password_result");
    BOOST_TEST(text("SELECT purpose || ' ' || state || ' ' || credential_ref FROM credentials") == "guest active 1015");
}

BOOST_FIXTURE_TEST_CASE(a_failed_result_gives_the_pms_its_failure_code_once, hotel) {
    open_action(action("101"));
    settle(accepted(lease_commands("dd").at(0), "700"));
    push(result_push(result_of("700", false, 5101), 700));
    push(result_push(result_of("700", true), 701));
    BOOST_TEST(action_state_text() == "failed");
    BOOST_TEST(number("SELECT final_code FROM actions") == -1);
    BOOST_TEST(number("SELECT vendor_code FROM commands") == 5101);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
    BOOST_TEST(number("SELECT value FROM ledger WHERE name = 'late_results'") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_result_that_overtakes_its_answer_is_parked_and_matched, hotel) {
    open_action(action("101"));
    const auto leased = lease_commands("dd").at(0);
    push(result_push(result_of("700"), 700));
    BOOST_TEST(text("SELECT state FROM parked_results") == "parked");
    const auto settled = settle(accepted(leased, "700"));
    BOOST_TEST(settled->finished);
    BOOST_TEST((settled->action == action_state::succeeded));
    BOOST_TEST(text("SELECT state FROM parked_results") == "matched");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_parked_result_of_another_account_is_not_taken, hotel) {
    open_action(action("101"));
    const auto leased = lease_commands("dd").at(0);
    push(result_push(result_of("700"), 700, "dd-other"));
    BOOST_TEST(!settle(accepted(leased, "700"))->finished);
}

BOOST_FIXTURE_TEST_CASE(an_unmatched_result_goes_stale_and_stays, hotel) {
    push(result_push(result_of("700"), 700));
    clock.advance(25h);
    call<std::uint64_t>(
        [&](auto d) { store().expunge({.final_before = clock.now() - 48h, .limit = 9}, std::move(d)); });
    BOOST_TEST(text("SELECT state FROM parked_results") == "stale");
}

BOOST_FIXTURE_TEST_CASE(a_push_that_settles_during_a_poll_refuses_the_polls_settlement, hotel) {
    open_action(action("101"));
    settle(accepted(lease_commands("dd").at(0), "700"));
    clock.advance(60s);
    const auto polling = lease_commands("dd").at(0);
    BOOST_TEST((polling.state == command_state::polling));
    BOOST_TEST(polling.probes == 1U);
    BOOST_TEST(polling.ref == "700");
    push(result_push(result_of("700"), 700));
    auto late = step(polling, command_state::expired);
    late.final_code = -1;
    const auto refused = settle(late);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::conflict));
    BOOST_TEST(action_state_text() == "succeeded");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_lost_reply_is_asked_about_before_it_is_sent_again, hotel) {
    open_action(action("101"));
    auto lost = step(lease_commands("dd").at(0), command_state::uncertain);
    lost.due_at = clock.now();
    settle(lost);
    const auto probing = lease_commands("dd").at(0);
    BOOST_TEST((probing.state == command_state::probing));
    BOOST_TEST(probing.sends == 1U);
    auto absent = step(probing, command_state::pending);
    absent.due_at = clock.now();
    absent.asked_absent = true;
    settle(absent);
    const auto again = lease_commands("dd").at(0);
    BOOST_TEST((again.state == command_state::sending));
    BOOST_TEST(again.sends == 2U);
    BOOST_TEST(again.probes == 0U);
}

BOOST_FIXTURE_TEST_CASE(absent_answers_count_only_in_a_row, hotel) {
    open_action(action("101"));
    auto next = step(lease_commands("dd").at(0), command_state::uncertain);
    const auto probe = [&](bool is_absent) {
        next.due_at = clock.now();
        settle(next);
        const auto leased = lease_commands("dd").at(0);
        next = step(leased, command_state::uncertain);
        next.asked_absent = is_absent;
        return leased.absent_probes;
    };
    BOOST_TEST(probe(true) == 0U);
    BOOST_TEST(probe(true) == 1U);
    BOOST_TEST(probe(false) == 2U);
    BOOST_TEST(probe(true) == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_send_that_never_left_is_not_counted, hotel) {
    open_action(action("101"));
    auto back = step(lease_commands("dd").at(0), command_state::pending);
    back.count_attempt = false;
    back.due_at = clock.now();
    settle(back);
    BOOST_TEST(lease_commands("dd").at(0).sends == 1U);
}

BOOST_FIXTURE_TEST_CASE(commands_of_one_lock_run_one_after_another, hotel) {
    open_action(action("101", 1));
    open_action(action("102", 3));
    const auto first = lease_commands("dd");
    BOOST_TEST(first.size() == 2U);
    open_action(action("101", 2));
    command_hints.clear();
    settle(accepted(first.at(0), "700"));
    BOOST_TEST(lease_commands("dd").empty());
    push(result_push(result_of("700"), 700));
    BOOST_TEST(!command_hints.empty());
    const auto second = lease_commands("dd");
    BOOST_REQUIRE(second.size() == 1U);
    BOOST_TEST(second[0].id.value == 3);
    BOOST_TEST((second[0].command.verb == command_verb::replace_pin));
    BOOST_TEST(second[0].command.credential_ref == "1015");
}

BOOST_FIXTURE_TEST_CASE(a_room_whose_pin_lockhub_set_gets_it_replaced, hotel) {
    open_action(action("101", 1));
    settle(accepted(lease_commands("dd").at(0), "700"));
    push(result_push(result_of("700"), 700));
    open_action(action("101", 2));
    const auto leased = lease_commands("dd").at(0);
    BOOST_TEST((leased.command.verb == command_verb::replace_pin));
    BOOST_TEST(leased.command.credential_ref == "1015");
}

BOOST_FIXTURE_TEST_CASE(a_pin_the_cloud_no_longer_knows_is_set_anew_by_the_same_action, hotel) {
    open_action(action("101", 1));
    settle(accepted(lease_commands("dd").at(0), "700"));
    push(result_push(result_of("700"), 700));
    open_action(action("101", 2));
    auto gone = step(lease_commands("dd").at(0), command_state::pending);
    gone.due_at = clock.now();
    gone.credential_gone = true;
    BOOST_TEST(!settle(gone)->finished);
    const auto again = lease_commands("dd").at(0);
    BOOST_TEST((again.command.verb == command_verb::set_pin));
    BOOST_TEST(again.command.credential_ref.empty());
    BOOST_TEST(again.id.value == 2);
}

BOOST_FIXTURE_TEST_CASE(a_pin_deleted_at_the_door_is_set_anew, hotel) {
    open_action(action("101", 1));
    settle(accepted(lease_commands("dd").at(0), "700"));
    push(result_push(result_of("700"), 700));
    auto deleted = event(event_kind::password_deleted_locally, "lock-a");
    deleted.source_id = "1015";
    push(event_push(deleted, 1));
    open_action(action("101", 2));
    BOOST_TEST((lease_commands("dd").at(0).command.verb == command_verb::set_pin));
}

BOOST_FIXTURE_TEST_CASE(no_result_in_time_expires_with_a_failure_code, hotel) {
    open_action(action("101"));
    settle(accepted(lease_commands("dd").at(0), "700"));
    clock.advance(15min);
    auto late = step(lease_commands("dd").at(0), command_state::expired);
    late.final_code = -1;
    BOOST_TEST(settle(late)->finished);
    BOOST_TEST(action_state_text() == "expired");
    BOOST_TEST(text("SELECT payload FROM outbox").ends_with("&code=-1"));
}

BOOST_FIXTURE_TEST_CASE(an_unverifiable_action_waits_for_an_operator_and_blocks_nobody, hotel) {
    const auto opened = open_action(action("101", 1));
    const auto leased = lease_commands("dd").at(0);
    open_action(action("101", 2));
    const auto settled = settle(step(leased, command_state::unverifiable));
    BOOST_TEST((settled->action == action_state::unverifiable));
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
    BOOST_TEST(lease_commands("dd").size() == 1U);
    const auto decide = [&](const std::string& id) {
        return call<storage::nothing>([&](auto d) {
            store().decide_action(
                {.action = action_id(id), .succeeded = true, .actor = "wang", .reason = "door opened"}, std::move(d));
        });
    };
    BOOST_TEST(decide(opened.action.value).has_value());
    BOOST_TEST(text("SELECT state FROM actions WHERE action_id = '" + opened.action.value + "'") == "succeeded");
    BOOST_TEST(text("SELECT payload FROM outbox").ends_with("&code=0"));
    BOOST_TEST((decide(opened.action.value).error().code == errc::conflict));
    BOOST_TEST((decide("nobody").error().code == errc::not_found));
    BOOST_TEST(text("SELECT verb FROM audit ORDER BY audit_id DESC LIMIT 1") == "decide_succeeded");
}

BOOST_FIXTURE_TEST_CASE(after_a_crash_what_was_being_sent_is_uncertain, hotel) {
    open_action(action("101", 1));
    open_action(action("102", 2));
    settle(accepted(lease_commands("dd").at(1), "701"));
    clock.advance(60s);
    lease_commands("dd");
    reopen();
    command_hints.clear();
    recover("hub-2");
    BOOST_TEST(texts("SELECT state FROM commands ORDER BY command_id") == (words{"uncertain", "awaiting"}),
               boost::test_tools::per_element());
    BOOST_TEST(number("SELECT sends FROM commands WHERE command_id = 1") == 1);
    BOOST_REQUIRE(command_hints.size() == 1U);
    BOOST_TEST(command_hints[0].key == "dd");
}

BOOST_FIXTURE_TEST_CASE(an_action_answered_at_once_calls_nobody_back, hotel) {
    const auto id = call<action_id>([&](auto d) {
        store().record_answered_action({.request = action("101"), .note = "dynamic password, lock off line"},
                                       std::move(d));
    });
    BOOST_REQUIRE(id.has_value());
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM commands") == 0);
    const auto row = reader()->find_action(*id);
    BOOST_REQUIRE(row.has_value());
    BOOST_TEST((row->state == action_state::succeeded));
    BOOST_TEST(row->message == "dynamic password, lock off line");
}

BOOST_FIXTURE_TEST_CASE(a_callback_nobody_takes_is_held, hotel) {
    auto no_url = policy();
    no_url.result_mask = 0;
    allow({no_url});
    open_action(action("101"));
    auto rejected = step(lease_commands("dd").at(0), command_state::rejected);
    rejected.final_code = -1;
    settle(rejected);
    BOOST_TEST(text("SELECT held_reason FROM outbox") == "no_url");
    allow({policy()});
    BOOST_TEST(text("SELECT state FROM outbox") == "ready");
}

BOOST_FIXTURE_TEST_CASE(tokens_come_back_after_a_restart_and_stand_sealed_in_the_file, hotel) {
    call<storage::nothing>([&](auto d) {
        store().save_token(account_id("dd"), {secret("top-secret-token"), clock.now() + 24h}, std::move(d));
    });
    BOOST_TEST(number("SELECT instr(sealed_token, CAST('top-secret' AS BLOB)) FROM tokens") == 0);
    reopen();
    const auto tokens =
        call<std::vector<std::pair<account_id, access_token>>>([&](auto d) { store().load_tokens(std::move(d)); });
    BOOST_REQUIRE(tokens->size() == 1U);
    BOOST_TEST(tokens->at(0).second.value.reveal() == "top-secret-token");
    BOOST_TEST((tokens->at(0).second.expires_at == clock.now() + 24h));
}

BOOST_FIXTURE_TEST_CASE(actions_are_listed_with_their_command, hotel) {
    const auto opened = open_action(action("101"));
    settle(accepted(lease_commands("dd").at(0), "700"));
    const auto open = reader()->list_actions("open", 10);
    BOOST_REQUIRE(open->size() == 1U);
    BOOST_TEST(open->at(0).id.value == opened.action.value);
    BOOST_TEST((open->at(0).command == command_state::awaiting));
    BOOST_TEST(open->at(0).ref == "700");
    BOOST_TEST(reader()->list_actions("failed", 10)->empty());
    BOOST_TEST((reader()->list_actions("nonsense", 10).error().code == errc::invalid_input));
    BOOST_TEST(text("SELECT lock_uuid FROM open_actions") == "lock-a");
    BOOST_TEST(reader()->count_depths()->commands.at("awaiting").rows == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
