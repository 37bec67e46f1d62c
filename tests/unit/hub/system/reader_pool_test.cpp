#include "hub/system/reader_pool.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <thread>

#include "schemas/core/limits.hpp"
#include "tests/support/empty_reader.hpp"

using namespace lockhub;
namespace asio = boost::asio;
using dispatch::task;

namespace {

result<std::unique_ptr<storage::reader>> open_empty() {
    return std::make_unique<test::empty_reader>();
}

// Runs a task on the io_context to its end; what it throws comes out here.
void run(asio::io_context& io, task<void> work) {
    std::exception_ptr thrown;
    asio::co_spawn(io.get_executor(), std::move(work), [&](std::exception_ptr why) { thrown = why; });
    io.run();
    if (thrown) std::rethrow_exception(thrown);
}

task<void> note_threads(hub::reader_pool& pool, std::thread::id& worked, std::thread::id& went_on) {
    const auto read = co_await pool.read<std::thread::id>(
        [](storage::reader&) -> result<std::thread::id> { return std::this_thread::get_id(); });
    worked = read.value();
    went_on = std::this_thread::get_id();
}

task<void> read_outcome(hub::reader_pool& pool, result<int>& outcome) {
    outcome = co_await pool.read<int>([](storage::reader&) -> result<int> { return 7; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reader_pool_test)

BOOST_AUTO_TEST_CASE(the_work_runs_on_a_thread_of_the_pool_and_the_task_goes_on_at_home) {
    asio::io_context io(1);
    hub::reader_pool pool(io.get_executor(), open_empty);
    std::thread::id worked, went_on;
    run(io, note_threads(pool, worked, went_on));
    BOOST_TEST((worked != std::thread::id{}));
    BOOST_TEST((worked != std::this_thread::get_id()));
    BOOST_TEST((went_on == std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(a_database_that_cannot_be_opened_fails_the_read_and_is_tried_again) {
    asio::io_context io(1);
    int tries = 0;
    hub::reader_pool pool(
        io.get_executor(),
        [&]() -> result<std::unique_ptr<storage::reader>> {
            if (++tries == 1) return fail(errc::not_found, "no database yet");
            return open_empty();
        },
        1);
    result<int> outcome = 0;
    run(io, read_outcome(pool, outcome));
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(outcome.error().message == "no database yet");
    io.restart();
    run(io, read_outcome(pool, outcome));
    BOOST_TEST(outcome.value() == 7);
}

BOOST_AUTO_TEST_CASE(after_reopen_each_thread_opens_its_reader_once_more) {
    asio::io_context io(1);
    int opened = 0;
    hub::reader_pool pool(
        io.get_executor(),
        [&] {
            ++opened;
            return open_empty();
        },
        1);
    result<int> outcome = 0;
    for (int read = 0; read < 2; ++read) {
        run(io, read_outcome(pool, outcome));
        io.restart();
    }
    BOOST_TEST(opened == 1);
    pool.reopen();
    run(io, read_outcome(pool, outcome));
    BOOST_TEST(opened == 2);
    BOOST_TEST(outcome.value() == 7);
}

BOOST_AUTO_TEST_CASE(beyond_the_bound_reads_are_refused_and_none_is_lost) {
    asio::io_context io(1);
    hub::reader_pool pool(io.get_executor(), open_empty, 1);
    std::latch busy(1), go_on(1);
    std::size_t answered = 0, refused = 0;
    const auto spawn = [&](task<void> work) {
        asio::co_spawn(io.get_executor(), std::move(work), [](std::exception_ptr why) {
            if (why) std::rethrow_exception(why);
        });
    };
    const auto count = [](hub::reader_pool& readers, std::latch& started, std::latch& gate, bool first, std::size_t& ok,
                          std::size_t& full) -> task<void> {
        const auto outcome = co_await readers.read<int>([&started, &gate, first](storage::reader&) -> result<int> {
            if (first) started.count_down();
            gate.wait();
            return 1;
        });
        if (outcome) ++ok;
        if (!outcome && outcome.error().code == errc::unavailable) ++full;
    };
    spawn(count(pool, busy, go_on, true, answered, refused));
    io.poll();
    busy.wait();
    for (std::size_t i = 0; i < limits::reader_queue + 3; ++i)
        spawn(count(pool, busy, go_on, false, answered, refused));
    io.poll();
    BOOST_TEST(refused == 3u);
    go_on.count_down();
    io.run();
    BOOST_TEST(answered == limits::reader_queue + 1);
    BOOST_TEST(refused == 3u);
}

BOOST_AUTO_TEST_CASE(a_stopped_pool_refuses) {
    asio::io_context io(1);
    hub::reader_pool pool(io.get_executor(), open_empty);
    pool.stop();
    result<int> outcome = 0;
    run(io, read_outcome(pool, outcome));
    BOOST_REQUIRE(!outcome);
    BOOST_TEST((outcome.error().code == errc::unavailable));
}

BOOST_AUTO_TEST_SUITE_END()
