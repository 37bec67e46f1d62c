#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_push_test)

namespace {

constexpr auto minute = std::chrono::minutes(1);

struct hotel : store_rig {
    hotel() {
        import({room_row("101", "lock-a"), room_row("102", "lock-b"), room_row("201", "")});
        allow({policy()});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_event_of_a_bound_lock_becomes_one_callback, hotel) {
    const auto outcome = push(event_push(event(event_kind::battery_low, "lock-a"), 1000));
    BOOST_TEST(!outcome.repeat);
    BOOST_TEST(outcome.stored_records == 1U);
    const auto leased = lease("demopms");
    BOOST_REQUIRE(leased.size() == 1U);
    BOOST_TEST(leased[0].attempt == 1U);
    BOOST_TEST(leased[0].payload.find("eventId=1-1") != std::string::npos);
    BOOST_TEST(leased[0].payload.find("roomId=101") != std::string::npos);
    BOOST_TEST(text("SELECT event || ' ' || state FROM outbox") == "lock.battery_low leased");
}

BOOST_FIXTURE_TEST_CASE(a_repeated_push_changes_nothing, hotel) {
    push(event_push(event(event_kind::battery_low, "lock-a"), 1000));
    const auto again = push(event_push(event(event_kind::battery_low, "lock-a"), 1000));
    BOOST_TEST(again.repeat);
    BOOST_TEST(again.stored_records == 0U);
    BOOST_TEST(number("SELECT COUNT(*) FROM inbox") == 1);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
    BOOST_TEST(number("SELECT value FROM ledger WHERE name = 'pushes'") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_push_without_order_is_a_repeat_across_midnight_but_not_two_days_later, hotel) {
    const auto timeless = [] {
        auto p = event_push(event(event_kind::battery_low, "lock-a"), 0);
        p.push.key.hash.fill(std::byte{7});
        return p;
    };
    clock.set(from_unix_ms(86'400'000LL * 20'000 - 1));
    BOOST_TEST(!push(timeless()).repeat);
    BOOST_TEST(push(timeless()).repeat);
    clock.advance(std::chrono::milliseconds(1));
    BOOST_TEST(push(timeless()).repeat);
    clock.advance(std::chrono::hours(24));
    BOOST_TEST(!push(timeless()).repeat);
}

BOOST_FIXTURE_TEST_CASE(before_1970_a_day_is_still_a_day, hotel) {
    clock.set(from_unix_ms(-1));
    auto p = event_push(event(event_kind::battery_low, "lock-a"), 0);
    p.received_at = clock.now();
    push(p);
    BOOST_TEST(number("SELECT dedupe_order FROM inbox") == -1);
}

BOOST_FIXTURE_TEST_CASE(an_older_event_never_replaces_a_newer_state, hotel) {
    const auto t = clock.now();
    push(event_push(event(event_kind::lock_offline, "lock-a", t), 1));
    push(event_push(event(event_kind::lock_online, "lock-a", t - minute), 2));
    BOOST_TEST(number("SELECT online FROM lock_states") == 0);
    push(event_push(event(event_kind::lock_online, "lock-a", t + minute), 3));
    BOOST_TEST(number("SELECT online FROM lock_states") == 1);
    auto battery = event(event_kind::battery_level, "lock-a", t + minute);
    battery.battery_percent = 60;
    push(event_push(battery, 4));
    battery.occurred_at = t;
    battery.battery_percent = 90;
    push(event_push(battery, 5));
    BOOST_TEST(number("SELECT battery_percent FROM lock_states") == 60);
}

BOOST_FIXTURE_TEST_CASE(a_lock_state_survives_a_restart_as_the_newest, hotel) {
    const auto t = clock.now();
    push(event_push(event(event_kind::lock_offline, "lock-a", t), 1));
    reopen();
    push(event_push(event(event_kind::lock_online, "lock-a", t - minute), 2));
    BOOST_TEST(number("SELECT online FROM lock_states") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_lock_nobody_listed_is_kept_as_unbound_and_calls_nobody_back, hotel) {
    push(event_push(event(event_kind::opened, "stranger"), 1));
    BOOST_TEST(text("SELECT origin FROM locks WHERE lock_uuid = 'stranger'") == "push");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
    const auto unbound = reader()->unbound_locks(10);
    BOOST_REQUIRE(unbound.has_value());
    BOOST_REQUIRE(unbound->size() == 1U);
    BOOST_TEST(unbound->front().second == "stranger");
}

BOOST_FIXTURE_TEST_CASE(an_opening_told_twice_is_logged_and_called_back_once, hotel) {
    auto opening = event(event_kind::opened, "lock-a", clock.now());
    opening.source = 2;
    opening.source_id = "1015";
    push(event_push(opening, 1));
    auto later = opening;
    later.vendor_name = "lockOpenHistoryAlarm";
    auto history = event_push(later, 2);
    auto other = opening;
    other.occurred_at = clock.now() - minute;
    std::get<std::vector<lock_event>>(history.push.content).push_back(other);
    BOOST_TEST(push(history).stored_records == 2U);
    BOOST_TEST(number("SELECT COUNT(*) FROM lock_log") == 2);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 2);
}

BOOST_FIXTURE_TEST_CASE(a_gateway_calls_each_hotel_back_once_and_speaks_for_the_locks_behind_it, hotel) {
    auto e = event(event_kind::gateway_offline, "gateway-1");
    e.subdevices = {"lock-a", "lock-b"};
    push(event_push(e, 1));
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
    BOOST_TEST(text("SELECT room_id FROM outbox").empty());
    BOOST_TEST(number("SELECT lane FROM outbox") < 0);
    BOOST_TEST(number("SELECT SUM(online) FROM lock_states") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM locks WHERE lock_uuid = 'gateway-1'") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_gateway_without_known_locks_is_found_by_its_home, hotel) {
    auto p = event_push(event(event_kind::gateway_offline, "gateway-1"), 1);
    p.push.home_id = "home-H1";
    push(p);
    BOOST_TEST(text("SELECT hotel_no FROM outbox") == "H1");
}

BOOST_FIXTURE_TEST_CASE(meters_are_stored_and_told_to_nobody, hotel) {
    auto e = event(event_kind::other, "meter-1");
    e.about_lock = false;
    BOOST_TEST(push(event_push(e, 1)).stored_records == 1U);
    BOOST_TEST(number("SELECT COUNT(*) FROM inbox") == 1);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM locks WHERE lock_uuid = 'meter-1'") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_pms_that_does_not_subscribe_gets_no_row, hotel) {
    allow({policy("demopms", 1U << static_cast<unsigned>(event_kind::opened))});
    push(event_push(event(event_kind::battery_low, "lock-a"), 1));
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 0);
    push(event_push(event(event_kind::opened, "lock-a"), 2));
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_body_that_may_carry_a_pin_is_not_readable_in_the_file, hotel) {
    auto p = event_push(event(event_kind::password_added_locally, "lock-a"), 1);
    p.body = "{\"password\":\"482915\"}";
    p.push.may_carry_pin = true;
    push(p);
    BOOST_TEST(text("SELECT typeof(body) FROM inbox") == "blob");
    BOOST_TEST(number("SELECT instr(body, CAST('482915' AS BLOB)) FROM inbox") == 0);
    BOOST_TEST(text("SELECT body FROM recent_pushes") == "(sealed)");
}

BOOST_FIXTURE_TEST_CASE(pushes_that_wait_together_share_one_commit, hotel) {
    const auto commits = store().statistics().commits;
    std::vector<bool> stored;
    for (int i = 1; i <= 5; ++i) {
        auto p = event_push(event(event_kind::battery_low, "lock-a"), i);
        store().record_push(std::move(p), [&](result<storage::push_outcome> r) { stored.push_back(r.has_value()); });
    }
    BOOST_TEST(stored.empty());
    store().run_group();
    BOOST_TEST(stored.size() == 5U);
    BOOST_TEST(store().statistics().commits == commits + 1);
    BOOST_TEST(store().statistics().last_group_units == 5U);
}

BOOST_FIXTURE_TEST_CASE(a_group_costs_one_sync_however_many_pushes_are_in_it, hotel) {
    push(event_push(event(event_kind::battery_low, "lock-a"), 1));
    const auto syncs = store().statistics().fsyncs;
    for (int i = 2; i <= 20; ++i)
        store().record_push(event_push(event(event_kind::battery_low, "lock-a"), i), [](auto) {});
    store().run_group();
    BOOST_TEST(store().statistics().fsyncs == syncs + 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
