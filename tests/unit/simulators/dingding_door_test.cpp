// Digits typed at a door of the simulated 丁盯 account.
#include <boost/test/unit_test.hpp>

#include "tests/simulators/dingding_cloud.hpp"

using namespace lockhub;
using namespace lockhub::simulators;

namespace {

struct door {
    door() {
        cloud.add_lock("lock-1", "home-1", "room-1", "301");
        pin_values guest;
        guest.digits = "482913";
        cloud.find_lock("lock-1")->make_pin(false, guest, now).on_lock = true;
    }
    door_answer type(std::string_view digits) {
        pushes.clear();
        return cloud.try_digits("lock-1", digits, now, random, pushes);
    }

    time_point now = from_unix_ms(1'795'320'000'000);
    random_source random{7};
    dingding_cloud cloud{dingding_registration{}};
    std::vector<scheduled_push> pushes;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(dingding_door_test)

BOOST_AUTO_TEST_CASE(a_password_on_the_lock_opens_and_is_pushed_and_logged) {
    door at;
    const auto said = at.type("482913");
    BOOST_TEST(said.opens);
    BOOST_TEST(said.why == "password 1001");
    BOOST_REQUIRE(at.pushes.size() == 1U);
    BOOST_TEST(at.pushes[0].name == "lockerOpenAlarm");
    BOOST_TEST(at.cloud.find_lock("lock-1")->log.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_password_that_is_frozen_over_or_not_there_yet_opens_nothing_and_says_why) {
    door at;
    auto& made = at.cloud.find_lock("lock-1")->pins.at(1001);
    made.frozen = true;
    BOOST_TEST(at.type("482913").why == "frozen");
    made.frozen = false;
    made.values.end_s = to_unix_ms(at.now) / 1000 - 1;
    BOOST_TEST(at.type("482913").why == "not valid any more");
    made.values.end_s.reset();
    made.on_lock = false;
    BOOST_TEST(at.type("482913").why == "not on the lock yet");
    BOOST_TEST(!at.type("000000").opens);
}

BOOST_AUTO_TEST_CASE(the_third_wrong_one_in_a_row_is_an_alarm_and_a_right_one_begins_anew) {
    door at;
    at.type("1");
    at.type("2");
    at.type("482913");
    at.type("3");
    BOOST_TEST(at.pushes.empty());
    at.type("4");
    at.type("5");
    BOOST_REQUIRE(at.pushes.size() == 1U);
    BOOST_TEST(at.pushes[0].name == "wrongPwdAlarm");
}

BOOST_AUTO_TEST_SUITE_END()
