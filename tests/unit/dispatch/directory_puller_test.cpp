// Pulls on virtual time, with a scripted PMS.
#include "dispatch/directory_puller.hpp"

#include <boost/test/unit_test.hpp>

#include "dispatch/net/task_group.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/support/virtual_time.hpp"

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* hotels = R"({"code":0,"data":[{"hotelNo":"H1","hotelName":"h"}]})";
constexpr const char* types =
    R"({"code":0,"data":[{"hotelNo":"H1","roomTypeList":[{"roomTypeCode":"T","roomTypeName":"t"}]}]})";
constexpr const char* rooms =
    R"({"code":0,"data":[{"hotelNo":"H1","roomTypeList":[{"roomTypeCode":"T","roomList":[{"roomId":"r1"}]}]}]})";

scripted_answer good(const wire::http_request& request) {
    if (request.url.ends_with("hotels")) return respond(200, hotels);
    return respond(200, request.url.ends_with("types") ? types : rooms);
}

directory_source source(const std::string& pms = "demopms") {
    return {.pms = pms_id(pms),
            .key = secret("k"),
            .private_addresses = true,
            .hotels_url = "http://pms/hotels",
            .room_types_url = "http://pms/types",
            .rooms_url = "http://pms/rooms"};
}

struct pulling {
    asio::io_context io;
    virtual_time time{io};
    scripted_transport network{time, time, good};
    task_group group{io.get_executor(),
                     [](const std::string& name, const std::string& what) { BOOST_ERROR(name + ": " + what); }};
    std::optional<directory_puller> puller;
    std::vector<directory_outcome> outcomes;  // in the order they came

    void make(directory_puller_options options = {}) { puller.emplace(network, time, time, std::move(options)); }

    void pull(const std::string& pms = "demopms") {
        group.spawn("pull", [](pulling& self, directory_source from) -> task<void> {
            auto outcome = co_await self.puller->pull(std::move(from));
            self.outcomes.push_back(std::move(outcome));
        }(*this, source(pms)));
        time.run_until_idle();
    }
    void finish(duration longest = 30min) {
        BOOST_REQUIRE(time.run_until([&] { return group.running() == 0; }, longest));
    }
    std::string why(std::size_t index) const { return outcomes.at(index) ? "pulled" : outcomes[index].error().why; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(directory_puller_test)

BOOST_FIXTURE_TEST_CASE(a_pull_asks_three_services_with_a_time_limit_each_behind_the_address_guard, pulling) {
    make();
    pull();
    finish();
    BOOST_REQUIRE(outcomes.size() == 1U);
    BOOST_REQUIRE(outcomes[0].has_value());
    BOOST_TEST(outcomes[0]->rows.size() == 1U);
    BOOST_REQUIRE(network.requests().size() == 3U);
    for (const auto& sent : network.requests()) {
        BOOST_TEST((sent.options.timeout == limits::directory_call_timeout));
        BOOST_TEST(sent.options.private_addresses);
    }
}

BOOST_FIXTURE_TEST_CASE(one_pms_is_asked_once_at_a_time_and_another_one_meanwhile, pulling) {
    network.set_script([](const wire::http_request& request) { return delayed(5s, good(request)); });
    make();
    pull("alpha");
    pull("alpha");
    pull("beta");
    finish();
    BOOST_TEST(why(0) == "busy");
    BOOST_TEST(why(1) == "pulled");
    BOOST_TEST(why(2) == "pulled");
    BOOST_TEST(network.most_in_flight() == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_fifth_pull_within_half_a_minute_is_refused, pulling) {
    make();
    for (int i = 0; i < 4; ++i) pull();
    time.run_for(29s);
    pull();
    BOOST_TEST(why(4) == "too_often");
    BOOST_TEST(network.requests().size() == 12U);
    time.run_for(2s);
    pull();
    finish();
    BOOST_TEST(why(5) == "pulled");
}

BOOST_FIXTURE_TEST_CASE(a_pms_that_does_not_answer_is_given_up, pulling) {
    network.set_script([](const wire::http_request& request) {
        return request.url.ends_with("rooms") ? never_answer() : good(request);
    });
    make();
    const auto began = time.now();
    pull();
    finish();
    BOOST_TEST(why(0) == "timeout");
    BOOST_TEST(outcomes[0].error().message == "rooms: no answer in time");
    BOOST_TEST((time.now() - began == limits::directory_call_timeout));
}

BOOST_FIXTURE_TEST_CASE(all_calls_together_have_a_limit_too, pulling) {
    network.set_script([](const wire::http_request& request) { return delayed(15s, good(request)); });
    make({.gate = {}, .call_timeout = 20s, .pull_timeout = 25s});
    pull();
    finish();
    BOOST_TEST(why(0) == "timeout");
    BOOST_TEST(outcomes[0].error().message == "rooms: not told within 25s");
    BOOST_TEST(network.requests().size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(calls_wait_at_the_gate_and_are_counted_there, pulling) {
    int begun = 0, ended = 0;
    const auto opens = time.now() + 3s;
    make({.gate = {.begin =
                       [&](const pms_id&) {
                           const auto now = time.now();
                           begun += now >= opens ? 1 : 0;
                           return now >= opens ? now : time_point::max();
                       },
                   .end = [&](const pms_id&) { ++ended; }}});
    pull();
    finish();
    BOOST_TEST(why(0) == "pulled");
    BOOST_TEST(begun == 3);
    BOOST_TEST(ended == 3);
    BOOST_TEST((network.requests().front().at == opens));
}

BOOST_FIXTURE_TEST_CASE(a_stop_ends_a_pull_before_its_next_call, pulling) {
    network.set_script([](const wire::http_request& request) { return delayed(5s, good(request)); });
    make();
    pull();
    puller->stop();
    finish();
    BOOST_TEST(why(0) == "interrupted");
    BOOST_TEST(network.requests().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
