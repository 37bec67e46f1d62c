#include "storage/sqlite/commit_loop.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "storage/sqlite/engine_failure.hpp"
#include "tests/support/manual_clock.hpp"

namespace lockhub::storage::sqlite {

BOOST_AUTO_TEST_SUITE(commit_loop_test)

namespace {

// Writes down what it is told, and fails when told to.
struct scripted_engine : group_engine {
    void begin() override {
        log += 'B';
        if (begin_fails) throw engine_failure("busy", false);
    }
    void commit() override {
        log += 'C';
        if (--commits_until_failure == 0) throw engine_failure("disk I/O error", true);
    }
    void roll_back() override { log += 'R'; }
    void announce(completion_batch&) override {}
    void after_group() override {
        log += '.';
        if (checkpoint_fails) throw engine_failure("disk I/O error", true);
    }

    std::string log;
    int commits_until_failure = -1;
    bool begin_fails = false;
    bool checkpoint_fails = false;
};

using outcomes = std::vector<std::string>;

struct scripted_unit : unit {
    explicit scripted_unit(
        outcomes& to, std::function<void()> what = [] {}, int turns_needed = 1)
        : told(to), act(std::move(what)), turns(turns_needed) {}

    std::size_t bytes() const override { return size; }
    void apply() override { act(); }
    void committed() override { --turns; }
    bool finished() const override { return turns <= 0; }
    delivered_completion complete() override {
        return [this_told = &told] { this_told->push_back("done"); };
    }
    delivered_completion refuse(error why) override {
        return
            [this_told = &told, why] { this_told->push_back(std::string(to_string(why.code)) + ": " + why.message); };
    }

    outcomes& told;
    std::function<void()> act;
    int turns;
    std::size_t size = 100;
};

struct loop_rig {
    loop_rig()
        : loop(engine, clock, [this](completion_batch batch) {
              ++batches;
              for (auto& completion : batch) completion();
          }) {
        loop.on_poison([this](const std::string& why) { poisoned.push_back(why); });
    }

    void put(std::function<void()> act = [] {}) { loop.submit(std::make_unique<scripted_unit>(told, std::move(act))); }

