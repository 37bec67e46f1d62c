#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_delivery_test)

namespace {

using namespace std::chrono_literals;

struct hotel : store_rig {
    hotel() {
        import({room_row("101", "lock-a"), room_row("102", "lock-b"), room_row("301", "lock-c", "otherpms", "H2")});
        allow({policy(), policy("otherpms")});
    }

    void tell(event_kind kind, const std::string& uuid) { push(event_push(event(kind, uuid), ++order_)); }

    std::vector<std::string> states() { return texts("SELECT state FROM outbox ORDER BY delivery_id"); }

    storage::operator_change verb(storage::delivery_verb v, storage::delivery_filter filter = {}) {
        return {.verb = v, .filter = std::move(filter), .actor = "wang", .reason = "test", .dry_run = false};
    }

    std::int64_t order_ = 0;
};

using words = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_CASE(one_delivery_of_a_lane_goes_at_a_time_and_in_order, hotel) {
    for (int i = 0; i < 3; ++i) tell(event_kind::opened, "lock-a");
    clock.advance(1s);
    // Openings of one millisecond are one opening: only the first of the three above is called back.
    tell(event_kind::opened, "lock-a");
    clock.advance(1s);
    tell(event_kind::password_synced, "lock-a");
    BOOST_TEST(states() == (words{"ready", "queued", "queued"}), boost::test_tools::per_element());
    for (std::int64_t id = 1; id <= 3; ++id) {
        const auto leased = lease("demopms");
        BOOST_REQUIRE(leased.size() == 1U);
        BOOST_TEST(leased[0].id.value == id);
        BOOST_TEST(lease("demopms").empty());
        BOOST_TEST(settle(delivered(leased[0])));
    }
    BOOST_TEST(states() == (words{"delivered", "delivered", "delivered"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(alarms_results_and_other_rooms_do_not_wait_for_a_blocked_lane, hotel) {
    tell(event_kind::opened, "lock-a");
    tell(event_kind::battery_low, "lock-a");
    tell(event_kind::opened, "lock-b");
    BOOST_TEST(lease("demopms").size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_retry_keeps_its_place_at_the_head_of_the_lane, hotel) {
    tell(event_kind::opened, "lock-a");
    clock.advance(1s);
    tell(event_kind::opened, "lock-a");
    const auto first = lease("demopms");
    BOOST_TEST(settle(failed(first.at(0), clock.now() + 8s)));
    BOOST_TEST(lease("demopms").empty());
    clock.advance(8s);
    const auto again = lease("demopms");
    BOOST_REQUIRE(again.size() == 1U);
    BOOST_TEST(again[0].id.value == first[0].id.value);
    BOOST_TEST(again[0].attempt == 2U);
    BOOST_TEST(again[0].payload == first[0].payload);
}

BOOST_FIXTURE_TEST_CASE(a_dead_delivery_lets_the_next_one_go, hotel) {
    tell(event_kind::opened, "lock-a");
    clock.advance(1s);
    tell(event_kind::opened, "lock-a");
    auto last = failed(lease("demopms").at(0), {});
    last.next = delivery_state::dead;
    delivery_hints.clear();
    BOOST_TEST(settle(last));
    BOOST_TEST(states() == (words{"dead", "ready"}), boost::test_tools::per_element());
    BOOST_TEST(delivery_hints.size() == 1U);
    BOOST_TEST(text("SELECT why FROM failed_deliveries") == "timeout");
}

BOOST_FIXTURE_TEST_CASE(a_settlement_with_a_moved_token_is_refused, hotel) {
    tell(event_kind::opened, "lock-a");
    const auto mine = lease("demopms").at(0);
    clock.advance(61s);
    const auto taken = lease("demopms", 16, "hub-2").at(0);
    BOOST_TEST(taken.id.value == mine.id.value);
    BOOST_TEST(taken.attempt == 2U);
    BOOST_TEST(!settle(delivered(mine)));
    BOOST_TEST(settle(delivered(taken)));
    BOOST_TEST(!settle(delivered(taken)));
    BOOST_TEST(texts("SELECT why FROM attempts ORDER BY number") == (words{"interrupted", "none"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(an_attempt_that_was_held_back_does_not_count, hotel) {
    tell(event_kind::opened, "lock-a");
    auto back = failed(lease("demopms").at(0), clock.now());
    back.count_attempt = false;
    back.why = error_class::none;
    BOOST_TEST(settle(back));
    BOOST_TEST(number("SELECT attempts FROM outbox") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM attempts") == 0);
    BOOST_TEST(lease("demopms").at(0).attempt == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_lease_tells_when_what_it_left_behind_is_due, hotel) {
    tell(event_kind::opened, "lock-a");
    tell(event_kind::opened, "lock-b");
    BOOST_TEST(settle(failed(lease("demopms", 1).at(0), clock.now() + 30s)));
    delivery_hints.clear();
    lease("demopms");
    BOOST_REQUIRE(delivery_hints.size() == 1U);
    BOOST_TEST(delivery_hints[0].key == "demopms");
    BOOST_TEST((delivery_hints[0].due_at == clock.now() + 30s));
    clock.advance(1s);
    delivery_hints.clear();
    lease("demopms");
    BOOST_TEST((delivery_hints.at(0).due_at == clock.now() + 29s));
}

BOOST_FIXTURE_TEST_CASE(a_stop_counts_as_an_attempt_and_a_restart_tells_what_waits, hotel) {
    tell(event_kind::opened, "lock-a");
    tell(event_kind::opened, "lock-c");
    lease("demopms");
    reopen();
    delivery_hints.clear();
    recover("hub-2");
    BOOST_TEST(states() == (words{"ready", "ready"}), boost::test_tools::per_element());
    BOOST_TEST(number("SELECT attempts FROM outbox WHERE pms_id = 'demopms'") == 1);
    BOOST_TEST(text("SELECT why FROM attempts") == "interrupted");
    BOOST_REQUIRE(delivery_hints.size() == 2U);
    BOOST_TEST(delivery_hints[0].key == "demopms");
    BOOST_TEST(delivery_hints[1].key == "otherpms");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox WHERE lease_owner IS NOT NULL") == 0);
}

BOOST_FIXTURE_TEST_CASE(what_was_sent_lately_is_known_after_a_restart, hotel) {
    tell(event_kind::opened, "lock-a");
    tell(event_kind::opened, "lock-b");
    const auto leased = lease("demopms");
    auto done = delivered(leased.at(0));
    done.started_at = clock.now();
    done.finished_at = clock.now() + 1s;
    settle(done);
    const auto since = clock.now() - 30s;
    reopen();
    const auto sends =
        call<std::vector<storage::recent_send>>([&](auto d) { store().recent_sends(since, std::move(d)); });
    BOOST_REQUIRE(sends.has_value());
    BOOST_TEST(sends->size() == 2U);
    const auto none =
        call<std::vector<storage::recent_send>>([&](auto d) { store().recent_sends(clock.now() + 1s, std::move(d)); });
    BOOST_TEST(none->empty());
}

BOOST_FIXTURE_TEST_CASE(deliveries_of_an_unknown_or_disabled_pms_are_held_until_a_policy_allows_them, hotel) {
    auto off = policy("otherpms");
    off.enabled = false;
    allow({off});
    tell(event_kind::opened, "lock-a");
    tell(event_kind::opened, "lock-c");
    clock.advance(1s);
    tell(event_kind::opened, "lock-a");
    BOOST_TEST(texts("SELECT held_reason FROM outbox ORDER BY delivery_id") ==
                   (words{"pms_unknown", "pms_disabled", "pms_unknown"}),
               boost::test_tools::per_element());
    allow({policy(), policy("otherpms")});
    BOOST_TEST(states() == (words{"ready", "ready", "queued"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_waits_for_a_pms_that_is_switched_off_is_held_and_comes_back_in_order, hotel) {
    for (int i = 0; i < 3; ++i) {
        tell(event_kind::opened, "lock-a");
        clock.advance(1s);
    }
    tell(event_kind::battery_low, "lock-a");
    auto off = policy();
    off.enabled = false;
    allow({off, policy("otherpms")});
    BOOST_TEST(texts("SELECT held_reason FROM outbox WHERE state = 'held'") ==
                   (words{"pms_disabled", "pms_disabled", "pms_disabled", "pms_disabled"}),
               boost::test_tools::per_element());
    BOOST_TEST(lease("demopms").empty());
    allow({policy(), policy("otherpms")});
    BOOST_TEST(states() == (words{"ready", "queued", "queued", "ready"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_policy_releases_more_rows_than_one_step_takes_and_leaves_what_is_not_subscribed, hotel) {
    allow({});
    constexpr int per_kind = 700;
    for (int i = 0; i < per_kind; ++i) tell(event_kind::battery_low, "lock-a");
    for (int i = 0; i < per_kind; ++i) tell(event_kind::password_synced, "lock-a");
    allow({policy("demopms", 1U << static_cast<unsigned>(event_kind::password_synced))});
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox WHERE held_reason = 'not_subscribed'") == per_kind);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'queued')") == per_kind);
    allow({policy()});
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox WHERE state = 'held'") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox WHERE state = 'ready'") == 2);
}

BOOST_FIXTURE_TEST_CASE(operators_hold_release_retry_and_discard_and_leave_a_trace, hotel) {
    using storage::delivery_verb;
    tell(event_kind::opened, "lock-a");
    clock.advance(1s);
    tell(event_kind::opened, "lock-a");
    BOOST_TEST(change(verb(delivery_verb::hold, {.ids = {1}})).matched == 1U);
    BOOST_TEST(states() == (words{"held", "ready"}), boost::test_tools::per_element());
    BOOST_TEST(change(verb(delivery_verb::release, {.ids = {1}})).matched == 1U);
    BOOST_TEST(states() == (words{"queued", "ready"}), boost::test_tools::per_element());
    settle(failed(lease("demopms").at(0), clock.now() + 1h));
    BOOST_TEST(lease("demopms").empty());
    const auto retried = change(verb(delivery_verb::retry));
    BOOST_TEST(retried.matched == 1U);
    BOOST_TEST(retried.skipped == 1U);
    auto last = failed(lease("demopms").at(0), {});
    last.next = delivery_state::dead;
    settle(last);
    BOOST_TEST(change(verb(delivery_verb::discard, {.why = error_class::timeout})).matched == 1U);
    BOOST_TEST(states() == (words{"ready", "discarded"}), boost::test_tools::per_element());
    BOOST_TEST(texts("SELECT verb || ' ' || changed || ' ' || actor FROM audit ORDER BY audit_id LIMIT 4 OFFSET 1") ==
                   (words{"hold 1 wang", "release 1 wang", "retry 1 wang", "discard 1 wang"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_dry_run_counts_and_changes_nothing, hotel) {
    tell(event_kind::opened, "lock-a");
    auto dry = verb(storage::delivery_verb::discard);
    dry.dry_run = true;
    const auto audits = number("SELECT COUNT(*) FROM audit");
    BOOST_TEST(change(dry).matched == 1U);
    BOOST_TEST(states() == (words{"ready"}), boost::test_tools::per_element());
    BOOST_TEST(number("SELECT COUNT(*) FROM audit") == audits);
}

BOOST_FIXTURE_TEST_CASE(an_operators_retry_of_a_dead_delivery_keeps_its_attempts, hotel) {
    tell(event_kind::opened, "lock-a");
    auto last = failed(lease("demopms").at(0), {});
    last.next = delivery_state::dead;
    settle(last);
    change(verb(storage::delivery_verb::retry, {.state = delivery_state::dead}));
    BOOST_TEST(lease("demopms").at(0).attempt == 2U);
}

BOOST_FIXTURE_TEST_CASE(an_attempt_in_flight_is_nobodys_to_change, hotel) {
    tell(event_kind::opened, "lock-a");
    lease("demopms");
    for (const auto v : {storage::delivery_verb::retry, storage::delivery_verb::hold, storage::delivery_verb::release,
                         storage::delivery_verb::discard}) {
        const auto changed = change(verb(v));
        BOOST_TEST(changed.matched == 0U);
        BOOST_TEST(changed.skipped == 1U);
    }
}

BOOST_FIXTURE_TEST_CASE(every_filter_narrows_what_a_verb_touches, hotel) {
    tell(event_kind::opened, "lock-a");
    tell(event_kind::battery_low, "lock-a");
    tell(event_kind::opened, "lock-c");
    const auto matched = [&](storage::delivery_filter f) {
        auto dry = verb(storage::delivery_verb::hold, std::move(f));
        dry.dry_run = true;
        return change(dry).matched;
    };
    BOOST_TEST(matched({}) == 3U);
    BOOST_TEST(matched({.ids = {1, 3, 99}}) == 2U);
    BOOST_TEST(matched({.state = delivery_state::dead}) == 0U);
    BOOST_TEST(matched({.pms = "otherpms"}) == 1U);
    BOOST_TEST(matched({.hotel = "H1"}) == 2U);
    BOOST_TEST(matched({.room = "301"}) == 1U);
    BOOST_TEST(matched({.action = "x"}) == 0U);
    BOOST_TEST(matched({.event = "lock.opened"}) == 2U);
    BOOST_TEST(matched({.why = error_class::timeout}) == 0U);
    BOOST_TEST(matched({.created_from = clock.now() + 1s}) == 0U);
    BOOST_TEST(matched({.created_until = clock.now() + 1s}) == 3U);
}

BOOST_FIXTURE_TEST_CASE(the_conservation_law_holds_through_every_state, hotel) {
    const auto holds = [&] {
        const auto c = reader()->count_conservation();
        BOOST_REQUIRE(c.has_value());
        BOOST_TEST(c->holds());
        return *c;
    };
    for (int i = 0; i < 4; ++i) {
        clock.advance(1s);
        tell(event_kind::opened, "lock-a");
        tell(event_kind::opened, "lock-c");
    }
    BOOST_TEST(holds().pending == 8U);
    settle(delivered(lease("demopms").at(0)));
    auto dead = failed(lease("otherpms").at(0), {});
    dead.next = delivery_state::dead;
    settle(dead);
    change(verb(storage::delivery_verb::hold, {.ids = {5}}));
    change(verb(storage::delivery_verb::discard, {.ids = {6}}));
    const auto c = holds();
    BOOST_TEST(c.accepted == 8U);
    BOOST_TEST(c.delivered == 1U);
    BOOST_TEST(c.dead == 1U);
    BOOST_TEST(c.held == 1U);
    BOOST_TEST(c.discarded == 1U);
    BOOST_TEST(c.pending == 4U);
}

BOOST_FIXTURE_TEST_CASE(age_removes_what_is_done_and_nothing_that_open_work_needs, hotel) {
    tell(event_kind::opened, "lock-a");
    tell(event_kind::opened, "lock-b");
    auto first = delivered(lease("demopms", 1).at(0));
    settle(first);
    clock.advance(24h);
    tell(event_kind::opened, "lock-c");
    const auto gone = call<std::uint64_t>(
        [&](auto d) { store().expunge({.final_before = clock.now() - 1h, .limit = 500}, std::move(d)); });
    BOOST_REQUIRE(gone.has_value());
    BOOST_TEST(texts("SELECT delivery_id FROM outbox ORDER BY delivery_id") == (words{"2", "3"}),
               boost::test_tools::per_element());
    BOOST_TEST(texts("SELECT push_id FROM inbox ORDER BY push_id") == (words{"2", "3"}),
               boost::test_tools::per_element());
    BOOST_TEST(number("SELECT COUNT(*) FROM attempts") == 0);
    BOOST_TEST(number("SELECT value FROM ledger WHERE name = 'expunged'") == 1);
    BOOST_TEST(reader()->count_conservation()->holds());
}

BOOST_FIXTURE_TEST_CASE(dead_deliveries_do_not_age_away, hotel) {
    tell(event_kind::opened, "lock-a");
    auto last = failed(lease("demopms").at(0), {});
    last.next = delivery_state::dead;
    settle(last);
    clock.advance(24h);
    call<std::uint64_t>([&](auto d) { store().expunge({.final_before = clock.now(), .limit = 500}, std::move(d)); });
    BOOST_TEST(states() == (words{"dead"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(explaining_names_the_head_of_the_lane_and_every_attempt, hotel) {
    tell(event_kind::opened, "lock-a");
    clock.advance(1s);
    tell(event_kind::opened, "lock-a");
    auto refused = failed(lease("demopms").at(0), clock.now() + 8s, error_class::refused_by_pms);
    refused.http_status = 200;
    refused.response = "{\"code\":-1}";
    settle(refused);
    const auto second = reader()->explain_delivery(delivery_id(2));
    BOOST_REQUIRE(second.has_value());
    BOOST_TEST((second->row.state == delivery_state::queued));
    BOOST_TEST(second->row.behind.value().value == 1);
    BOOST_TEST(second->row.room_no == "No101");
    const auto first = reader()->explain_delivery(delivery_id(1));
    BOOST_REQUIRE(first->attempts.size() == 1U);
    BOOST_TEST(first->attempts[0].response == "{\"code\":-1}");
    BOOST_TEST(first->attempts[0].number == 1U);
    const auto none = reader()->explain_delivery(delivery_id(99));
    BOOST_TEST((none.error().code == errc::not_found));
}

BOOST_FIXTURE_TEST_CASE(listings_come_newest_first_and_depths_know_the_oldest, hotel) {
    const auto began = clock.now();
    for (int i = 0; i < 3; ++i) {
        tell(event_kind::opened, "lock-a");
        clock.advance(1s);
    }
    const auto listed = reader()->list_deliveries({}, 2);
    BOOST_REQUIRE(listed->size() == 2U);
    BOOST_TEST(listed->at(0).id.value == 3);
    const auto depths = reader()->count_depths();
    BOOST_REQUIRE(depths.has_value());
    BOOST_TEST(depths->deliveries.at("queued").rows == 2U);
    BOOST_TEST(depths->deliveries.at("ready").rows == 1U);
    BOOST_TEST((depths->deliveries.at("ready").oldest_at == began));
    BOOST_TEST(!depths->deliveries.contains("held"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
