#include "dispatch/call_turns.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "dispatch/net/task_group.hpp"
#include "schemas/core/limits.hpp"
#include "tests/support/virtual_time.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using dispatch::call_turns;

namespace {

// Calls that take a second each, written down as they begin; "-name" for one that went without a turn.
struct line {
    explicit line(std::size_t at_once) { turns.allow(at_once); }
    ~line() {
        turns.close();
        time.run_for(1min);
    }

    static dispatch::task<void> call(line& self, std::string name, call_turns::kind what, time_point until) {
        const auto turn = co_await self.turns.take(what, until);
        if (!turn) {
            self.begun.push_back("-" + name);
            co_return;
        }
        self.begun.push_back(name);
        const auto pause = self.time.make_waiter();
        co_await pause->wait_until(self.time.now() + 1s);
    }
    void question(std::string name, duration longest = 1h) {
        add(std::move(name), call_turns::kind::question, longest);
    }
    void command(std::string name) { add(std::move(name), call_turns::kind::command, 1h); }
    void add(std::string name, call_turns::kind what, duration longest) {
        calls.spawn("call", call(*this, std::move(name), what, time.now() + longest));
        time.run_until_idle();
    }

    dispatch::asio::io_context io{1};
    test::virtual_time time{io};
    call_turns turns{time, time};
    std::vector<std::string> begun;
    dispatch::task_group calls{io.get_executor(),
                               [](const std::string&, const std::string& what) { BOOST_ERROR(what); }};
};

using names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(call_turns_test)

BOOST_AUTO_TEST_CASE(so_many_calls_go_at_once_and_the_others_in_the_order_they_came) {
    line l(2);
    for (const auto* name : {"a", "b", "c", "d"}) l.question(name);
    BOOST_TEST(l.begun == (names{"a", "b"}), boost::test_tools::per_element());
    BOOST_TEST(l.turns.waiting() == 2u);
    l.time.run_for(1s);
    BOOST_TEST(l.begun == (names{"a", "b", "c", "d"}), boost::test_tools::per_element());
    l.time.run_for(1s);
    BOOST_TEST(l.turns.taken() == 0u);
}

BOOST_AUTO_TEST_CASE(a_command_goes_before_the_questions_that_wait) {
    line l(1);
    for (const auto* name : {"a", "b"}) l.question(name);
    l.command("set");
    l.time.run_for(2s);
    BOOST_TEST(l.begun == (names{"a", "set", "b"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_gets_no_turn_in_time_goes_without_and_leaves_its_place) {
    line l(1);
    l.question("a");
    l.question("b", 500ms);
    l.question("c");
    l.time.run_for(500ms);
    BOOST_TEST(l.begun == (names{"a", "-b"}), boost::test_tools::per_element());
    l.time.run_for(500ms);
    BOOST_TEST(l.begun.back() == "c");
}

BOOST_AUTO_TEST_CASE(closing_sends_everybody_away) {
    line l(1);
    l.question("a");
    l.question("b");
    l.command("set");
    l.turns.close();
    l.time.run_until_idle();
    l.question("c");
    BOOST_TEST(l.begun.size() == 4u);
    BOOST_TEST(l.begun[0] == "a");
    BOOST_TEST(l.begun[3] == "-c");
    BOOST_TEST(l.turns.waiting() == 0u);
}

BOOST_AUTO_TEST_CASE(allowing_more_lets_those_who_wait_go) {
    line l(1);
    for (const auto* name : {"a", "b", "c"}) l.question(name);
    l.turns.allow(3);
    l.time.run_until_idle();
    BOOST_TEST(l.begun.size() == 3u);
}

BOOST_AUTO_TEST_CASE(beyond_the_bound_nobody_waits) {
    line l(1);
    l.question("a");
    for (std::size_t i = 0; i < limits::questions_waiting; ++i) l.question("w");
    l.question("late");
    BOOST_TEST(l.begun.back() == "-late");
    BOOST_TEST(l.turns.waiting() == limits::questions_waiting);
}

BOOST_AUTO_TEST_SUITE_END()
