#include "dispatch/work_signal.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include "dispatch/net/task_group.hpp"
#include "tests/support/virtual_time.hpp"

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

struct resting_loop {
    asio::io_context io;
    test::virtual_time time{io};
    work_signal signal{time};
    task_group group{io.get_executor(), [](const auto&, const auto& what) { BOOST_ERROR(what); }};
    time_point start = time.now();
    int turns = 0;

    void rest(duration longest) {
        group.spawn("rest", [](resting_loop& self, time_point until) -> task<void> {
            co_await self.signal.rest_until(until);
            ++self.turns;
        }(*this, start + longest));
        time.run_until_idle();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(work_signal_test, resting_loop)

BOOST_AUTO_TEST_CASE(rests_until_the_time_it_was_told) {
    rest(10s);
    time.run_for(9999ms);
    BOOST_TEST(turns == 0);
    time.run_for(1ms);
    BOOST_TEST(turns == 1);
}

BOOST_AUTO_TEST_CASE(earlier_work_wakes_it_and_later_work_does_not) {
    rest(10s);
    signal.work_at(start + 20s);
    time.run_until_idle();
    BOOST_TEST(turns == 0);
    signal.work_at(start + 5s);
    time.run_until_idle();
    BOOST_TEST(turns == 1);
}

BOOST_AUTO_TEST_CASE(work_that_comes_while_it_does_not_rest_is_for_the_loop_to_see) {
    signal.work_now();
    rest(10s);
    BOOST_TEST(turns == 0);
    signal.work_now();
    time.run_until_idle();
    BOOST_TEST(turns == 1);
}

BOOST_AUTO_TEST_SUITE_END()
