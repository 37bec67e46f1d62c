#include "dispatch/core/command_machine.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;
namespace event = lockhub::dispatch::command_event;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);
const command_rules rules;

storage::leased_command in_state(command_state state) {
    storage::leased_command out;
    out.id = command_id(7);
    out.lease_token = 3;
    out.state = state;
    out.sends = 1;
    out.opened_at = start;
    if (state == command_state::polling) out.accepted_at = start + 1s;
    return out;
}

storage::leased_command sending() {
    return in_state(command_state::sending);
}
storage::leased_command probing(std::uint32_t probes = 1, std::uint32_t absent_probes = 0) {
    auto out = in_state(command_state::probing);
    out.probes = probes;
    out.absent_probes = absent_probes;
    return out;
}
storage::leased_command polling() {
    return in_state(command_state::polling);
}

storage::command_settlement step(const storage::leased_command& command, const command_event_type& what, duration age) {
    auto out = settle_command(command, what, rules, start + age);
    BOOST_TEST(out.id.value == 7);
    BOOST_TEST(out.lease_token == 3);
    return out;
}

std::int64_t due_in_seconds(const storage::command_settlement& out, duration age) {
    return std::chrono::duration_cast<std::chrono::seconds>(out.due_at - (start + age)).count();
}

void must_fail(const storage::command_settlement& out, command_state state, std::string_view message) {
    BOOST_CHECK(out.next == state);
    BOOST_TEST(out.final_code == -1);
    BOOST_TEST(out.message == message);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(command_machine_test)

// --- sending

BOOST_AUTO_TEST_CASE(accepted_waits_for_the_result_and_is_polled_after_a_minute) {
    const auto out = step(sending(), event::replied{reply::accepted{"700000100", "1015"}}, 1s);
    BOOST_CHECK(out.next == command_state::awaiting);
    BOOST_TEST(out.ref == "700000100");
    BOOST_TEST(out.credential_ref == "1015");
    BOOST_TEST(due_in_seconds(out, 1s) == 60);
    BOOST_TEST(out.count_attempt);
}

BOOST_AUTO_TEST_CASE(done_at_once_is_done) {
    const auto out = step(sending(), event::replied{reply::done{command_facts{.credential_ref = "1015"}}}, 1s);
    BOOST_CHECK(out.next == command_state::done);
    BOOST_TEST(out.final_code == 0);
    BOOST_TEST(out.credential_ref == "1015");
}

BOOST_AUTO_TEST_CASE(rejected_gives_the_pms_minus_one_with_the_vendors_text) {
    const auto out = step(sending(), event::replied{reply::rejected{5006, "密码不存在"}}, 1s);
    must_fail(out, command_state::rejected, "密码不存在");
    BOOST_TEST(out.vendor_code == 5006);
}

BOOST_AUTO_TEST_CASE(a_pin_that_is_gone_cannot_be_replaced_and_is_set_anew_at_once) {
    auto command = sending();
    command.command.verb = command_verb::replace_pin;
    const auto out = step(command, event::replied{reply::rejected{5006, "密码不存在", true}}, 1s);
    BOOST_CHECK(out.next == command_state::pending);
    BOOST_TEST(out.credential_gone);
    BOOST_TEST(due_in_seconds(out, 1s) == 0);
    const auto other = step(sending(), event::replied{reply::rejected{5006, "密码不存在", true}}, 1s);
    must_fail(other, command_state::rejected, "密码不存在");
}

BOOST_AUTO_TEST_CASE(a_pin_that_is_gone_needs_no_removal) {
    auto command = sending();
    command.command.verb = command_verb::remove_pin;
    const auto out = step(command, event::replied{reply::rejected{5006, "密码不存在", true}}, 1s);
    BOOST_CHECK(out.next == command_state::done);
    BOOST_TEST(out.credential_gone);
    BOOST_TEST(out.vendor_code == 5006);
    const auto refused = step(command, event::replied{reply::rejected{15013, "管理员密码不能被删除"}}, 1s);
    must_fail(refused, command_state::rejected, "管理员密码不能被删除");
}

BOOST_AUTO_TEST_CASE(a_cloud_that_wants_a_retry_gets_it_after_the_longer_of_its_wait_and_ours) {
    const auto ours = step(sending(), event::replied{reply::retry{std::nullopt, "busy"}}, 0s);
    BOOST_CHECK(ours.next == command_state::pending);
    BOOST_TEST(due_in_seconds(ours, 0s) == 8);
    const auto theirs = step(sending(), event::replied{reply::retry{45s, "busy"}}, 0s);
    BOOST_TEST(due_in_seconds(theirs, 0s) == 45);
}

BOOST_AUTO_TEST_CASE(what_was_certainly_not_sent_is_sent_later_with_growing_waits_and_not_counted) {
    const std::pair<duration, int> table[] = {{0s, 8}, {8s, 15}, {23s, 30}, {53s, 120}, {173s, 600}};
    for (const auto& [age, wait] : table) {
        const auto out = step(sending(), event::not_sent{"connect refused", {}}, age);
        BOOST_CHECK(out.next == command_state::pending);
        BOOST_TEST(due_in_seconds(out, age) == wait);
        BOOST_TEST(!out.count_attempt);
    }
}

BOOST_AUTO_TEST_CASE(it_waits_for_the_breaker_but_not_beyond_its_expiry) {
    BOOST_TEST(due_in_seconds(step(sending(), event::not_sent{"breaker open", start + 90s}, 0s), 0s) == 90);
    BOOST_TEST(due_in_seconds(step(sending(), event::not_sent{"breaker open", start + 1h}, 0s), 0s) == 15 * 60);
}

BOOST_AUTO_TEST_CASE(what_could_not_be_sent_for_a_quarter_of_an_hour_expires) {
    must_fail(step(sending(), event::not_sent{"connect refused", {}}, 15min), command_state::expired, "下发超时");
    BOOST_TEST(!expired_unsent(sending(), rules, start + 15min - 1ms));
    BOOST_TEST(expired_unsent(sending(), rules, start + 15min));
    BOOST_TEST(!expired_unsent(polling(), rules, start + 1h));
    must_fail(settle_expired(sending()), command_state::expired, "下发超时");
}

BOOST_AUTO_TEST_CASE(a_wish_for_a_retry_is_believed_only_when_the_status_says_that_nothing_was_done) {
    for (const int status : {400, 403, 404, 429, 503}) BOOST_TEST(certainly_not_done(status));
    for (const int status : {200, 204, 302, 408, 500, 502, 504}) BOOST_TEST(!certainly_not_done(status));
}

BOOST_AUTO_TEST_CASE(a_lost_reply_is_asked_about_after_five_seconds) {
    const auto out = step(sending(), event::reply_lost{"read timed out"}, 15s);
    BOOST_CHECK(out.next == command_state::uncertain);
    BOOST_TEST(due_in_seconds(out, 15s) == 5);
    BOOST_TEST(out.count_attempt);
}

BOOST_AUTO_TEST_CASE(a_token_refused_twice_in_a_row_waits) {
    const auto out = step(sending(), event::token_refused_again{"102"}, 0s);
    BOOST_CHECK(out.next == command_state::pending);
    BOOST_TEST(due_in_seconds(out, 0s) == 8);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_put_into_words_is_rejected) {
    const auto out = step(sending(), event::cannot_encode{"no such call"}, 0s);
    must_fail(out, command_state::rejected, "no such call");
    BOOST_TEST(!out.count_attempt);
}

BOOST_AUTO_TEST_CASE(interrupted_before_it_was_sent_it_goes_back_uncounted) {
    const auto out = step(sending(), event::interrupted{}, 2s);
    BOOST_CHECK(out.next == command_state::pending);
    BOOST_TEST(due_in_seconds(out, 2s) == 0);
    BOOST_TEST(!out.count_attempt);
}

// --- probing: the reply was lost

BOOST_AUTO_TEST_CASE(absent_must_be_said_twice_half_a_minute_apart_before_it_is_sent_again) {
    const auto once = step(probing(1, 0), event::probed{probe::absent{}}, 5s);
    BOOST_CHECK(once.next == command_state::uncertain);
    BOOST_TEST(once.asked_absent);
    BOOST_TEST(due_in_seconds(once, 5s) == 30);
    const auto twice = step(probing(2, 1), event::probed{probe::absent{}}, 35s);
    BOOST_CHECK(twice.next == command_state::pending);
    BOOST_TEST(due_in_seconds(twice, 35s) == 0);
}

BOOST_AUTO_TEST_CASE(absent_twice_but_too_old_to_send_again_expires) {
    must_fail(step(probing(9, 1), event::probed{probe::absent{}}, 16min), command_state::expired, "下发超时");
}

BOOST_AUTO_TEST_CASE(a_probe_that_finds_it_settles_it) {
    BOOST_CHECK(step(probing(), event::probed{probe::done{"1015"}}, 5s).next == command_state::done);
    must_fail(step(probing(), event::probed{probe::failed{"下发失败"}}, 5s), command_state::rejected, "下发失败");
    const auto running = step(probing(), event::probed{probe::running{"1015"}}, 5s);
    BOOST_CHECK(running.next == command_state::awaiting);
    BOOST_TEST(running.credential_ref == "1015");
    BOOST_TEST(due_in_seconds(running, 5s) == 60);
}

BOOST_AUTO_TEST_CASE(without_a_clear_answer_it_asks_again_after_15_30_and_then_every_60_seconds) {
    const std::pair<std::uint32_t, int> table[] = {{1, 15}, {2, 30}, {3, 60}, {4, 60}, {40, 60}};
    for (const auto& [probes, wait] : table) {
        const auto unclear = step(probing(probes), event::probed{probe::unclear{false, "?"}}, 1min);
        const auto lost = step(probing(probes), event::no_answer{"timeout", {}}, 1min);
        BOOST_CHECK(unclear.next == command_state::uncertain);
        BOOST_CHECK(lost.next == command_state::uncertain);
        BOOST_TEST(due_in_seconds(unclear, 1min) == wait);
        BOOST_TEST(due_in_seconds(lost, 1min) == wait);
    }
}

BOOST_AUTO_TEST_CASE(it_is_never_sent_again_while_in_doubt_and_after_a_day_an_operator_decides) {
    BOOST_CHECK(step(probing(99), event::no_answer{"timeout", {}}, 23h).next == command_state::uncertain);
    BOOST_CHECK(step(probing(99), event::no_answer{"timeout", {}}, 24h).next == command_state::unverifiable);
}

BOOST_AUTO_TEST_CASE(a_cloud_that_cannot_be_asked_leaves_it_to_an_operator) {
    BOOST_CHECK(step(probing(), event::cannot_ask{}, 5s).next == command_state::unverifiable);
}

BOOST_AUTO_TEST_CASE(an_answer_that_can_prove_nothing_leaves_it_to_an_operator_at_once) {
    const auto out = step(probing(), event::probed{probe::undecided{"another card lies there"}}, 10s);
    BOOST_CHECK(out.next == command_state::unverifiable);
    BOOST_TEST(out.message == "another card lies there");
    const auto later = step(polling(), event::probed{probe::undecided{"nothing to see"}}, 70s);
    BOOST_CHECK(later.next == command_state::awaiting);
    BOOST_TEST(later.message == "nothing to see");
}

BOOST_AUTO_TEST_CASE(a_card_that_was_read_goes_with_the_settlement_however_it_became_known) {
    const card_facts card{
        .card_id = "03F56240", .lock_uuid = "775032240849920", .valid_from = start, .valid_until = start + 24h};
    command_facts facts;
    facts.card = card;
    const auto told = step(sending(), event::replied{reply::done{facts}}, 1s);
    BOOST_CHECK(told.next == command_state::done);
    BOOST_TEST((told.card == card));
    const auto found = step(probing(), event::probed{probe::done{"", card}}, 10s);
    BOOST_CHECK(found.next == command_state::done);
    BOOST_TEST((found.card == card));
    BOOST_TEST(!step(probing(), event::probed{probe::done{"1001", {}}}, 10s).card.has_value());
}

BOOST_AUTO_TEST_CASE(what_an_answer_says_of_the_lock_goes_with_the_settlement) {
    command_facts facts;
    facts.online = true;
    facts.battery_percent = 89;
    facts.signal_percent = 70;
    const auto done = step(sending(), event::replied{reply::done{facts}}, 1s);
    BOOST_TEST((done.lock.online == true));
    BOOST_TEST((done.lock.battery_percent == 89));
    BOOST_TEST((done.lock.signal_percent == 70));
    reply::rejected refusal;
    refusal.code = 0;
    refusal.message = "门锁离线";
    refusal.online = false;
    const auto refused = step(sending(), event::replied{refusal}, 1s);
    must_fail(refused, command_state::rejected, "门锁离线");
    BOOST_TEST((refused.lock.online == false));
    BOOST_TEST(!step(sending(), event::replied{reply::rejected{5, "no"}}, 1s).lock.online.has_value());
}

BOOST_AUTO_TEST_CASE(an_interrupted_question_is_asked_again) {
    const auto out = step(probing(1, 1), event::interrupted{}, 40s);
    BOOST_CHECK(out.next == command_state::uncertain);
    BOOST_TEST(!out.count_attempt);
    BOOST_TEST(!out.asked_absent);
    BOOST_CHECK(step(polling(), event::interrupted{}, 40s).next == command_state::awaiting);
}

// --- polling: accepted, and the result stays out

BOOST_AUTO_TEST_CASE(while_there_is_no_result_it_asks_every_minute_whatever_the_answer) {
    const command_event_type answers[] = {event::probed{probe::running{"1015"}}, event::probed{probe::absent{}},
                                          event::probed{probe::unclear{false, "?"}}, event::no_answer{"timeout", {}}};
    for (const auto& answer : answers) {
        const auto out = step(polling(), answer, 61s);
        BOOST_CHECK(out.next == command_state::awaiting);
        BOOST_TEST(due_in_seconds(out, 61s) == 60);
        BOOST_TEST(out.ref == "");
    }
}

BOOST_AUTO_TEST_CASE(the_last_question_comes_exactly_at_expiry_and_then_the_pms_gets_its_failure_code) {
    const duration age = 15min - 20s;
    BOOST_TEST(due_in_seconds(step(polling(), event::probed{probe::running{}}, age), age) == 21);
    const command_event_type answers[] = {event::probed{probe::running{}}, event::probed{probe::absent{}},
                                          event::probed{probe::unclear{false, "?"}}, event::no_answer{"timeout", {}},
                                          event::cannot_ask{}};
    for (const auto& answer : answers)
        must_fail(step(polling(), answer, 15min + 1s), command_state::expired, "下发超时");
}

BOOST_AUTO_TEST_CASE(a_result_found_by_the_last_question_still_counts) {
    BOOST_CHECK(step(polling(), event::probed{probe::done{"1015"}}, 15min + 1s).next == command_state::done);
    must_fail(step(polling(), event::probed{probe::failed{"下发失败"}}, 61s), command_state::rejected, "下发失败");
}

BOOST_AUTO_TEST_CASE(a_cloud_that_cannot_be_asked_is_waited_for_until_expiry) {
    const auto out = step(polling(), event::cannot_ask{}, 61s);
    BOOST_CHECK(out.next == command_state::awaiting);
    BOOST_TEST(due_in_seconds(out, 61s) == 15 * 60 - 60);
}

// --- what must never be

BOOST_AUTO_TEST_CASE(an_event_that_does_not_belong_to_the_state_is_a_broken_invariant) {
    BOOST_CHECK_THROW(step(probing(), event::not_sent{"", {}}, 1s), std::logic_error);
    BOOST_CHECK_THROW(step(polling(), event::reply_lost{""}, 1s), std::logic_error);
    BOOST_CHECK_THROW(step(sending(), event::probed{probe::absent{}}, 1s), std::logic_error);
    BOOST_CHECK_THROW(step(sending(), event::replied{reply::renew_token{""}}, 1s), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
