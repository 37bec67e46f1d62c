#include "hub/directory/sync_schedule.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace lockhub;
using hub::sync_schedule;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'795'320'000'000);

}  // namespace

BOOST_AUTO_TEST_SUITE(sync_schedule_test)

BOOST_AUTO_TEST_CASE(without_entries_nothing_is_ever_due) {
    sync_schedule schedule(1);
    BOOST_TEST((schedule.next_at() == time_point::max()));
    BOOST_TEST(!schedule.take_due(start + 1000h).has_value());
}

BOOST_AUTO_TEST_CASE(the_first_time_comes_within_the_interval_and_within_five_minutes) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        sync_schedule schedule(seed);
        schedule.set({{"often", 10s}, {"rarely", 24h}}, start);
        BOOST_TEST((schedule.due_at("often").value() >= start));
        BOOST_TEST((schedule.due_at("often").value() < start + 10s));
        BOOST_TEST((schedule.due_at("rarely").value() < start + 5min));
    }
}

BOOST_AUTO_TEST_CASE(many_pms_systems_do_not_fall_together) {
    sync_schedule schedule(7);
    std::vector<sync_schedule::entry> entries;
    for (int i = 0; i < 50; ++i) entries.push_back({"pms" + std::to_string(i), 6h});
    schedule.set(entries, start);
    std::set<time_point> first, second;
    for (const auto& one : entries) {
        first.insert(schedule.due_at(one.pms).value());
        schedule.ended(one.pms, true, start);
        second.insert(schedule.due_at(one.pms).value());
    }
    BOOST_TEST(first.size() > 45U);
    BOOST_TEST(second.size() > 45U);
}

BOOST_AUTO_TEST_CASE(one_that_is_taken_is_not_due_again_before_it_ended) {
    sync_schedule schedule(3);
    schedule.set({{"a", 1h}}, start);
    BOOST_TEST(schedule.take_due(start + 1h).value() == "a");
    BOOST_TEST(!schedule.take_due(start + 100h).has_value());
    BOOST_TEST((schedule.next_at() == time_point::max()));
    schedule.ended("a", true, start + 2h);
    const auto next = schedule.due_at("a").value();
    BOOST_TEST((next >= start + 2h + 54min && next <= start + 2h + 66min));
    BOOST_TEST((schedule.next_at() == next));
}

BOOST_AUTO_TEST_CASE(after_a_failure_it_is_tried_again_in_a_quarter_of_an_hour_or_sooner) {
    sync_schedule schedule(3);
    schedule.set({{"daily", 24h}, {"often", 1min}}, start);
    schedule.ended("daily", false, start);
    schedule.ended("often", false, start);
    BOOST_TEST((schedule.due_at("daily").value() >= start + 13min + 30s));
    BOOST_TEST((schedule.due_at("daily").value() <= start + 16min + 30s));
    BOOST_TEST((schedule.due_at("often").value() <= start + 66s));
}

BOOST_AUTO_TEST_CASE(the_longest_due_comes_first) {
    sync_schedule schedule(5);
    schedule.set({{"a", 4min}, {"b", 4min}, {"c", 4min}}, start);
    auto last = time_point::min();
    for (int i = 0; i < 3; ++i) {
        const auto before = schedule.next_at();
        BOOST_TEST((before >= last));
        BOOST_TEST(schedule.take_due(start + 4min).has_value());
        last = before;
    }
}

BOOST_AUTO_TEST_CASE(another_configuration_keeps_the_times_of_entries_that_stay) {
    sync_schedule schedule(9);
    schedule.set({{"a", 1h}, {"b", 1h}}, start);
    schedule.ended("a", true, start);
    const auto due = schedule.due_at("a").value();
    schedule.set({{"a", 1h}, {"c", 1h}}, start + 1min);
    BOOST_TEST((schedule.due_at("a").value() == due));
    BOOST_TEST(!schedule.due_at("b").has_value());
    BOOST_TEST(schedule.due_at("c").has_value());
    schedule.set({{"a", 2h}}, start + 2min);
    BOOST_TEST((schedule.due_at("a").value() < start + 7min));
}

BOOST_AUTO_TEST_SUITE_END()
