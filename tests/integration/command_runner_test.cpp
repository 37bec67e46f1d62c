#include "dispatch/command_runner.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/commanding.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(command_runner_test, one_room)

BOOST_AUTO_TEST_CASE(a_command_is_sent_accepted_and_settled_by_the_result_that_is_pushed) {
    commanding hub(*this);
    hub.cloud.says("send", {"accepted 700 1015"});
    hub.start();
    const auto action = open_action("alpha", 1);
    time.run_for(5s);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    BOOST_TEST(callbacks().empty());
    push_result("plain", "700", true);
    BOOST_TEST(callbacks() == texts{"actionId=" + action + "&code=0"});
    time.run_for(1h);
    BOOST_TEST(callbacks().empty());
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_result_that_overtakes_its_own_answer_is_matched) {
    commanding hub(*this);
    hub.cloud.answers("send", {delayed(3s, respond(200, "accepted 700 1015"))});
    hub.start();
    const auto action = open_action("alpha", 1);
    time.run_for(1s);
    push_result("plain", "700", true);
    BOOST_TEST(callbacks().empty());
    time.run_for(5s);
    BOOST_TEST(callbacks() == texts{"actionId=" + action + "&code=0"});
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_refusal_gives_the_pms_minus_one) {
    commanding hub(*this);
    hub.cloud.says("send", {"rejected 5006 gone"});
    hub.start();
    const auto action = open_action("alpha", 1);
    time.run_for(1s);
    BOOST_TEST(callbacks() == texts{"actionId=" + action + "&code=-1"});
    BOOST_CHECK(hub.steps == std::vector{command_state::rejected});
    hub.end();
}

BOOST_AUTO_TEST_CASE(what_the_cloud_says_it_did_not_do_is_sent_again_without_a_question) {
    commanding hub(*this);
    hub.cloud.says("send", {"later", "done 1015"});
    hub.start();
    const auto action = open_action("alpha", 1);
    time.run_for(1min);
    BOOST_TEST(callbacks() == texts{"actionId=" + action + "&code=0"});
    BOOST_TEST(hub.cloud.calls["send"] == 2);
    BOOST_TEST(hub.cloud.calls["ask"] == 0);
    BOOST_CHECK((hub.steps == std::vector{command_state::pending, command_state::done}));
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_lost_reply_is_asked_about_and_found_done_without_a_second_send) {
    commanding hub(*this);
    hub.cloud.answers("send", {lose_reply()});
    hub.cloud.says("ask", {"done 1015"});
    hub.start();
    const auto action = open_action("alpha", 1);
    time.run_for(4s);
    BOOST_TEST(hub.cloud.calls["ask"] == 0);
    time.run_for(2s);
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    BOOST_TEST(callbacks() == texts{"actionId=" + action + "&code=0"});
    hub.end();
}

