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
    explicit line(std::size_t at_once, std::size_t per_second = 0) { turns.allow({at_once, per_second}); }
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
        self.began_at.push_back(self.time.now());
        const auto pause = self.time.make_waiter();
        co_await pause->wait_until(self.time.now() + self.takes);
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
    std::vector<time_point> began_at;
    duration takes = 1s;  // a call
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
    l.turns.allow({.at_once = 3});
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
    l.command("set");
    l.time.run_for(1s);
    BOOST_TEST(l.begun.back() == "set");
}

BOOST_AUTO_TEST_CASE(without_a_common_ceiling_questions_do_not_take_the_place_of_commands) {
    line l(0);
    for (std::size_t i = 0; i < limits::commands_in_flight_per_account + 2; ++i) l.question("q");
    BOOST_TEST(l.turns.taken() == limits::commands_in_flight_per_account);
    l.command("set");
    BOOST_TEST(l.begun.back() == "set");
}

BOOST_AUTO_TEST_CASE(no_second_sees_more_calls_than_allowed_and_not_fewer_than_it_could) {
    line l(0, 3);
    l.takes = 1ms;
    for (int i = 0; i < 5; ++i) l.command("c");
    for (int i = 0; i < 5; ++i) l.question("q");
    l.time.run_for(10s);
    BOOST_REQUIRE_EQUAL(l.began_at.size(), 10u);
    BOOST_TEST(l.begun.back() == "q");
    const auto first = l.began_at.front();
    // A call counts until a second after its end.
    for (std::size_t i = 0; i < 10; ++i) {
        BOOST_TEST((l.began_at[i] - first).count() == static_cast<std::int64_t>(i / 3 * 1001));
    }
}

BOOST_AUTO_TEST_CASE(a_call_under_way_counts_however_long_it_takes) {
    line l(0, 2);
    l.takes = 5s;
    for (const auto* name : {"a", "b", "c"}) l.question(name);
    l.time.run_for(5999ms);
    BOOST_TEST(l.begun.size() == 2u);
    l.time.run_for(1ms);
    BOOST_TEST(l.begun.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_pause_holds_everybody_back_and_sends_away_who_cannot_wait_for_its_end) {
    line l(2);
    l.turns.pause(l.time.now() + 10s);
    l.question("patient");
    l.question("hurried", 10s);
    BOOST_TEST(l.begun == (names{"-hurried"}), boost::test_tools::per_element());
    l.time.run_for(9999ms);
    BOOST_TEST(l.begun.size() == 1u);
    l.time.run_for(1ms);
    BOOST_TEST(l.begun.back() == "patient");
    BOOST_TEST((l.began_at.back() == l.time.now()));
}

BOOST_AUTO_TEST_CASE(a_pause_that_comes_while_they_wait_does_the_same) {
    line l(1);
    l.question("a");
    l.question("patient");
    l.question("hurried", 8s);
    l.turns.pause(l.time.now() + 10s);
    l.time.run_until_idle();
    BOOST_TEST(l.begun == (names{"a", "-hurried"}), boost::test_tools::per_element());
    l.time.run_for(10s);
    BOOST_TEST(l.begun.back() == "patient");
}

BOOST_AUTO_TEST_CASE(a_clock_set_back_leaves_no_pause_for_days) {
    line l(1);
    l.turns.pause(l.time.now() + 48h);
    l.question("a", 10s);
    BOOST_TEST(l.begun == (names{"a"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(another_call_in_the_same_turn_counts_and_keeps_the_turn) {
    line l(1, 1);
    l.takes = 1ms;
    constexpr auto twice = [](line& self) -> dispatch::task<void> {
        auto turn = co_await self.turns.take(call_turns::kind::command, self.time.now() + 1h);
        self.begun.emplace_back("first");
        const bool may = co_await turn->again(self.time.now() + 1h);
        self.begun.emplace_back(may ? "second" : "-second");
        self.began_at.push_back(self.time.now());
    };
    const auto begin = l.time.now();
    l.calls.spawn("twice", twice(l));
    l.time.run_until_idle();
    l.command("other");
    BOOST_TEST(l.begun == (names{"first"}), boost::test_tools::per_element());
    l.time.run_for(1s);
    BOOST_TEST(l.begun == (names{"first", "second"}), boost::test_tools::per_element());
    BOOST_TEST((l.began_at.back() == begin + 1s));
    l.time.run_for(1s);
    BOOST_TEST(l.begun.back() == "other");
    l.time.run_for(1min);
    BOOST_TEST(l.turns.taken() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
