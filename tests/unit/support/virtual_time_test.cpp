// The ground the simulations stand on.
#include "tests/support/virtual_time.hpp"

#include <boost/test/unit_test.hpp>

#include "dispatch/net/task_group.hpp"
#include "tests/support/scripted_transport.hpp"

namespace lockhub::test {

using namespace std::chrono_literals;
using dispatch::task;

namespace {

struct simulated {
    dispatch::asio::io_context io{1};
    virtual_time time{io};
    dispatch::task_group tasks{io.get_executor(), nullptr};
    std::vector<std::string> seen;
    time_point start = time.now();

    task<void> note_after(duration d, std::string what) {
        const auto waiter = time.make_waiter();
        co_await waiter->wait_until(start + d);
        seen.push_back(std::move(what));
    }

    task<void> send_and_note(scripted_transport& network, std::string url, duration timeout) {
        wire::http_request request;
        request.url = std::move(url);
        dispatch::transport_options options;
        options.timeout = timeout;
        const auto answer = co_await network.send(std::move(request), options);
        seen.push_back(answer ? std::to_string(answer->status) : std::string(to_string(answer.error().why)));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(virtual_time_test)

BOOST_FIXTURE_TEST_CASE(waits_end_in_the_order_of_their_deadlines_and_take_no_time, simulated) {
    tasks.spawn("late", note_after(2h, "late"));
    tasks.spawn("early", note_after(1min, "early"));
    tasks.spawn("early too", note_after(1min, "early too"));
    time.run_until_idle();
    BOOST_TEST(seen.empty());
    BOOST_TEST(time.advance_to_next());
    BOOST_TEST((seen == std::vector<std::string>{"early", "early too"}));
    BOOST_TEST((time.now() - start == 1min));
    BOOST_TEST(time.advance_to_next());
    BOOST_TEST(seen.back() == "late");
    BOOST_TEST(!time.advance_to_next());
    BOOST_TEST((time.now() - start == 2h));
}

BOOST_FIXTURE_TEST_CASE(a_wake_ends_a_wait_and_one_before_the_wait_is_not_lost, simulated) {
    const auto waiter = time.make_waiter();
    const auto wait_twice = [](dispatch::waiter& w, simulated& s) -> task<void> {
        co_await w.wait_until(s.start + 1h);
        s.seen.push_back("once");
        co_await w.wait_until(s.start + 1h);
        s.seen.push_back("twice");
    };
    waiter->wake();
    tasks.spawn("waits", wait_twice(*waiter, *this));
    time.run_until_idle();
    BOOST_TEST((seen == std::vector<std::string>{"once"}));
    waiter->wake();
    time.run_until_idle();
    BOOST_TEST(seen.back() == "twice");
    BOOST_TEST((time.now() == start));
}

BOOST_FIXTURE_TEST_CASE(running_for_a_while_stops_at_every_deadline_on_the_way, simulated) {
    tasks.spawn("within", note_after(10s, "within"));
    tasks.spawn("beyond", note_after(31s, "beyond"));
    time.run_for(30s);
    BOOST_TEST((seen == std::vector<std::string>{"within"}));
    BOOST_TEST((time.now() - start == 30s));
    BOOST_TEST(time.run_until([&] { return seen.size() == 2; }, 1min));
    BOOST_TEST((time.now() - start == 31s));
}

BOOST_FIXTURE_TEST_CASE(steps_that_no_handler_drives_run_when_nothing_else_can, simulated) {
    int left = 3;
    time.when_idle([&] { return left > 0 && left-- > 0; });
    time.run_until_idle();
    BOOST_TEST(left == 0);
}

BOOST_FIXTURE_TEST_CASE(a_scripted_network_answers_delays_loses_and_refuses, simulated) {
    scripted_transport network(time, time, [](const wire::http_request& request) {
        if (request.url == "http://ok/") return respond_ok();
        if (request.url == "http://slow/") return delayed(5s, respond(503, ""));
        if (request.url == "http://silent/") return never_answer();
        if (request.url == "http://lossy/") return lose_reply();
        return refuse_connection();
    });
    for (const auto* url : {"http://ok/", "http://slow/", "http://silent/", "http://lossy/", "http://closed/"}) {
        tasks.spawn(url, send_and_note(network, url, 10s));
    }
    time.run_until_idle();
    BOOST_TEST((seen == std::vector<std::string>{"200", "connection_lost", "connection_refused"}));
    BOOST_TEST(network.in_flight() == 2U);
    time.run_for(5s);
    BOOST_TEST(seen.back() == "503");
    time.run_for(5s);
    BOOST_TEST(seen.back() == "timeout");
    BOOST_TEST(network.requests().size() == 5U);
    BOOST_TEST(network.in_flight() == 0U);
}

BOOST_FIXTURE_TEST_CASE(an_interrupted_network_gives_every_call_back_at_once, simulated) {
    scripted_transport network(time, time, [](const wire::http_request&) { return never_answer(); });
    tasks.spawn("under way", send_and_note(network, "http://silent/", 10s));
    time.run_until_idle();
    network.interrupt();
    tasks.spawn("too late", send_and_note(network, "http://silent/", 10s));
    time.run_until_idle();
    BOOST_TEST((seen == std::vector<std::string>{"interrupted", "interrupted"}));
    BOOST_TEST(network.requests().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