BOOST_AUTO_TEST_CASE(it_is_sent_again_only_after_the_cloud_has_twice_said_that_it_knows_nothing) {
    commanding hub(*this);
    hub.cloud.answers("send", {lose_reply(), respond(200, "accepted 700 1015")});
    hub.cloud.says("ask", {"absent", "gibberish", "absent", "absent"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(5100ms);
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    time.run_for(29s);
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    time.run_for(2s);
    BOOST_TEST(hub.cloud.calls["ask"] == 2);  // gibberish: the count of absences begins anew
    time.run_for(30s);
    BOOST_TEST(hub.cloud.calls["ask"] == 3);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    time.run_for(30s);
    BOOST_TEST(hub.cloud.calls["ask"] == 4);
    BOOST_TEST(hub.cloud.calls["send"] == 2);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_gateways_error_is_no_proof_that_nothing_was_done) {
    commanding hub(*this);
    hub.cloud.answers("send", {respond(502, "bad gateway")});
    hub.cloud.says("ask", {"done 1015"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(1min);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    BOOST_TEST(callbacks().size() == 1u);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_cloud_that_cannot_be_asked_leaves_a_lost_reply_to_an_operator) {
    commanding hub(*this, "first", {.account = "plain", .needs_token = false, .can_be_asked = false});
    hub.cloud.answers("send", {lose_reply()});
    hub.start();
    open_action("alpha", 1);
    time.run_for(24h);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    BOOST_TEST(hub.cloud.calls["token"] == 0);
    BOOST_CHECK(hub.steps == (std::vector{command_state::uncertain, command_state::unverifiable}));
    BOOST_TEST(callbacks().empty());
    hub.end();
}

BOOST_AUTO_TEST_CASE(without_a_result_it_polls_then_expires_and_the_pms_gets_its_failure_code_exactly_once) {
    commanding hub(*this);
    hub.cloud.says("send", {"accepted 700 1015"});
    hub.cloud.says("ask", {"running 1015"});
    hub.start();
    const auto action = open_action("alpha", 1);
    time.run_for(59s);
    BOOST_TEST(hub.cloud.calls["ask"] == 0);
    time.run_for(2s);
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    time.run_for(13min + 50s);
    BOOST_TEST(callbacks().empty());
    time.run_for(10s);
    BOOST_TEST(callbacks() == texts{"actionId=" + action + "&code=-1"});
    push_result("plain", "700", true);
    time.run_for(1h);
    BOOST_TEST(callbacks().empty());
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    hub.end();
}

BOOST_AUTO_TEST_CASE(commands_of_an_unreachable_cloud_expire_in_time_and_the_cloud_is_not_hammered) {
    commanding hub(*this);
    hub.cloud.answers("send", {refuse_connection()});
    hub.start();
    for (int room = 1; room <= 8; ++room) open_action("alpha", room);
    time.run_for(14min + 50s);
    BOOST_TEST(callbacks().empty());
    time.run_for(20s);
    BOOST_TEST(callbacks().size() == 8u);
    BOOST_TEST(hub.cloud.calls["send"] < 8 * 6);
    BOOST_TEST(hub.runner->statistics()[0].no_contact > 5u);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_refused_token_is_renewed_once_for_all_and_each_command_is_sent_once_more) {
    commanding hub(*this);
    hub.cloud.says("token", {"token T1 86400"});
    hub.cloud.says("send", {"accepted 600 1"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(1s);
    hub.cloud.answers("token", {delayed(2s, respond(200, "token T2 86400"))});
    const auto refused = delayed(1s, respond(200, "renew"));
    hub.cloud.answers("send", {refused, refused, refused, respond(200, "accepted 701 2"),
                               respond(200, "accepted 702 3"), respond(200, "accepted 703 4")});
    for (int room = 2; room <= 4; ++room) open_action("alpha", room);
    time.run_for(10s);
    BOOST_TEST(hub.cloud.calls["token"] == 2);
    BOOST_TEST(hub.cloud.calls["send"] == 1 + 6);
    const auto& sent = hub.cloud.bodies["send"];
    for (std::size_t call = 1; call <= 3; ++call) BOOST_TEST(sent[call].starts_with("T1 "));
    for (std::size_t call = 4; call <= 6; ++call) BOOST_TEST(sent[call].starts_with("T2 "));
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_late_refusal_of_an_old_token_does_not_discard_the_new_one) {
    commanding hub(*this);
    hub.cloud.says("token", {"token T1 86400", "token T2 86400", "token T3 86400"});
    hub.cloud.answers("send", {delayed(1s, respond(200, "renew")), delayed(5s, respond(200, "renew")),
                               respond(200, "accepted 701 1"), respond(200, "accepted 702 2")});
    hub.start();
    open_action("alpha", 1);
    open_action("alpha", 2);
    time.run_for(10s);
    BOOST_TEST(hub.cloud.calls["send"] == 4);
    BOOST_TEST(hub.cloud.calls["token"] == 2);
    BOOST_TEST(hub.cloud.bodies["send"].at(3).starts_with("T2 "));
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_token_that_is_refused_again_makes_the_command_wait) {
    commanding hub(*this);
    hub.cloud.says("send", {"renew", "renew", "accepted 700 1015"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(7s);
    BOOST_TEST(hub.cloud.calls["send"] == 2);
    BOOST_TEST(hub.cloud.calls["ask"] == 0);
    time.run_for(2s);
    BOOST_TEST(hub.cloud.calls["send"] == 3);
    hub.end();
}

BOOST_AUTO_TEST_CASE(the_token_of_an_earlier_run_is_used_again_and_refreshed_ahead_of_its_end) {
    {
        commanding hub(*this);
        hub.cloud.says("token", {"token T1 1000"});
        hub.cloud.says("send", {"accepted 700 1"});
        hub.start();
        open_action("alpha", 1);
        time.run_for(1s);
        hub.end();
    }
    reopen();
    commanding hub(*this, "second");
    hub.cloud.answers("token", {delayed(1s, respond(200, "token T2 86400"))});
    hub.cloud.says("send", {"accepted 701 1"});
    hub.start();
    push_result("plain", "700", true);
    open_action("alpha", 2);
    time.run_for(10s);
    push_result("plain", "701", true);
    BOOST_TEST(hub.cloud.calls["token"] == 0);
    BOOST_TEST(hub.cloud.bodies["send"].at(0).starts_with("T1 "));
    time.run_for(750s);
    hub.cloud.says("send", {"accepted 702 1"});
    open_action("alpha", 3);
    time.run_for(100ms);
    // The old token serves while the new one is on its way.
    BOOST_TEST(hub.cloud.bodies["send"].at(1).starts_with("T1 "));
    BOOST_TEST(hub.cloud.calls["token"] == 1);
    time.run_for(2s);
    open_action("alpha", 4);
    time.run_for(100ms);
    BOOST_TEST(hub.cloud.bodies["send"].at(2).starts_with("T2 "));
    hub.end();
}

BOOST_AUTO_TEST_CASE(without_a_token_nothing_is_sent_and_the_token_is_not_asked_for_in_a_loop) {
    commanding hub(*this);
    hub.cloud.says("token", {"no"});
    hub.cloud.says("send", {"accepted 700 1"});
    hub.start();
    for (int room = 1; room <= 5; ++room) open_action("alpha", room);
    time.run_for(7s);
    BOOST_TEST(hub.cloud.calls["token"] == 1);
    BOOST_TEST(hub.cloud.calls["send"] == 0);
    hub.cloud.says("token", {"token T1 86400"});
    time.run_for(1min);
    BOOST_TEST(hub.cloud.calls["send"] == 5);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_stop_gives_back_what_was_not_sent_and_what_was_is_asked_about_by_the_next_run) {
    std::string unsent;
    std::string sent;
    {
        commanding hub(*this);
        hub.cloud.says("token", {"token T1 86400"});
        hub.cloud.answers("send", {never_answer()});
        hub.start();
        sent = open_action("alpha", 1);
        time.run_for(1s);
        BOOST_TEST(hub.cloud.calls["send"] == 1);
        hub.tokens.invalidate(account_id("plain"), access_token{secret("T1"), {}});
        hub.cloud.answers("token", {never_answer()});
        unsent = open_action("alpha", 2);
        time.run_for(1s);
        BOOST_TEST(hub.runner->in_flight() == 2u);
        hub.end();
        BOOST_CHECK(hub.steps == (std::vector{command_state::uncertain, command_state::pending}) ||
                    hub.steps == (std::vector{command_state::pending, command_state::uncertain}));
    }
    reopen();
    commanding hub(*this, "second");
    hub.cloud.says("send", {"done 1016"});
    hub.cloud.says("ask", {"done 1015"});
    hub.start();
    time.run_for(1min);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    BOOST_TEST(hub.cloud.bodies["send"].at(0).ends_with(unsent));
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    BOOST_TEST(hub.cloud.bodies["ask"].at(0).ends_with(sent));
    BOOST_TEST(callbacks().size() == 2u);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_command_under_way_when_the_hub_dies_is_asked_about_before_it_is_sent_again) {
    commanding dead(*this);
    dead.cloud.answers("send", {never_answer()});
    dead.start();
    open_action("alpha", 1);
    time.run_for(1s);
    BOOST_REQUIRE_EQUAL(dead.cloud.calls["send"], 1);
    commanding hub(*this, "second");
    hub.cloud.says("send", {"accepted 700 1"});
    hub.cloud.says("ask", {"done 1015"});
    hub.start();
    time.run_for(1min);
    BOOST_TEST(hub.cloud.calls["send"] == 0);
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    BOOST_TEST(callbacks().size() == 1u);
    dead.end();
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_question_is_answered_at_once_and_renews_the_token_once) {
    commanding hub(*this);
    hub.cloud.says("token", {"token T1 86400", "token T2 86400"});
    hub.cloud.says("send", {"renew", "done 77", "renew"});
    hub.start();
    const auto facts = hub.ask(command_verb::read_dynamic_pin);
    BOOST_REQUIRE(facts.has_value());
    BOOST_TEST(facts->credential_ref == "77");
    BOOST_TEST(hub.cloud.calls["token"] == 2);

    const auto refused = hub.ask(command_verb::read_lock);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_CHECK(refused.error().code == errc::unavailable);
    BOOST_TEST(hub.cloud.calls["send"] == 4);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_question_that_cannot_be_answered_says_why) {
    commanding hub(*this);
    hub.start();
    hub.cloud.says("send", {"rejected 14015 nosuchdevice"});
    const auto refused = hub.ask(command_verb::read_lock);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_CHECK(refused.error().code == errc::conflict);
    BOOST_TEST(refused.error().message == "nosuchdevice");

    hub.cloud.answers("send", {never_answer()});
    const auto late = hub.ask(command_verb::read_lock);
    BOOST_REQUIRE(!late.has_value());
    BOOST_CHECK(late.error().code == errc::timeout);

    hub.cloud.answers("send", {refuse_connection()});
    for (int call = 0; call < 4; ++call) BOOST_TEST(!hub.ask(command_verb::read_lock).has_value());
    const int calls = hub.cloud.calls["send"];
    const auto open = hub.ask(command_verb::read_lock);
    BOOST_REQUIRE(!open.has_value());
    BOOST_CHECK(open.error().code == errc::unavailable);
    BOOST_TEST(hub.cloud.calls["send"] == calls);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_token_refused_at_once_fails_the_question_at_once) {
    commanding hub(*this);
    hub.cloud.says("token", {"no"});
    hub.start();
    const auto refused = hub.ask(command_verb::read_lock);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_CHECK(refused.error().code == errc::unauthentic);
    hub.end();
}

BOOST_AUTO_TEST_CASE(commands_of_an_account_that_is_gone_wait_until_it_is_back) {
    commanding hub(*this);
    hub.cloud.says("send", {"accepted 700 1"});
    hub.start();
    hub.runner->set_accounts({});
    open_action("alpha", 1);
    time.run_for(5min);
    BOOST_TEST(hub.cloud.calls["send"] == 0);
    hub.runner->set_accounts({hub.account});
    time.run_for(1s);
    BOOST_TEST(hub.cloud.calls["send"] == 1);
    hub.end();
}

BOOST_AUTO_TEST_SUITE_END()
