// Ceilings of accounts and the pauses of busy lock clouds, on virtual time before a real store.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/commanding.hpp"
#include "tests/support/sql_reader.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

// Calls the cloud saw, those for tokens aside.
std::vector<time_point> seen(const commanding& hub) {
    std::vector<time_point> out;
    for (const auto& one : hub.network.requests()) {
        if (!one.request.url.ends_with("/token")) out.push_back(one.at);
    }
    return out;
}

std::size_t most_in_a_second(const std::vector<time_point>& calls) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const auto later = std::ranges::count_if(calls, [&](auto at) { return at >= calls[i] && at < calls[i] + 1s; });
        most = std::max(most, static_cast<std::size_t>(later));
    }
    return most;
}

// Asks beside whatever else goes on; its outcome is written down.
void ask_beside(commanding& hub, std::vector<result<command_facts>>& answers, duration patience) {
    vendor_command question;
    question.verb = command_verb::read_lock;
    hub.group.spawn("ask",
                    [](dispatch::command_runner& r, vendor_command what, time_point until,
                       std::vector<result<command_facts>>& out) -> dispatch::task<void> {
                        auto said = co_await r.ask(account_id("plain"), std::move(what), until);
                        out.push_back(std::move(said));
                    }(*hub.runner, std::move(question), hub.world.time.now() + patience, answers));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(command_rate_test, one_room)

BOOST_AUTO_TEST_CASE(no_second_sees_more_calls_than_the_account_allows_commands_and_questions_together) {
    commanding hub(*this);
    hub.account.calls_per_second = 3;
    hub.cloud.says("send", {"done 1015"});
    hub.start();
    std::vector<result<command_facts>> answers;
    for (int room = 1; room <= 8; ++room) open_action("alpha", room);
    for (int i = 0; i < 10; ++i) ask_beside(hub, answers, 1min);
    time.run_for(20s);
    BOOST_TEST(callbacks().size() == 8u);
    BOOST_TEST(answers.size() == 10u);
    const auto calls = seen(hub);
    BOOST_TEST(calls.size() == 18u);
    BOOST_TEST(most_in_a_second(calls) == 3u);
    // Exactly: three at each boundary, none a millisecond early.
    for (std::size_t i = 0; i < calls.size(); ++i) BOOST_TEST((calls[i] - calls[0]) / 1ms == i / 3 * 1000);
    hub.end();
}

BOOST_AUTO_TEST_CASE(the_second_call_after_a_refused_token_counts_too) {
    commanding hub(*this);
    hub.account.calls_per_second = 1;
    hub.cloud.says("token", {"token T1 86400", "token T2 86400"});
    hub.cloud.says("send", {"renew", "done 1015"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(10s);
    const auto calls = seen(hub);
    BOOST_REQUIRE_EQUAL(calls.size(), 2u);
    BOOST_TEST((calls[1] - calls[0] == 1s));
    BOOST_TEST(callbacks().size() == 1u);
    hub.end();
}

BOOST_AUTO_TEST_CASE(calls_at_once_bounds_commands_and_questions_together) {
    commanding hub(*this);
    hub.account.calls_at_once = 2;
    hub.cloud.answers("send", {delayed(2s, respond(200, "done 1015"))});
    hub.start();
    std::vector<result<command_facts>> answers;
    for (int room = 1; room <= 6; ++room) open_action("alpha", room);
    for (int i = 0; i < 4; ++i) ask_beside(hub, answers, 1min);
    time.run_for(30s);
    BOOST_TEST(callbacks().size() == 6u);
    BOOST_TEST(answers.size() == 4u);
    BOOST_TEST(hub.network.most_in_flight() == 2u);
    hub.end();
}

BOOST_AUTO_TEST_CASE(ten_commands_at_once_need_one_token) {
    one_room more;
    more.add_pms("beta", 2);
    commanding hub(more);
    hub.cloud.answers("token", {delayed(2s, respond(200, "token T1 86400"))});
    hub.cloud.says("send", {"done 1015"});
    hub.start();
    for (int room = 1; room <= 8; ++room) more.open_action("alpha", room);
    for (int room = 1; room <= 2; ++room) more.open_action("beta", room);
    more.time.run_for(1s);
    BOOST_TEST(hub.cloud.calls["send"] == 0);
    more.time.run_for(10s);
    BOOST_TEST(hub.cloud.calls["send"] == 10);
    BOOST_TEST(hub.cloud.calls["token"] == 1);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_busy_cloud_is_left_alone_by_the_whole_account_and_pauses_double) {
    commanding hub(*this);
    hub.cloud.says("send", {"busy"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(100ms);
    BOOST_TEST(seen(hub).size() == 1u);
    std::vector<result<command_facts>> answers;
    for (int room = 2; room <= 8; ++room) open_action("alpha", room);
    ask_beside(hub, answers, 3s);   // has not the time
    ask_beside(hub, answers, 30s);  // waits
    time.run_for(4800ms);
    BOOST_TEST(seen(hub).size() == 1u);
    BOOST_REQUIRE_EQUAL(answers.size(), 1u);
    BOOST_CHECK(answers[0].error().code == errc::unavailable);
    BOOST_CHECK(hub.runner->statistics()[0].paused_until == seen(hub)[0] + 5s);
    BOOST_TEST(hub.runner->statistics()[0].busy_answers == 1u);
    time.run_for(200ms);
    // All that waited in line goes at the pause's end, is busy again, and makes one pause of twice the length.
    const auto second = seen(hub).size();
    BOOST_TEST(second > 1u);
    BOOST_CHECK(hub.runner->statistics()[0].paused_until == seen(hub)[0] + 15s);
    time.run_for(9800ms);
    BOOST_TEST(seen(hub).size() == second);
    hub.cloud.says("send", {"done 1015"});
    time.run_for(5min);
    BOOST_TEST(callbacks().size() == 8u);
    const auto statistics = hub.runner->statistics()[0];
    BOOST_CHECK(statistics.breaker == dispatch::breaker_state::closed);
    BOOST_TEST(statistics.failures_in_a_row == 0u);
    BOOST_TEST(statistics.no_contact == 0u);
    BOOST_CHECK(statistics.paused_until == time_point{});
    BOOST_TEST(hub.cloud.calls["ask"] == 0);
    hub.end();
}

BOOST_AUTO_TEST_CASE(what_would_have_to_wait_too_long_goes_back_and_comes_when_the_cloud_said) {
    commanding hub(*this);
    hub.cloud.says("send", {"busy 240"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(1s);
    for (int room = 2; room <= 8; ++room) open_action("alpha", room);
    time.run_for(1s);
    BOOST_TEST(hub.runner->in_flight() == 0u);
    BOOST_TEST(sql_value(database(), "SELECT SUM(sends) FROM commands") == "1");  // nothing else counted an attempt
    hub.cloud.says("send", {"done 1015"});
    time.run_for(236s);
    BOOST_TEST(seen(hub).size() == 1u);
    time.run_for(10s);
    BOOST_TEST(callbacks().size() == 8u);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_question_about_a_command_that_meets_a_busy_cloud_pauses_it_too) {
    commanding hub(*this);
    hub.cloud.answers("send", {lose_reply()});
    hub.cloud.says("ask", {"busy 60", "done 1015"});
    hub.start();
    open_action("alpha", 1);
    time.run_for(6s);
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    BOOST_CHECK(hub.runner->statistics()[0].paused_until > time.now());
    time.run_for(58s);
    BOOST_TEST(hub.cloud.calls["ask"] == 1);
    time.run_for(30s);
    BOOST_TEST(hub.cloud.calls["ask"] == 2);
    BOOST_TEST(callbacks().size() == 1u);
    hub.end();
}

BOOST_AUTO_TEST_CASE(commands_of_a_cloud_that_stays_busy_expire_in_time) {
    commanding hub(*this);
    hub.cloud.says("send", {"busy"});
    hub.start();
    for (int room = 1; room <= 8; ++room) open_action("alpha", room);
    time.run_for(14min + 50s);
    BOOST_TEST(callbacks().empty());
    time.run_for(20s);
    BOOST_TEST(callbacks().size() == 8u);
    BOOST_TEST(hub.cloud.calls["send"] < 8 * 9);
    hub.end();
}

BOOST_AUTO_TEST_CASE(a_busy_lock_gateway_delays_only_its_locks) {
    commanding hub(*this);
    hub.cloud.answers("send", {delayed(5s, respond(200, "done 1015"))});
    hub.start();
    stored<storage::nothing>([&](auto done) {
        storage::lock_gateways known{account_id("plain"), {}};
        for (int room = 1; room <= 4; ++room) {
            reported_device device;
            device.lock_uuid = "alpha-r" + std::to_string(room);
            device.gateway_uuid = "G1";
            known.devices.push_back(std::move(device));
        }
        store().note_gateways(std::move(known), std::move(done));
    });
    const auto begin = time.now();
    for (int room = 1; room <= 6; ++room) open_action("alpha", room);
    time.run_for(1s);
    BOOST_TEST(seen(hub).size() == 3u);  // rooms 1, 5 and 6
    time.run_for(20s);
    const auto calls = seen(hub);
    BOOST_REQUIRE_EQUAL(calls.size(), 6u);
    for (int i = 1; i <= 3; ++i) {
        const auto late = calls[static_cast<std::size_t>(2 + i)] - (begin + 5s * i);
        BOOST_TEST((late >= 0s && late < 50ms));
    }
    BOOST_TEST(callbacks().size() == 6u);
    hub.end();
}

BOOST_AUTO_TEST_SUITE_END()
