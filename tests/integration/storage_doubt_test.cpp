// Commands of which nobody knows what became, settled by what the lock cloud reports.
#include <boost/test/unit_test.hpp>

#include "tests/support/reconciled_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_doubt_test)

namespace {

using namespace std::chrono_literals;
using words = std::vector<std::string>;
using kind = storage::action_opened::kind;

using hotel = reconciled_hotel;

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_unverifiable_pin_that_is_found_ends_its_action_with_one_callback, hotel) {
    const auto doubtful = doubt(action("101", 1));
    clock.advance(10s);
    BOOST_TEST(lease_inventories() == words{"lock-a"});
    BOOST_TEST(compare({found("1001", doubtful)}).doubts_settled == 1U);
    BOOST_TEST(state_of(doubtful) == "succeeded 0");
    BOOST_TEST(text("SELECT payload FROM outbox") == "actionId=" + doubtful + "&code=0");
    BOOST_TEST((reveal("101").what == storage::pin_known::kind::known));
    BOOST_TEST(differences().empty());
}

BOOST_FIXTURE_TEST_CASE(an_unverifiable_pin_that_is_twice_not_found_has_failed, hotel) {
    const auto doubtful = doubt(action("101", 1));
    clock.advance(10s);
    BOOST_TEST(compare({}).doubts_settled == 0U);
    BOOST_TEST(state_of(doubtful) == "unverifiable none");
    clock.advance(30s);
    BOOST_TEST(lease_inventories() == words{"lock-a"});
    BOOST_TEST(compare({}).doubts_settled == 1U);
    BOOST_TEST(state_of(doubtful) == "failed -1");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
    BOOST_TEST(differences().empty());
}

BOOST_FIXTURE_TEST_CASE(an_unverifiable_pin_that_was_taken_back_meanwhile_is_removed_when_found, hotel) {
    const auto doubtful = doubt(action("101", 1));
    BOOST_TEST((open_action(disabling("101")).what == kind::nothing_to_do));
    clock.advance(1s);
    compare({found("1001", doubtful)});
    BOOST_TEST(state_of(doubtful) == "succeeded 0");
    BOOST_TEST(differences() == words{"pin_left repairing 1001"});
    BOOST_TEST(lease_one().command.credential_ref == "1001");
    BOOST_TEST((reveal("101").what == storage::pin_known::kind::none));
}

BOOST_FIXTURE_TEST_CASE(an_unverifiable_removal_is_settled_and_made_up_for, hotel) {
    give_pin("101", 1, "1001");
    const auto label = last_action();
    const auto doubtful = doubt(disabling("101"));
    clock.advance(1min);
    compare({found("1001", label)});
    clock.advance(30s);
    BOOST_TEST(compare({found("1001", label)}).doubts_settled == 1U);
    BOOST_TEST(state_of(doubtful) == "failed -1");
    BOOST_TEST(differences() == words{"pin_left repairing 1001"});
}

BOOST_FIXTURE_TEST_CASE(an_operators_word_ends_the_difference_too, hotel) {
    const auto doubtful = doubt(action("101", 1));
    const auto refused = change(difference_id(), storage::drift_verb::accept);
    BOOST_TEST((refused.error().code == errc::conflict));
    call<storage::nothing>([&](auto d) {
        store().decide_action({.action = action_id(doubtful), .succeeded = false, .actor = "wang", .reason = "no"},
                              std::move(d));
    });
    BOOST_TEST(differences().empty());
    BOOST_TEST(text("SELECT reason FROM differences") == "failed");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
