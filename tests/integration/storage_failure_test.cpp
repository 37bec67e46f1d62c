#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_failure_test)

namespace {

using operation = fault_vfs::operation;

// The base comes first, so that the VFS is there before the store opens and outlives it.
struct faulty_disk {
    fault_vfs vfs{"lockhub-fault"};
};

struct hotel : faulty_disk, store_rig {
    hotel() : store_rig("lockhub-fault") {
        import({room_row("101", "lock-a")});
        allow({policy()});
    }

    // Submits without running; outcomes come later.
    void submit(int count) {
        for (int i = 0; i < count; ++i) {
            auto p = event_push(event(event_kind::battery_low, "lock-a"), ++order);
            p.received_at = clock.now();
            p.body = "{\"order\":" + std::to_string(order) + ",\"fill\":\"" + std::string(200, 'x') + "\"}";
            store().record_push(std::move(p), [this, o = order](result<storage::push_outcome> r) {
                (r ? acknowledged : refused).push_back(o);
                if (!r) errors.push_back(r.error().code);
            });
        }
    }

    void lose_power_and_restart() {
        vfs.cut_power();
        close();
        vfs.restore();
        open();
    }

    bool has(std::int64_t push_order) {
        return number("SELECT COUNT(*) FROM inbox WHERE dedupe_order = " + std::to_string(push_order)) == 1;
    }

    std::int64_t order = 0;
    std::vector<std::int64_t> acknowledged, refused;
    std::vector<errc> errors;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_failed_sync_poisons_every_waiter_and_every_later_call, hotel) {
    submit(3);
    store().run_group();
    vfs.fail(operation::sync, 1);
    submit(5);
    store().run_group();
    BOOST_TEST(acknowledged.size() == 3U);
    BOOST_TEST(refused.size() == 5U);
    BOOST_TEST(poisonings.size() == 1U);
    BOOST_TEST(store().statistics().poisoned);
    vfs.heal();
    submit(1);
    store().run_group();
    BOOST_TEST(refused.size() == 6U);
    for (const auto code : errors) BOOST_TEST((code == errc::unavailable));
    reopen();
    for (const auto o : acknowledged) BOOST_TEST(has(o));
}

BOOST_FIXTURE_TEST_CASE(a_failed_write_poisons, hotel) {
    vfs.fail(operation::write, 1);
    submit(2);
    store().run_group();
    BOOST_TEST(acknowledged.empty());
    BOOST_TEST(refused.size() == 2U);
    BOOST_TEST(poisonings.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_group_that_failed_at_any_write_or_sync_is_there_wholly_or_not_at_all, hotel) {
    for (const auto what : {operation::write, operation::sync}) {
        for (int n = 1; n <= 12; ++n) {
            acknowledged.clear();
            refused.clear();
            const auto before = number("SELECT COUNT(*) FROM inbox");
            vfs.fail(what, n);
            submit(4);
            while (store().run_group()) {
            }
            BOOST_TEST(acknowledged.size() + refused.size() == 4U);
            lose_power_and_restart();
            for (const auto o : acknowledged) BOOST_TEST(has(o));
            const auto added = number("SELECT COUNT(*) FROM inbox") - before;
            BOOST_TEST((added == 0 || added == 4), "n " << n << ", added " << added);
            BOOST_TEST(text("PRAGMA integrity_check") == "ok");
            BOOST_TEST(reader()->count_conservation()->holds());
            allow({policy()});
        }
    }
}

BOOST_FIXTURE_TEST_CASE(nothing_acknowledged_is_lost_when_the_power_fails, hotel) {
    for (int round = 0; round < 10; ++round) {
        for (int group = 0; group <= round; ++group) {
            submit(7);
            store().run_group();
        }
        submit(3);  // never run: lost, and never acknowledged
        lose_power_and_restart();
        for (const auto o : acknowledged) BOOST_TEST(has(o));
        BOOST_TEST(number("SELECT COUNT(*) FROM inbox") == static_cast<std::int64_t>(acknowledged.size()));
        BOOST_TEST(reader()->count_conservation()->holds());
        allow({policy()});
    }
}

BOOST_FIXTURE_TEST_CASE(power_may_fail_during_a_checkpoint, hotel) {
    // Enough for several checkpoints; each round cuts a later write short.
    for (int n = 1; n < 400; n += 57) {
        vfs.fail(operation::write, n);
        for (int i = 0; i < 60 && poisonings.empty(); ++i) {
            submit(16);
            store().run_group();
        }
        poisonings.clear();
        lose_power_and_restart();
        for (const auto o : acknowledged) BOOST_REQUIRE(has(o));
        BOOST_TEST(text("PRAGMA integrity_check") == "ok");
        allow({policy()});
    }
}

BOOST_FIXTURE_TEST_CASE(a_failed_sync_of_the_database_file_poisons_after_the_answers_went_out, hotel) {
    // The log is synced once a commit; the first sync beyond that belongs to a checkpoint.
    int commits = 0;
    while (vfs.count(operation::sync) <= commits + 64 && commits < 400 && poisonings.empty()) {
        const auto syncs = vfs.count(operation::sync);
        const auto acknowledged_before = acknowledged.size();
        vfs.heal();
        vfs.fail(operation::sync, 2);
        submit(32);
        store().run_group();
        ++commits;
        if (poisonings.empty()) {
            BOOST_REQUIRE(vfs.count(operation::sync) <= syncs + 1);
        } else {
            BOOST_TEST(acknowledged.size() == acknowledged_before + 32);
        }
    }
    BOOST_TEST(poisonings.size() == 1U);
    lose_power_and_restart();
    for (const auto o : acknowledged) BOOST_REQUIRE(has(o));
}

BOOST_FIXTURE_TEST_CASE(a_lease_is_durable_before_it_is_handed_out, hotel) {
    submit(1);
    store().run_group();
    BOOST_REQUIRE(lease("demopms").size() == 1U);
    lose_power_and_restart();
    recover("hub-2");
    allow({policy()});
    BOOST_TEST(lease("demopms", 16, "hub-2").at(0).attempt == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
