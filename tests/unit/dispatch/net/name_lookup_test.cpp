#include "dispatch/net/name_lookup.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "dispatch/net/task_group.hpp"
#include "tests/support/run_task.hpp"

namespace lockhub::test {

using dispatch::lookup_result;
using dispatch::name_lookup;
using dispatch::task;
using dispatch::wake_signal;

namespace {

const std::vector<wire::ip_address> somewhere = {*wire::ip_address::parse("192.0.2.1")};

struct lookup_fixture {
    dispatch::asio::io_context io{1};
    dispatch::task_group tasks{io.get_executor(), nullptr};
    std::vector<std::optional<lookup_result>> answers;

    task<void> ask(name_lookup& lookup, std::string host, wake_signal& signal) {
        auto answer = co_await lookup.find(std::move(host), signal);
        answers.push_back(std::move(answer));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(name_lookup_test)

BOOST_FIXTURE_TEST_CASE(calls_for_one_name_share_one_look_up_on_another_thread, lookup_fixture) {
    std::promise<void> go_on;
    std::atomic<int> asked = 0;
    std::atomic<bool> on_io_thread = false;
    const auto here = std::this_thread::get_id();
    name_lookup lookup(io.get_executor(), [&, ready = go_on.get_future().share()](const std::string&) -> lookup_result {
        if (std::this_thread::get_id() == here) on_io_thread = true;
        ++asked;
        ready.wait();
        return somewhere;
    });
    wake_signal first(io.get_executor());
    wake_signal second(io.get_executor());
    tasks.spawn("first", ask(lookup, "pms.test", first));
    tasks.spawn("second", ask(lookup, "pms.test", second));
    io.poll();
    go_on.set_value();
    run_task(io, tasks.join());
    BOOST_REQUIRE(answers.size() == 2U);
    for (const auto& answer : answers) BOOST_TEST((answer && *answer && **answer == somewhere));
    BOOST_TEST(asked.load() == 1);
    BOOST_TEST(!on_io_thread.load());

    run_task(io, ask(lookup, "pms.test", first));
    BOOST_TEST(asked.load() == 2);
}

BOOST_FIXTURE_TEST_CASE(a_call_that_gives_up_gets_nothing_and_the_others_still_get_their_answer, lookup_fixture) {
    std::promise<void> go_on;
    name_lookup lookup(io.get_executor(), [ready = go_on.get_future().share()](const std::string&) -> lookup_result {
        ready.wait();
        return fail(errc::not_found, "no such name");
    });
    wake_signal hasty(io.get_executor());
    wake_signal patient(io.get_executor());
    tasks.spawn("hasty", ask(lookup, "slow.test", hasty));
    tasks.spawn("patient", ask(lookup, "slow.test", patient));
    io.poll();
    hasty.set();
    run_until(io, [&] { return answers.size() == 1; });
    BOOST_TEST(!answers.front().has_value());
    go_on.set_value();
    run_task(io, tasks.join());
    BOOST_REQUIRE(answers.back().has_value());
    BOOST_TEST(answers.back()->error().message == "no such name");
}

BOOST_AUTO_TEST_CASE(the_system_knows_localhost_and_says_why_it_does_not_know_others) {
    const auto known = dispatch::system_lookup("localhost");
    BOOST_REQUIRE(known);
    BOOST_TEST((known->front().text() == "127.0.0.1" || known->front().text() == "::1"));
    const auto unknown = dispatch::system_lookup("no-such-name.invalid");
    BOOST_REQUIRE(!unknown);
    BOOST_TEST(!unknown.error().message.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
