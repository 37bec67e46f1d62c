#include "hub/http/admission.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using verdict = hub::admission::verdict;

namespace {

const auto here = wire::ip_address::parse("192.0.2.1");
const auto there = wire::ip_address::parse("2001:db8::1");

}  // namespace

BOOST_AUTO_TEST_SUITE(admission_test)

BOOST_AUTO_TEST_CASE(an_address_has_its_bound_and_the_others_theirs) {
    hub::admission door(100, 2);
    BOOST_CHECK(door.enter(here) == verdict::admitted);
    BOOST_CHECK(door.enter(here) == verdict::admitted);
    BOOST_CHECK(door.enter(here) == verdict::too_many_from_address);
    BOOST_CHECK(door.enter(there) == verdict::admitted);
    BOOST_TEST(door.open() == 3U);
}

BOOST_AUTO_TEST_CASE(what_leaves_makes_room) {
    hub::admission door(100, 1);
    BOOST_CHECK(door.enter(here) == verdict::admitted);
    BOOST_CHECK(door.enter(here) == verdict::too_many_from_address);
    door.leave(here);
    BOOST_TEST(door.open() == 0U);
    BOOST_CHECK(door.enter(here) == verdict::admitted);
}

BOOST_AUTO_TEST_CASE(the_whole_has_its_bound_too) {
    hub::admission door(2, 2);
    BOOST_CHECK(door.enter(here) == verdict::admitted);
    BOOST_CHECK(door.enter(there) == verdict::admitted);
    BOOST_CHECK(door.enter(there) == verdict::full);
    door.leave(here);
    BOOST_CHECK(door.enter(there) == verdict::admitted);
}

BOOST_AUTO_TEST_CASE(peers_that_stand_for_many_count_for_the_whole_only) {
    hub::admission door(3, 1);
    for (int i = 0; i < 3; ++i) BOOST_CHECK(door.enter(std::nullopt) == verdict::admitted);
    BOOST_CHECK(door.enter(std::nullopt) == verdict::full);
    door.leave(std::nullopt);
    BOOST_CHECK(door.enter(std::nullopt) == verdict::admitted);
}

BOOST_AUTO_TEST_SUITE_END()
