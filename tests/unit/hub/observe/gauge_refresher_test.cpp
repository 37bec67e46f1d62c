#include "hub/observe/gauge_refresher.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>

#include "dispatch/net/task_group.hpp"
#include "schemas/core/limits.hpp"
#include "tests/support/empty_reader.hpp"
#include "tests/support/run_task.hpp"
#include "tests/support/virtual_time.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

// Counts how often it was asked, and finds two deliveries missing.
struct counting_reader : test::empty_reader {
    std::atomic<int>& asked;
    explicit counting_reader(std::atomic<int>& a) : asked(a) {}

    result<storage::conservation> count_conservation() override {
        ++asked;
        return storage::conservation{.accepted = 5, .delivered = 3};
    }
};

struct refreshed {
    dispatch::asio::io_context io{1};
    test::virtual_time time{io};
    std::atomic<int> asked = 0;
    hub::metrics counted{"1"};
    hub::reader_pool readers{
        io.get_executor(),
        [this]() -> result<std::unique_ptr<storage::reader>> { return std::make_unique<counting_reader>(asked); }, 1};
    dispatch::task_group tasks{io.get_executor(),
                               [](const std::string&, const std::string& what) { BOOST_ERROR(what); }};
    hub::gauge_refresher gauges{counted, readers, time, time.make_waiter()};

    refreshed() { tasks.spawn("gauges", gauges.run()); }
    ~refreshed() {
        gauges.stop();
        test::run_until(io, [this] { return tasks.running() == 0; });
    }
    void wait_for_pause() {
        test::run_until(io, [this] { return time.next_deadline().has_value(); });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(gauge_refresher_test)

BOOST_FIXTURE_TEST_CASE(the_database_is_counted_at_once_and_then_every_interval, refreshed) {
    wait_for_pause();
    BOOST_TEST(asked == 1);
    BOOST_TEST(gauges.conservation().accepted == 5u);
    BOOST_TEST((time.next_deadline() == time.now() + limits::gauge_interval));
    time.advance_to_next();
    wait_for_pause();
    BOOST_TEST(asked == 2);
}

BOOST_FIXTURE_TEST_CASE(what_it_finds_missing_shows_in_the_metrics, refreshed) {
    wait_for_pause();
    BOOST_TEST(counted.text().find("lockhub_conservation_difference 2\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
