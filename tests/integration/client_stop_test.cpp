// Stopping the client: calls under way come back interrupted, wherever they are.
#include <fmt/format.h>
#include <boost/test/unit_test.hpp>

#include "dispatch/net/task_group.hpp"
#include "tests/support/client_fixture.hpp"

namespace lockhub::test {

namespace {

struct stop_fixture : client_fixture {
    dispatch::task_group tasks{io.get_executor(), nullptr};
    std::vector<dispatch::transport_result> results;

    dispatch::task<void> call(wire::http_request request) {
        auto result = co_await client->send(std::move(request), options);
        results.push_back(std::move(result));
    }
    void start(wire::http_request request) { tasks.spawn("call", call(std::move(request))); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(client_stop_test)

BOOST_FIXTURE_TEST_CASE(a_call_waiting_for_its_answer_comes_back_interrupted_and_maybe_sent, stop_fixture) {
    const scripted_peer peer(io, {{read_request(), stall()}});
    start(post(peer.url()));
    run_until(io, [&] { return peer.log().requests.size() == 1; });
    run_task(io, client->stop());
    run_task(io, tasks.join());
    BOOST_REQUIRE(results.size() == 1U);
    BOOST_REQUIRE(!results.front());
    BOOST_TEST(to_string(results.front().error().why) == "interrupted");
    BOOST_TEST(results.front().error().maybe_sent);
}

BOOST_FIXTURE_TEST_CASE(a_call_still_connecting_or_looking_up_its_name_was_certainly_not_sent, stop_fixture) {
    const full_listener full(io);
    start(post(fmt::format("http://127.0.0.1:{}/", full.port())));
    start(post("http://slow.test/"));
    run_until(io, [&] { return client->statistics().in_flight == 2; });
    run_task(io, client->stop());
    run_task(io, tasks.join());
    BOOST_REQUIRE(results.size() == 2U);
    for (const auto& result : results) {
        BOOST_REQUIRE(!result);
        BOOST_TEST(to_string(result.error().why) == "interrupted");
        BOOST_TEST(!result.error().maybe_sent);
    }
}

BOOST_FIXTURE_TEST_CASE(a_stopped_client_refuses_new_calls_and_keeps_nothing_open, stop_fixture) {
    const scripted_peer peer(io, {{read_request(), send_bytes(http_answer(200, "{}")), stall()}});
    BOOST_TEST(send(post(peer.url())).has_value());
    run_task(io, client->stop());
    BOOST_TEST(client->statistics().idle == 0U);
    const auto late = send(post(peer.url()));
    BOOST_REQUIRE(!late);
    BOOST_TEST(to_string(late.error().why) == "interrupted");
    BOOST_TEST(!late.error().maybe_sent);
    run_until(io, [&] { return peer.log().ended == 1; });
    BOOST_TEST(peer.log().requests.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
