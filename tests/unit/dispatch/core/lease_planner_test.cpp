#include "dispatch/core/lease_planner.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);

planner_settings callbacks() {
    planner_settings out;
    out.calls_per_window = 29;
    out.window = 1s;
    return out;
}

// Leases whatever the plan allows from targets that always have more, and ends each call at once.
std::size_t drain(lease_planner& planner, time_point now, call_end how = call_end::contact) {
    std::size_t calls = 0;
    for (auto shares = planner.plan(now); !shares.empty(); shares = planner.plan(now)) {
        for (const auto& share : shares) {
            planner.leased(share, share.limit, now);
            for (std::size_t call = 0; call < share.limit; ++call) planner.ended(share.target, how, now);
            calls += share.limit;
        }
    }
    return calls;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lease_planner_test)

BOOST_AUTO_TEST_CASE(plans_nothing_for_targets_that_are_not_due) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    BOOST_TEST(planner.plan(start).empty());
    planner.note_due(pms, start + 8s);
    BOOST_TEST(planner.plan(start).empty());
    BOOST_CHECK(planner.next_at() == start + 8s);
    BOOST_TEST(planner.plan(start + 8s).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_target_with_more_work_goes_on_until_its_window_is_full_and_then_waits_for_it) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    BOOST_TEST(drain(planner, start) == 29u);
    BOOST_CHECK(planner.next_at() == start + 1s);
    BOOST_TEST(planner.window_waits(pms) == 1u);
    BOOST_TEST(drain(planner, start + 999ms) == 0u);
    BOOST_TEST(drain(planner, start + 1s) == 29u);
}

BOOST_AUTO_TEST_CASE(a_call_occupies_the_window_until_a_second_after_its_end) {
    planner_settings settings = callbacks();
    settings.calls_per_window = 1;
    lease_planner planner(settings);
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    const auto shares = planner.plan(start);
    BOOST_TEST_REQUIRE(shares.size() == 1u);
    planner.leased(shares[0], 1, start);
    BOOST_TEST(planner.plan(start + 5s).empty());
    planner.ended(pms, call_end::contact, start + 6s);
    BOOST_TEST(planner.plan(start + 6s).empty());
    BOOST_CHECK(planner.next_at() == start + 7s);
    BOOST_TEST(planner.plan(start + 7s).size() == 1u);
}

BOOST_AUTO_TEST_CASE(calls_made_before_a_restart_count) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    for (int call = 0; call < 29; ++call) planner.restore_call(pms, start - 400ms);
    planner.note_due(pms, start);
    BOOST_TEST(planner.plan(start).empty());
    BOOST_CHECK(planner.next_at() == start + 600ms);
}

BOOST_AUTO_TEST_CASE(a_drained_target_is_left_alone_until_the_next_hint) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    const auto shares = planner.plan(start);
    planner.leased(shares[0], 1, start);
    planner.ended(pms, call_end::contact, start);
    BOOST_CHECK(planner.next_at() == time_point::max());
}

BOOST_AUTO_TEST_CASE(a_hint_that_comes_while_a_lease_is_under_way_is_kept) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    const auto shares = planner.plan(start);
    planner.note_due(pms, start + 1ms);
    planner.leased(shares[0], 1, start + 1ms);
    BOOST_TEST(planner.plan(start + 1ms).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_wrong_hint_does_not_make_it_ask_without_a_rest) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    planner.leased(planner.plan(start)[0], 0, start);
    planner.note_due(pms, start);
    BOOST_TEST(planner.plan(start).empty());
    BOOST_CHECK(planner.next_at() > start);
}

BOOST_AUTO_TEST_CASE(an_unreachable_target_is_left_alone_and_then_probed_by_one_call) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    const std::size_t calls = drain(planner, start, call_end::no_contact);
    BOOST_TEST(calls >= 5u);
    BOOST_CHECK(planner.breaker_of(pms).state() == breaker_state::open);
    BOOST_CHECK(planner.next_at() == start + 10s);

    const auto probe = planner.plan(start + 10s);
    BOOST_TEST_REQUIRE(probe.size() == 1u);
    BOOST_TEST(probe[0].limit == 1u);
    planner.leased(probe[0], 1, start + 10s);
    BOOST_TEST(planner.plan(start + 10s).empty());
    planner.ended(pms, call_end::contact, start + 11s);
    const auto after = planner.plan(start + 11s);
    BOOST_TEST_REQUIRE(after.size() == 1u);
    BOOST_TEST(after[0].limit > 1u);
}

BOOST_AUTO_TEST_CASE(a_probe_that_found_no_work_leaves_the_breaker_ready_for_another) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    drain(planner, start, call_end::no_contact);
    planner.leased(planner.plan(start + 10s)[0], 0, start + 10s);
    planner.note_due(pms, start + 12s);
    BOOST_TEST(planner.plan(start + 12s).size() == 1u);
}

BOOST_AUTO_TEST_CASE(slow_targets_do_not_take_the_whole_hub) {
    lease_planner planner(callbacks());
    std::vector<lease_planner::key> slow;
    for (int index = 0; index < 50; ++index) slow.push_back(planner.add_target());
    for (const auto target : slow) planner.note_due(target, start);
    for (auto shares = planner.plan(start); !shares.empty(); shares = planner.plan(start)) {
        for (const auto& share : shares) planner.leased(share, share.limit, start);
    }
    const auto quick = planner.add_target();
    planner.note_due(quick, start + 1ms);
    const auto shares = planner.plan(start + 1ms);
    BOOST_TEST_REQUIRE(shares.size() == 1u);
    BOOST_TEST(shares[0].target == quick);
}