    test::manual_clock clock;
    scripted_engine engine;
    outcomes told;
    outcomes poisoned;
    int batches = 0;
    commit_loop loop;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_waits_is_committed_as_one_group_and_told_in_one_batch, loop_rig) {
    for (int i = 0; i < 3; ++i) put();
    BOOST_TEST(told.empty());
    BOOST_TEST(loop.run_group());
    BOOST_TEST(engine.log == "BC.");
    BOOST_TEST(told == (outcomes{"done", "done", "done"}), boost::test_tools::per_element());
    BOOST_TEST(batches == 1);
    BOOST_TEST(!loop.run_group());
}

BOOST_FIXTURE_TEST_CASE(nothing_is_told_before_the_commit, loop_rig) {
    put([&] { BOOST_TEST(told.empty()); });
    put([&] { BOOST_TEST(told.empty()); });
    loop.run_group();
    BOOST_TEST(told.size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_unit_that_throws_fails_alone, loop_rig) {
    put();
    put([] { throw std::runtime_error("broken"); });
    put();
    loop.run_group();
    BOOST_TEST(told == (outcomes{"done", "internal: broken", "done"}), boost::test_tools::per_element());
    BOOST_TEST(engine.log == "BRBCBRBC.");
}

BOOST_FIXTURE_TEST_CASE(a_refused_unit_gets_its_own_error, loop_rig) {
    put([] { throw unit_refused({errc::conflict, "moved on"}); });
    loop.run_group();
    BOOST_TEST(told == (outcomes{"conflict: moved on"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_failed_commit_poisons_every_waiter_and_every_later_call, loop_rig) {
    engine.commits_until_failure = 1;
    put();
    put();
    loop.run_group();
    BOOST_TEST(told.size() == 2U);
    BOOST_TEST(told[0] == "unavailable: the store failed and must be restarted");
    BOOST_TEST(poisoned == (outcomes{"disk I/O error"}), boost::test_tools::per_element());
    put();
    BOOST_TEST(told.size() == 2U);
    loop.run_group();
    BOOST_TEST(told.size() == 3U);
    BOOST_TEST(told[2] == told[0]);
    BOOST_TEST(engine.log == "BC");
    BOOST_TEST(loop.statistics().poisoned);
}

BOOST_FIXTURE_TEST_CASE(a_commit_that_fails_when_units_run_alone_poisons_the_rest_only, loop_rig) {
    engine.commits_until_failure = 2;
    put();
    put([] { throw std::runtime_error("broken"); });
    put();
    put();
    loop.run_group();
    BOOST_TEST(told.size() == 4U);
    BOOST_TEST(told[0] == "done");
    BOOST_TEST(told[1] == "internal: broken");
    BOOST_TEST(told[2].starts_with("unavailable"));
    BOOST_TEST(told[3].starts_with("unavailable"));
}

BOOST_FIXTURE_TEST_CASE(a_fatal_failure_inside_a_unit_poisons, loop_rig) {
    put();
    put([] { throw engine_failure("disk I/O error", true); });
    loop.run_group();
    BOOST_TEST(told.size() == 2U);
    BOOST_TEST(told[0].starts_with("unavailable"));
    BOOST_TEST(poisoned.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_failed_checkpoint_poisons_after_the_answers_went_out, loop_rig) {
    engine.checkpoint_fails = true;
    put();
    loop.run_group();
    BOOST_TEST(told == (outcomes{"done"}), boost::test_tools::per_element());
    BOOST_TEST(poisoned.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_locked_file_refuses_the_group_and_damages_nothing, loop_rig) {
    engine.begin_fails = true;
    put();
    loop.run_group();
    BOOST_TEST(told.size() == 1U);
    BOOST_TEST(told[0].starts_with("unavailable"));
    engine.begin_fails = false;
    put();
    loop.run_group();
    BOOST_TEST(told[1] == "done");
    BOOST_TEST(poisoned.empty());
}

BOOST_FIXTURE_TEST_CASE(a_group_has_a_bound_in_units_and_in_bytes, loop_rig) {
    for (std::size_t i = 0; i < limits::group_units + 1; ++i) put();
    loop.run_group();
    BOOST_TEST(told.size() == limits::group_units);
    loop.run_group();
    told.clear();
    for (int i = 0; i < 3; ++i) {
        auto big = std::make_unique<scripted_unit>(told);
        big->size = limits::group_bytes - 1;
        loop.submit(std::move(big));
    }
    loop.run_group();
    BOOST_TEST(told.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_full_queue_refuses_but_never_inside_the_call, loop_rig) {
    for (std::size_t i = 0; i < limits::writer_queue_units; ++i) put();
    put();
    BOOST_TEST(told.empty());
    loop.run_group();
    BOOST_TEST(told.front() == "unavailable: too much waits to be stored; try again");
    BOOST_TEST(told.size() == limits::group_units + 1);
}

BOOST_FIXTURE_TEST_CASE(a_unit_with_more_to_do_lets_others_in_between, loop_rig) {
    outcomes order;
    loop.submit(std::make_unique<scripted_unit>(told, [&] { order.emplace_back("long"); }, 3));
    loop.run_group();
    put([&] { order.emplace_back("short"); });
    while (loop.run_group()) {
    }
    BOOST_TEST(order == (outcomes{"long", "long", "short", "long"}), boost::test_tools::per_element());
    BOOST_TEST(told.size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(after_the_end_late_calls_are_answered_where_they_come_from, loop_rig) {
    put();
    loop.close();
    put();
    BOOST_TEST(loop.run_group());
    BOOST_TEST(told == (outcomes{"unavailable: the store is closed", "done"}), boost::test_tools::per_element());
    BOOST_TEST(loop.drained());
    put();
    BOOST_TEST(told.size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::storage::sqlite
