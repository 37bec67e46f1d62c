#include <boost/test/unit_test.hpp>

#include "tests/support/gateway_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_action_news_test)

namespace {

using namespace std::chrono_literals;

struct hotel : gateway_hotel {
    // "accepted", or the state and final code.
    std::string last_news() {
        if (news.empty()) return "nothing";
        const auto& last = news.back();
        if (last.accepted) return "accepted";
        return std::string(to_string(last.state)) + (last.final_code ? " " + std::to_string(*last.final_code) : "") +
               (last.message.empty() ? "" : " " + last.message);
    }

    storage::action_opened enable(std::uint8_t key) { return open_action(action("101", key)); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(acceptance_and_end_are_told_each_once, hotel) {
    const auto opened = enable(1);
    const auto leased = lease_one("gw");
    BOOST_TEST(last_news() == "nothing");
    settle(taken(leased, "700", clock.now() + 60s));
    BOOST_TEST(last_news() == "accepted");
    BOOST_TEST(news.back().action.value == opened.action.value);
    clock.advance(60s);
    const auto polling = lease_one("gw");
    settle(taken(polling, "", clock.now()));
    BOOST_TEST(news.size() == 1U);
    settle(done(lease_one("gw")));
    BOOST_TEST(last_news() == "succeeded 0");
    BOOST_TEST(news.size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_refusal_is_told_with_its_text, hotel) {
    enable(1);
    settle(rejected(lease_one("gw"), "门锁离线"));
    BOOST_TEST(last_news() == "failed -1 门锁离线");
}

BOOST_FIXTURE_TEST_CASE(an_action_left_to_an_operator_is_told_and_so_is_the_verdict, hotel) {
    const auto opened = enable(1);
    auto unknown = done(lease_one("gw"));
    unknown.next = command_state::unverifiable;
    settle(unknown);
    BOOST_TEST(last_news() == "unverifiable");
    call<storage::nothing>([&](auto d) {
        store().decide_action({.action = opened.action, .succeeded = true, .actor = "wang", .reason = "it opens"},
                              std::move(d));
    });
    BOOST_TEST(last_news() == "succeeded 0 decided by wang: it opens");
}

BOOST_FIXTURE_TEST_CASE(of_several_steps_only_the_last_is_told_as_accepted, hotel) {
    enable(1);
    carry_out();
    auto computed = action("101", 2);
    call<action_id>([&](auto d) {
        store().record_answered_action(
            {.request = std::move(computed), .note = "", .pin_valid_until = clock.now() + 1h}, std::move(d));
    });
    open_action(disabling("101"));
    news.clear();
    settle(taken(lease_one("gw"), "700", clock.now()));
    BOOST_TEST(last_news() == "nothing");
    settle(done(lease_one("gw")));
    BOOST_TEST(last_news() == "nothing");
    settle(taken(lease_one("gw"), "701", clock.now()));
    BOOST_TEST(last_news() == "accepted");
}

BOOST_FIXTURE_TEST_CASE(the_same_request_again_learns_whether_it_was_accepted, hotel) {
    enable(1);
    BOOST_TEST(!enable(1).accepted);
    settle(taken(lease_one("gw"), "700", clock.now() + 60s));
    BOOST_TEST(enable(1).accepted);
}

BOOST_FIXTURE_TEST_CASE(a_settlement_that_is_refused_tells_nothing, hotel) {
    enable(1);
    auto settlement = done(lease_one("gw"));
    settlement.lease_token += 1;
    BOOST_TEST(!settle(settlement).has_value());
    BOOST_TEST(last_news() == "nothing");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
