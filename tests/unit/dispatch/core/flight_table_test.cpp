#include "dispatch/core/flight_table.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <stdexcept>
#include <string>

using lockhub::dispatch::flight_table;

BOOST_AUTO_TEST_SUITE(flight_table_test)

BOOST_AUTO_TEST_CASE(a_place_stays_the_same_until_it_is_released) {
    flight_table<std::string> table;
    const auto first = table.add("first");
    const auto second = table.add("second");
    BOOST_TEST(table.release(first) == "first");
    BOOST_TEST(table.at(second) == "second");
    BOOST_TEST(table.size() == 1u);
}

BOOST_AUTO_TEST_CASE(released_places_are_used_again) {
    flight_table<std::string> table;
    std::set<std::size_t> places;
    for (int round = 0; round < 100; ++round) {
        const auto a = table.add("a");
        const auto b = table.add("b");
        places.insert({a, b});
        table.release(a);
        table.release(b);
    }
    BOOST_TEST(places.size() == 2u);
    BOOST_TEST(table.size() == 0u);
}

BOOST_AUTO_TEST_CASE(visits_what_is_in_flight_and_nothing_else) {
    flight_table<std::string> table;
    const auto first = table.add("first");
    table.add("second");
    table.release(first);
    std::string seen;
    table.for_each([&](std::string& what) { seen += what; });
    BOOST_TEST(seen == "second");
}

BOOST_AUTO_TEST_CASE(a_place_cannot_be_released_twice) {
    flight_table<std::string> table;
    const auto place = table.add("first");
    table.release(place);
    BOOST_CHECK_THROW(table.release(place), std::logic_error);
    BOOST_CHECK_THROW(table.at(7), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
