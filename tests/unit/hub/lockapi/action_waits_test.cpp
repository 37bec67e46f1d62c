#include "hub/lockapi/action_waits.hpp"

#include <boost/test/unit_test.hpp>

#include "dispatch/net/task_group.hpp"
#include "schemas/core/limits.hpp"
#include "tests/support/virtual_time.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

struct waiting_room {
    dispatch::asio::io_context io{1};
    test::virtual_time time{io};
    hub::action_waits waits{time, time};
    dispatch::task_group requests{io.get_executor(),
                                  [](const std::string&, const std::string& what) { BOOST_ERROR(what); }};

    struct outcome {
        bool ended = false;
        time_point at{};
        std::optional<storage::action_news> news;
    };

    static dispatch::task<void> ask(waiting_room& self, std::string action, time_point until,
                                    std::shared_ptr<outcome> out) {
        out->news = co_await self.waits.wait(action_id(action), until);
        out->at = self.time.now();
        out->ended = true;
    }
    std::shared_ptr<outcome> wait(std::string action, duration longest = 19s) {
        auto out = std::make_shared<outcome>();
        requests.spawn("ask", ask(*this, std::move(action), time.now() + longest, out));
        time.run_until_idle();
        return out;
    }
    void tell(std::string action, action_state state, bool accepted = false) {
        storage::action_news news;
        news.action = action_id(std::move(action));
        news.state = state;
        news.accepted = accepted;
        waits.note({news});
        time.run_until_idle();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(action_waits_test)

BOOST_AUTO_TEST_CASE(news_of_its_action_end_a_wait_at_once) {
    waiting_room room;
    const auto mine = room.wait("A1");
    const auto other = room.wait("A2");
    BOOST_TEST(room.waits.waiting() == 2u);
    room.tell("A1", action_state::open, true);
    BOOST_REQUIRE(mine->ended);
    BOOST_REQUIRE(mine->news.has_value());
    BOOST_TEST(mine->news->accepted);
    BOOST_TEST(!other->ended);
    BOOST_TEST(room.waits.waiting() == 1u);
    room.waits.stop();
    room.time.run_until_idle();
}

BOOST_AUTO_TEST_CASE(everybody_who_waits_for_an_action_hears_of_it) {
    waiting_room room;
    const auto first = room.wait("A1");
    const auto second = room.wait("A1");
    room.tell("A1", action_state::failed);
    BOOST_TEST((first->news.has_value() && second->news.has_value()));
}

BOOST_AUTO_TEST_CASE(the_first_news_counts) {
    waiting_room room;
    const auto mine = room.wait("A1");
    storage::action_news accepted, failed;
    accepted.action = failed.action = action_id("A1");
    accepted.accepted = true;
    failed.state = action_state::failed;
    room.waits.note({accepted, failed});
    room.time.run_until_idle();
    BOOST_REQUIRE(mine->news.has_value());
    BOOST_TEST(mine->news->accepted);
}

BOOST_AUTO_TEST_CASE(without_news_it_ends_when_its_time_is_over) {
    waiting_room room;
    const auto begun_at = room.time.now();
    const auto mine = room.wait("A1", 19s);
    room.time.run_for(18'999ms);
    BOOST_TEST(!mine->ended);
    room.time.run_for(1ms);
    BOOST_REQUIRE(mine->ended);
    BOOST_TEST(!mine->news.has_value());
    BOOST_TEST((mine->at == begun_at + 19s));
    BOOST_TEST(room.waits.waiting() == 0u);
    room.tell("A1", action_state::succeeded);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_every_wait_and_lets_none_begin) {
    waiting_room room;
    const auto mine = room.wait("A1");
    room.waits.stop();
    room.time.run_until_idle();
    BOOST_TEST(mine->ended);
    BOOST_TEST(!mine->news.has_value());
    BOOST_TEST(room.wait("A2")->ended);
}

BOOST_AUTO_TEST_CASE(beyond_the_bound_a_request_does_not_wait) {
    waiting_room room;
    for (std::size_t i = 0; i < limits::lockapi_waits; ++i) room.wait("A" + std::to_string(i));
    BOOST_TEST(room.waits.waiting() == limits::lockapi_waits);
    BOOST_TEST(room.wait("one too many")->ended);
    room.waits.stop();
    room.time.run_until_idle();
}

BOOST_AUTO_TEST_SUITE_END()
