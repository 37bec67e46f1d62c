// The store says how often it had the disk sync: once a commit, whatever the group.
#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

using namespace lockhub;
using namespace lockhub::test;

BOOST_AUTO_TEST_SUITE(storage_sync_count_test)

BOOST_AUTO_TEST_CASE(each_commit_is_one_sync_and_a_group_is_one_commit) {
    store_rig rig;
    rig.push(event_push(event(event_kind::opened, "lock-1"), 1));
    const auto before = rig.store().statistics();
    rig.push(event_push(event(event_kind::opened, "lock-1"), 2));
    BOOST_TEST(rig.store().statistics().fsyncs == before.fsyncs + 1);
    for (std::int64_t order = 3; order < 53; ++order)
        rig.store().record_push(event_push(event(event_kind::opened, "lock-1"), order), [](auto) {});
    while (rig.store().run_group()) {
    }
    BOOST_TEST(rig.store().statistics().commits == before.commits + 2);
    BOOST_TEST(rig.store().statistics().fsyncs == before.fsyncs + 2);
}

BOOST_AUTO_TEST_CASE(a_group_that_writes_nothing_syncs_nothing) {
    store_rig rig;
    const auto before = rig.store().statistics().fsyncs;
    const auto done = rig.call<storage::nothing>([&](auto then) { rig.store().round_trip(std::move(then)); });
    BOOST_TEST(done.has_value());
    BOOST_TEST(rig.store().statistics().fsyncs == before);
}

BOOST_AUTO_TEST_SUITE_END()
