#include "hub/lockapi/gathering.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <vector>

#include "tests/support/virtual_time.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using hub::task;

namespace {

struct bench {
    dispatch::asio::io_context io{1};
    test::virtual_time time{io};
    std::vector<std::string> failures;
    dispatch::task_group beside{io.get_executor(),
                                [this](const std::string&, const std::string& what) { failures.push_back(what); }};
    dispatch::task_group requests{io.get_executor(),
                                  [this](const std::string&, const std::string& what) { failures.push_back(what); }};
    int done = 0;

    static task<void> work(bench& self, duration takes) {
        const auto pause = self.time.make_waiter();
        co_await pause->wait_until(self.time.now() + takes);
        ++self.done;
    }
    static task<int> number(bench& self, duration takes, bool fails) {
        const auto pause = self.time.make_waiter();
        co_await pause->wait_until(self.time.now() + takes);
        if (fails) throw std::runtime_error("no number");
        co_return 7;
    }
    static task<void> gather(bench& self, std::vector<duration> all, duration longest, std::optional<bool>& ended) {
        hub::gathering together(self.beside, self.time, self.time);
        for (const auto takes : all) together.add("work", work(self, takes));
        ended = co_await together.wait_until(self.time.now() + longest);
    }
    static task<void> ask(bench& self, duration takes, bool fails, std::optional<std::optional<int>>& out) {
        out = co_await hub::in_time<int>(self.beside, self.time, self.time, self.time.now() + 20s,
                                         number(self, takes, fails));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(gathering_test)

BOOST_AUTO_TEST_CASE(tasks_run_beside_one_another_and_the_wait_ends_with_the_last) {
    bench b;
    std::optional<bool> ended;
    b.requests.spawn("gather", bench::gather(b, {1s, 3s, 2s}, 20s, ended));
    b.time.run_for(2'999ms);
    BOOST_TEST(!ended.has_value());
    b.time.run_for(1ms);
    BOOST_REQUIRE(ended.has_value());
    BOOST_TEST(*ended);
    BOOST_TEST(b.done == 3);
}

BOOST_AUTO_TEST_CASE(what_has_not_ended_in_time_goes_on_by_itself) {
    bench b;
    std::optional<bool> ended;
    b.requests.spawn("gather", bench::gather(b, {1s, 30s}, 20s, ended));
    b.time.run_for(20s);
    BOOST_REQUIRE(ended.has_value());
    BOOST_TEST(!*ended);
    BOOST_TEST(b.done == 1);
    b.time.run_for(10s);
    BOOST_TEST(b.done == 2);
}

BOOST_AUTO_TEST_CASE(nothing_to_wait_for_is_no_wait) {
    bench b;
    std::optional<bool> ended;
    b.requests.spawn("gather", bench::gather(b, {}, 20s, ended));
    b.time.run_until_idle();
    BOOST_TEST((ended == true));
}

BOOST_AUTO_TEST_CASE(a_value_comes_in_time_or_not_at_all) {
    bench b;
    std::optional<std::optional<int>> quick, slow;
    b.requests.spawn("quick", bench::ask(b, 1s, false, quick));
    b.requests.spawn("slow", bench::ask(b, 21s, false, slow));
    b.time.run_for(30s);
    BOOST_REQUIRE((quick && slow));
    BOOST_TEST((*quick == 7));
    BOOST_TEST(!slow->has_value());
    BOOST_TEST(b.failures.empty());
}

BOOST_AUTO_TEST_CASE(what_a_task_throws_reaches_the_request_or_the_group) {
    bench b;
    std::optional<std::optional<int>> quick, slow;
    b.requests.spawn("quick", bench::ask(b, 1s, true, quick));
    b.time.run_for(2s);
    BOOST_TEST(!quick.has_value());
    BOOST_TEST((b.failures == std::vector<std::string>{"no number"}));
    b.requests.spawn("slow", bench::ask(b, 21s, true, slow));
    b.time.run_for(20s);
    BOOST_REQUIRE(slow.has_value());
    BOOST_TEST(!slow->has_value());
    b.time.run_for(1s);
    BOOST_TEST(b.failures.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