BOOST_AUTO_TEST_CASE(a_target_at_its_bound_goes_on_when_one_of_its_calls_ends) {
    planner_settings settings;
    settings.in_flight_per_target = 2;
    lease_planner planner(settings);
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    planner.leased(planner.plan(start)[0], 2, start);
    BOOST_TEST(planner.plan(start).empty());
    BOOST_CHECK(planner.next_at() == time_point::max());
    planner.ended(pms, call_end::contact, start + 3s);
    const auto shares = planner.plan(start + 3s);
    BOOST_TEST_REQUIRE(shares.size() == 1u);
    BOOST_TEST(shares[0].limit == 1u);
}

BOOST_AUTO_TEST_CASE(a_full_hub_keeps_its_due_targets_for_later) {
    planner_settings settings;
    settings.in_flight = 1;
    lease_planner planner(settings);
    const auto first = planner.add_target();
    const auto second = planner.add_target();
    planner.note_due(first, start);
    planner.note_due(second, start);
    planner.leased(planner.plan(start + 1ms)[0], 1, start + 1ms);
    BOOST_TEST(planner.plan(start + 1ms).empty());
    BOOST_CHECK(planner.next_at() == time_point::max());
    planner.ended(first, call_end::contact, start + 2ms);
    const auto shares = planner.plan(start + 2ms);
    BOOST_TEST_REQUIRE(shares.size() == 1u);
    BOOST_TEST(shares[0].target == second);
}

BOOST_AUTO_TEST_CASE(a_disabled_target_leases_nothing_and_is_due_when_it_is_enabled) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    planner.enable(pms, false, start);
    planner.note_due(pms, start);
    BOOST_TEST(planner.plan(start).empty());
    planner.enable(pms, true, start + 1s);
    BOOST_TEST(planner.plan(start + 1s).size() == 1u);
}

BOOST_AUTO_TEST_CASE(after_a_lease_that_failed_everything_due_is_asked_for_again_later) {
    lease_planner planner(callbacks());
    const auto first = planner.add_target();
    const auto second = planner.add_target();
    planner.note_due(first, start);
    planner.note_due(second, start);
    const auto shares = planner.plan(start);
    BOOST_TEST_REQUIRE(shares.size() == 2u);
    planner.lease_failed(shares, start, start + pause_after_store_failure);
    BOOST_TEST(planner.in_flight() == 0u);
    BOOST_TEST(planner.plan(start + pause_after_store_failure - 1ms).empty());
    BOOST_TEST(planner.plan(start + pause_after_store_failure).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_target_may_take_fewer_calls_at_once_than_the_others) {
    lease_planner planner(callbacks());
    const auto one_by_one = planner.add_target();
    planner.set_most(one_by_one, 1);
    planner.note_due(one_by_one, start);
    const auto shares = planner.plan(start);
    BOOST_TEST_REQUIRE(shares.size() == 1u);
    BOOST_TEST(shares[0].limit == 1u);
    planner.leased(shares[0], 1, start);
    BOOST_TEST(planner.plan(start + 1ms).empty());
    planner.ended(one_by_one, call_end::contact, start + 2ms);
    BOOST_TEST(planner.plan(start + 2ms).size() == 1u);
}

BOOST_AUTO_TEST_CASE(storage_must_not_lease_more_than_asked) {
    lease_planner planner(callbacks());
    planner.note_due(planner.add_target(), start);
    const auto share = planner.plan(start)[0];
    BOOST_CHECK_THROW(planner.leased(share, share.limit + 1, start), std::logic_error);
}

BOOST_AUTO_TEST_CASE(calls_beside_the_leased_ones_share_their_window) {
    lease_planner planner(callbacks());
    const auto pms = planner.add_target();
    planner.note_due(pms, start);
    BOOST_CHECK(planner.begin_extra(pms, start) == start);
    BOOST_TEST(drain(planner, start) == 28u);
    BOOST_CHECK(planner.begin_extra(pms, start + 500ms) == start + 1s);
    planner.end_extra(pms, start + 600ms);
    BOOST_TEST(drain(planner, start + 1s) == 28u);
    BOOST_CHECK(planner.begin_extra(pms, start + 1s) == start + 1600ms);
}

BOOST_AUTO_TEST_CASE(a_target_that_waits_for_a_call_beside_goes_on_when_it_ends) {
    planner_settings settings = callbacks();
    settings.calls_per_window = 1;
    lease_planner planner(settings);
    const auto pms = planner.add_target();
    BOOST_CHECK(planner.begin_extra(pms, start) == start);
    planner.note_due(pms, start);
    BOOST_TEST(planner.plan(start).empty());
    BOOST_CHECK(planner.next_at() == time_point::max());
    planner.end_extra(pms, start + 100ms);
    BOOST_TEST(planner.plan(start + 100ms).empty());
    BOOST_CHECK(planner.next_at() == start + 1100ms);
    BOOST_TEST(planner.plan(start + 1100ms).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
