#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/support/sql_reader.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_lock_state_test)

namespace {

using std::chrono::minutes;

struct room : store_rig {
    room() { import({room_row("101", "lock-a")}); }

    void tell(event_kind kind, time_point at, std::optional<int> percent = std::nullopt) {
        auto e = event(kind, "lock-a", at);
        e.battery_percent = percent;
        push(event_push(std::move(e), ++pushes_));
    }
    storage::lock_report report_at(time_point at, storage::lock_condition condition) const {
        return {.account = account_id("dd"), .lock_uuid = "lock-a", .at = at, .condition = condition, .openings = {}};
    }
    storage::room_lock lock() const {
        return reader()
            ->locks_of_rooms(pms_id("demopms"), hotel_no("H1"), {room_id("101")})
            .value()
            .at(0)
            .password.value();
    }
    std::string log() const {
        std::string out;
        for (const auto& row : sql(path(),
                                   "SELECT source || ',' || source_id || ',' || succeeded FROM lock_log "
                                   "ORDER BY occurred_at_ms, source_id"))
            out += row[0] + " ";
        return out;
    }

  private:
    std::int64_t pushes_ = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_low_battery_is_low_until_the_lock_or_its_percentage_says_otherwise, room) {
    const auto t = clock.now();
    struct step {
        event_kind kind;
        std::optional<int> percent;
        bool low;
    };
    const std::vector<step> steps{
        {event_kind::battery_level, 11, false},        {event_kind::battery_level, 10, true},
        {event_kind::battery_level, 95, false},        {event_kind::battery_low, std::nullopt, true},
        {event_kind::lock_online, std::nullopt, true}, {event_kind::battery_ok, std::nullopt, false},
        {event_kind::battery_low, 15, true},           {event_kind::battery_ok, 12, false},
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        tell(steps[i].kind, t + minutes(i), steps[i].percent);
        BOOST_TEST(lock().battery_low == steps[i].low, "step " << i);
    }
    BOOST_TEST(lock().battery_percent.value() == 12);
}

BOOST_FIXTURE_TEST_CASE(an_older_warning_never_replaces_a_newer_state_of_the_battery, room) {
    const auto t = clock.now();
    tell(event_kind::battery_ok, t);
    tell(event_kind::battery_low, t - minutes(1), 4);
    BOOST_TEST(!lock().battery_low);
    BOOST_TEST(!lock().battery_percent.has_value());
    tell(event_kind::battery_low, t + minutes(1), 4);
    tell(event_kind::battery_ok, t - minutes(1));
    BOOST_TEST(lock().battery_low);
    reopen();
    tell(event_kind::battery_ok, t);
    BOOST_TEST(lock().battery_low);
}

BOOST_FIXTURE_TEST_CASE(a_fault_lasts_until_the_lock_is_opened, room) {
    const auto t = clock.now();
    tell(event_kind::lock_fault, t);
    BOOST_TEST(lock().faulty);
    BOOST_TEST((lock().condition_at == t));
    tell(event_kind::opened, t - minutes(1));
    tell(event_kind::wrong_password, t + minutes(1));
    tell(event_kind::battery_level, t + minutes(1), 50);
    BOOST_TEST(lock().faulty);
    tell(event_kind::opened, t + minutes(2));
    BOOST_TEST(!lock().faulty);
}

BOOST_FIXTURE_TEST_CASE(a_fault_told_after_a_later_opening_is_over, room) {
    const auto t = clock.now();
    tell(event_kind::opened, t);
    reopen();
    tell(event_kind::lock_fault, t - minutes(1));
    BOOST_TEST(!lock().faulty);
    tell(event_kind::wrong_password, t + minutes(3));
    tell(event_kind::lock_fault, t + minutes(1));
    BOOST_TEST(lock().faulty);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_password_stands_in_the_log_as_one_that_did_not_open, room) {
    allow({policy()});
    const auto t = clock.now();
    tell(event_kind::wrong_password, t);
    tell(event_kind::opened, t + minutes(1));
    BOOST_TEST(log() == "2,,0 0,,1 ");
    // Told again under another name of the same moment, it calls back again and stands in the log once.
    tell(event_kind::wrong_password, t);
    BOOST_TEST(log() == "2,,0 0,,1 ");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox WHERE event = 'lock.wrong_password'") == 2);
    const auto rows = reader()
                          ->lock_log({.pms = pms_id("demopms"),
                                      .hotel = hotel_no("H1"),
                                      .rooms = {room_id("101")},
                                      .from = t,
                                      .until = t,
                                      .offset = 0,
                                      .count = 10})
                          ->rows;
    BOOST_REQUIRE(rows.size() == 1U);
    BOOST_TEST(!rows[0].succeeded);
}

BOOST_FIXTURE_TEST_CASE(what_a_cloud_answers_about_a_lock_counts_as_of_its_time, room) {
    const auto t = clock.now();
    tell(event_kind::lock_offline, t);
    report(report_at(t - minutes(1), {.online = true, .battery_percent = 80, .signal_percent = 70}));
    BOOST_TEST(lock().online.value() == false);
    BOOST_TEST(lock().battery_percent.value() == 80);
    BOOST_TEST(lock().signal_percent.value() == 70);
    report(report_at(t + minutes(1), {.online = true, .battery_percent = 9, .signal_percent = 20}));
    BOOST_TEST(lock().online.value());
    BOOST_TEST(lock().battery_low);
    BOOST_TEST((lock().condition_at == t + minutes(1)));
    report(report_at(t, {.online = std::nullopt, .battery_percent = 80, .signal_percent = 71}));
    BOOST_TEST(lock().battery_percent.value() == 9);
    BOOST_TEST(lock().signal_percent.value() == 20);
    tell(event_kind::battery_level, t, 50);
    BOOST_TEST(lock().battery_percent.value() == 9);
}

BOOST_FIXTURE_TEST_CASE(an_answer_without_a_word_on_the_lock_leaves_its_condition_as_old_as_it_was, room) {
    const auto t = clock.now();
    tell(event_kind::lock_offline, t);
    report(report_at(t + minutes(5), {}));
    BOOST_TEST((lock().condition_at == t));
    BOOST_TEST(lock().online.value() == false);
}

BOOST_FIXTURE_TEST_CASE(openings_of_the_clouds_log_and_pushed_ones_fall_together, room) {
    allow({policy()});
    const auto t = clock.now();
    auto pushed = event(event_kind::opened, "lock-a", t);
    pushed.source = 2;
    pushed.source_id = "1015";
    push(event_push(pushed, 1000));
    auto asked = report_at(t + minutes(1), {});
    asked.openings = {{.occurred_at = t, .source = 2, .source_id = "1015", .source_name = "guest"},
                      {.occurred_at = t - minutes(1), .source = 5, .source_id = "77", .source_name = "card"}};
    report(asked);
    report(asked);
    BOOST_TEST(log() == "5,77,1 2,1015,1 ");
    // A bulk upload that comes later still: known to the log, told to nobody.
    auto late = pushed;
    late.occurred_at = t - minutes(1);
    late.source = 5;
    late.source_id = "77";
    push(event_push(late, 1001));
    BOOST_TEST(log() == "5,77,1 2,1015,1 ");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
}

BOOST_FIXTURE_TEST_CASE(an_opening_in_the_clouds_log_ends_a_fault_and_its_mere_answer_does_not, room) {
    const auto t = clock.now();
    tell(event_kind::lock_fault, t);
    auto asked = report_at(t + minutes(2), {.online = true, .battery_percent = 80, .signal_percent = 70});
    asked.openings = {{.occurred_at = t - minutes(1), .source = 2, .source_id = "1", .source_name = ""}};
    report(asked);
    BOOST_TEST(lock().faulty);
    asked.openings.push_back({.occurred_at = t + minutes(1), .source = 2, .source_id = "1", .source_name = ""});
    report(asked);
    BOOST_TEST(!lock().faulty);
}

BOOST_FIXTURE_TEST_CASE(a_report_of_a_lock_nobody_heard_of_is_not_found_and_makes_none, room) {
    auto strange = report_at(clock.now(), {.online = true, .battery_percent = 1, .signal_percent = 1});
    strange.lock_uuid = "stranger";
    const auto outcome =
        call<storage::nothing>([&](auto done) { store().report_lock(std::move(strange), std::move(done)); });
    BOOST_TEST((outcome.error().code == errc::not_found));
    BOOST_TEST(number("SELECT COUNT(*) FROM locks") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_report_with_more_openings_than_the_limit_is_refused_whole, room) {
    auto asked = report_at(clock.now(), {.online = true, .battery_percent = 1, .signal_percent = 1});
    asked.openings.resize(limits::reported_openings + 1);
    const auto outcome =
        call<storage::nothing>([&](auto done) { store().report_lock(std::move(asked), std::move(done)); });
    BOOST_TEST((outcome.error().code == errc::too_large));
    BOOST_TEST(number("SELECT COUNT(*) FROM lock_states") == 0);
}

BOOST_FIXTURE_TEST_CASE(events_that_change_nothing_write_no_state_within_a_minute, room) {
    const auto t = clock.now();
    tell(event_kind::opened, t);
    texts("CREATE TRIGGER no_write BEFORE UPDATE ON lock_states BEGIN SELECT RAISE(ABORT, 'written'); END");
    clock.advance(std::chrono::seconds(59));
    for (const auto kind : {event_kind::opened, event_kind::wrong_password, event_kind::tampered})
        tell(kind, t + minutes(1));
    BOOST_TEST(number("SELECT value FROM ledger WHERE name = 'pushes'") == 4);
    BOOST_CHECK_THROW(tell(event_kind::lock_offline, t + minutes(2)), std::runtime_error);
}

BOOST_FIXTURE_TEST_CASE(the_condition_a_settled_command_carries_becomes_the_locks, room) {
    open_action(action("101"));
    const auto sent = lease_commands("dd");
    BOOST_REQUIRE(sent.size() == 1U);
    storage::command_settlement done;
    done.id = sent[0].id;
    done.lease_token = sent[0].lease_token;
    done.next = command_state::done;
    done.lock = {.online = true, .battery_percent = 66, .signal_percent = 33};
    BOOST_REQUIRE(settle(done).value().finished);
    BOOST_TEST(lock().online.value());
    BOOST_TEST(lock().battery_percent.value() == 66);
    BOOST_TEST(lock().signal_percent.value() == 33);
    BOOST_TEST((lock().condition_at == clock.now()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
