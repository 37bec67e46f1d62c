#include "dispatch/net/task_group.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "dispatch/net/asio_waiter.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_task.hpp"

namespace lockhub::test {

using dispatch::task;
using dispatch::task_group;

namespace {

task<void> wait_for(dispatch::waiter& waiter, time_point deadline, int& ended) {
    co_await waiter.wait_until(deadline);
    ++ended;
}

task<void> throw_at_once() {
    throw std::runtime_error("broken invariant");
    co_return;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(task_group_test)

BOOST_AUTO_TEST_CASE(join_returns_when_the_last_task_has_ended) {
    dispatch::asio::io_context io;
    const manual_clock time;
    dispatch::asio_waiters waiters(io.get_executor(), time);
    task_group group(io.get_executor(), nullptr);
    const auto first = waiters.make_waiter();
    const auto second = waiters.make_waiter();
    int ended = 0;
    group.spawn("first", wait_for(*first, time.now() + std::chrono::hours(1), ended));
    group.spawn("second", wait_for(*second, time.now() + std::chrono::hours(1), ended));
    BOOST_TEST(group.running() == 2U);

    first->wake();
    run_until(io, [&] { return group.running() == 1; });
    second->wake();
    run_task(io, group.join());
    BOOST_TEST(ended == 2);
    BOOST_TEST(group.running() == 0U);
}

BOOST_AUTO_TEST_CASE(joining_an_empty_group_returns_at_once) {
    dispatch::asio::io_context io;
    task_group group(io.get_executor(), nullptr);
    run_task(io, group.join());
    BOOST_TEST(group.running() == 0U);
}

BOOST_AUTO_TEST_CASE(an_exception_is_told_with_the_name_of_its_task_and_ends_that_task_alone) {
    dispatch::asio::io_context io;
    std::vector<std::string> told;
    task_group group(io.get_executor(),
                     [&](const std::string& name, const std::string& what) { told.push_back(name + ": " + what); });
    group.spawn("deliverer", throw_at_once());
    run_task(io, group.join());
    BOOST_TEST((told == std::vector<std::string>{"deliverer: broken invariant"}));
}

BOOST_AUTO_TEST_CASE(a_wait_whose_deadline_has_passed_returns_at_once_and_one_that_comes_is_noticed) {
    dispatch::asio::io_context io;
    manual_clock time;
    dispatch::asio_waiters waiters(io.get_executor(), time);
    const auto waiter = waiters.make_waiter();
    run_task(io, waiter->wait_until(time.now()));
    run_task(io, waiter->wait_until(time_point::min()));

    int ended = 0;
    task_group group(io.get_executor(), nullptr);
    group.spawn("waits", wait_for(*waiter, time.now() + std::chrono::milliseconds(5), ended));
    io.poll();
    BOOST_TEST(ended == 0);
    time.advance(std::chrono::milliseconds(5));
    run_task(io, group.join());
    BOOST_TEST(ended == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
