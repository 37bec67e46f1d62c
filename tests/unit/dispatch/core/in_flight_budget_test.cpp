#include "dispatch/core/in_flight_budget.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace lockhub::dispatch;

BOOST_AUTO_TEST_SUITE(in_flight_budget_test)

BOOST_AUTO_TEST_CASE(one_target_never_gets_more_than_its_part) {
    in_flight_budget budget(1024, 16);
    BOOST_TEST(budget.room(0) == 16u);
    budget.take(0, 16);
    BOOST_TEST(budget.room(0) == 0u);
    BOOST_TEST(budget.room(1) == 16u);
    budget.give_back(0, 3);
    BOOST_TEST(budget.room(0) == 3u);
}

BOOST_AUTO_TEST_CASE(a_hundred_greedy_targets_come_to_leave_room_for_the_next) {
    in_flight_budget budget(1024, 16);
    for (int round = 0; round < 50; ++round) {
        for (in_flight_budget::key who = 0; who < 100; ++who) {
            if (budget.in_flight(who) > 0) budget.give_back(who, 1);
            budget.take(who, budget.room(who));
        }
    }
    BOOST_TEST(budget.room(100) >= 1u);
    BOOST_TEST(budget.free() >= 64u);
}

BOOST_AUTO_TEST_CASE(a_target_that_takes_one_call_at_a_time_gets_one) {
    in_flight_budget budget(1024, 16);
    budget.set_most(0, 1);
    BOOST_TEST(budget.room(0) == 1u);
    budget.take(0, 1);
    BOOST_TEST(budget.room(0) == 0u);
    BOOST_TEST(budget.room(1) == 16u);
    budget.set_most(0, 0);
    BOOST_TEST(budget.room(0) == 15u);
    budget.set_most(0, 32);
    BOOST_TEST(budget.room(0) == 31u);
}

BOOST_AUTO_TEST_CASE(nothing_begins_when_the_hub_is_full) {
    in_flight_budget budget(2, 16);
    budget.take(0, budget.room(0));
    budget.take(1, budget.room(1));
    BOOST_TEST(budget.room(2) == 0u);
    BOOST_CHECK_THROW(budget.take(2, 1), std::logic_error);
}

BOOST_AUTO_TEST_CASE(a_call_cannot_end_twice) {
    in_flight_budget budget(256, 16);
    budget.take(0, 1);
    budget.give_back(0, 1);
    BOOST_CHECK_THROW(budget.give_back(0, 1), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
