#include "hub/http/deadline_wheel.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <memory>

using namespace lockhub;

namespace {

class recorder final : public hub::deadline_wheel::entry {
  public:
    int fired = 0;
    std::function<void()> then;

  private:
    void on_deadline() override {
        ++fired;
        if (then) then();
    }
};

void turn(hub::deadline_wheel& wheel, int times) {
    for (int i = 0; i < times; ++i) wheel.turn();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deadline_wheel_test)

BOOST_AUTO_TEST_CASE(a_deadline_fires_once_after_its_ticks_and_the_one_under_way) {
    for (const int ticks : {0, 1, 3, 7, 8, 9, 100}) BOOST_TEST_CONTEXT(ticks << " ticks on a wheel of 8 slots") {
            hub::deadline_wheel wheel(8);
            recorder what;
            turn(wheel, 5);
            wheel.arm(what, static_cast<std::uint64_t>(ticks));
            turn(wheel, ticks);
            BOOST_TEST(what.fired == 0);
            turn(wheel, 1);
            BOOST_TEST(what.fired == 1);
            turn(wheel, 200);
            BOOST_TEST(what.fired == 1);
        }
}

BOOST_AUTO_TEST_CASE(a_disarmed_deadline_never_fires) {
    hub::deadline_wheel wheel(8);
    recorder what;
    wheel.arm(what, 3);
    wheel.disarm(what);
    turn(wheel, 50);
    BOOST_TEST(what.fired == 0);
}

BOOST_AUTO_TEST_CASE(arming_again_moves_a_deadline_both_ways) {
    hub::deadline_wheel wheel(8);
    recorder later, sooner;
    wheel.arm(later, 2);
    wheel.arm(later, 10);
    wheel.arm(sooner, 10);
    wheel.arm(sooner, 2);
    turn(wheel, 3);
    BOOST_TEST(later.fired == 0);
    BOOST_TEST(sooner.fired == 1);
    turn(wheel, 8);
    BOOST_TEST(later.fired == 1);
    BOOST_TEST(sooner.fired == 1);
}

BOOST_AUTO_TEST_CASE(a_deadline_may_be_armed_again_when_it_fires) {
    hub::deadline_wheel wheel(4);
    recorder what;
    what.then = [&] { wheel.arm(what, 3); };
    wheel.arm(what, 3);
    turn(wheel, 12);
    BOOST_TEST(what.fired == 3);
}

BOOST_AUTO_TEST_CASE(one_deadline_may_move_another_of_the_same_tick) {
    hub::deadline_wheel wheel(4);
    recorder first, second;
    first.then = [&] { wheel.arm(second, 2); };
    second.then = [&] { wheel.arm(first, 2); };
    wheel.arm(first, 1);
    wheel.arm(second, 1);
    turn(wheel, 2);
    BOOST_TEST(first.fired + second.fired == 1);
    turn(wheel, 3);
    BOOST_TEST(first.fired + second.fired == 2);
}

BOOST_AUTO_TEST_CASE(an_entry_that_goes_takes_its_deadline_along) {
    hub::deadline_wheel wheel(8);
    recorder stays;
    auto goes = std::make_unique<recorder>();
    recorder stays_too;
    wheel.arm(stays, 1);
    wheel.arm(*goes, 1);
    wheel.arm(stays_too, 1);
    goes.reset();
    turn(wheel, 2);
    BOOST_TEST(stays.fired == 1);
    BOOST_TEST(stays_too.fired == 1);
}

BOOST_AUTO_TEST_SUITE_END()
