#include <boost/test/unit_test.hpp>

#include "tests/support/reconciled_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_reconciliation_test)

namespace {

using namespace std::chrono_literals;
using enum command_verb;
using words = std::vector<std::string>;
using kind = storage::action_opened::kind;

using hotel = reconciled_hotel;

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_lock_as_wanted_has_no_difference, hotel) {
    give_pin("101", 1, "1001");
    const auto applied = compare({found("1001", last_action())});
    BOOST_TEST(applied.compared);
    BOOST_TEST(applied.found == 0U);
    BOOST_TEST(differences().empty());
    BOOST_TEST(lease_commands("dd").empty());
}

BOOST_FIXTURE_TEST_CASE(a_wanted_pin_that_is_not_there_is_set_again_with_the_same_digits, hotel) {
    const auto pms_action = give_pin("101", 1, "1001");
    const auto applied = compare({});
    BOOST_TEST(differences() == words{"pin_missing repairing 1001"});
    const auto repair = lease_one();
    BOOST_TEST(repair.action.value == applied.repair.value().value);
    BOOST_TEST(repair.action.value != pms_action);
    BOOST_TEST((repair.command.verb == set_pin));
    BOOST_TEST(repair.command.credential_ref.empty());
    BOOST_TEST(std::string(repair.command.pin.reveal()) == "482915");
    BOOST_TEST(text("SELECT method || ' ' || operator_name || ' ' || COALESCE(callback, 'none') FROM actions "
                    "ORDER BY action_id DESC LIMIT 1") == "repair lockhub none");
    settle(done(repair, "1002"));
    BOOST_TEST(differences() == words{"pin_missing open 1001"});
    compare({found("1002", repair.action.value)});
    BOOST_TEST(differences().empty());
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_frozen_pin_that_is_gone_is_not_written_and_the_reason_stands_beside_it, hotel) {
    give_pin("101", 1, "1001");
    auto freezing = disabling("101");
    freezing.verb = freeze_pin;
    open_action(freezing);
    settle(done(lease_one()));
    BOOST_TEST(!compare({}).repair);
    BOOST_TEST(text("SELECT state || ': ' || reason FROM differences").starts_with("open: it is frozen"));
}

BOOST_FIXTURE_TEST_CASE(a_pin_deleted_at_the_door_is_wanted_still_and_compared_soon, hotel) {
    give_pin("101", 1, "1001");
    compare({found("1001", last_action())});
    auto deleted = event(event_kind::password_deleted_locally, "lock-a");
    deleted.source_id = "1001";
    push(event_push(deleted, 1));
    BOOST_TEST(inventory_hints.back().key == "dd");
    clock.advance(5s);
    BOOST_TEST(lease_inventories() == words{"lock-a"});
    compare({});
    BOOST_TEST(differences() == words{"pin_missing repairing 1001"});
}

BOOST_FIXTURE_TEST_CASE(a_removal_that_failed_after_the_pms_was_told_is_made_up_for, hotel) {
    give_pin("101", 1, "1001");
    const auto label = last_action();
    open_action(disabling("101"));
    settle(taken(lease_one(), "800", clock.now() + 60s));
    BOOST_TEST((reveal("101").what == storage::pin_known::kind::known));
    clock.advance(2s);
    push(result_push(failed_result("800"), 800));
    BOOST_TEST((reveal("101").what == storage::pin_known::kind::none));
    clock.advance(10s);
    BOOST_TEST(lease_inventories() == words{"lock-a"});
    compare({found("1001", label)});
    BOOST_TEST(differences() == words{"pin_left repairing 1001"});
    const auto repair = lease_one();
    BOOST_TEST((repair.command.verb == remove_pin));
    BOOST_TEST(repair.command.credential_ref == "1001");
    settle(done(repair));
    compare({});
    BOOST_TEST(differences().empty());
}

BOOST_FIXTURE_TEST_CASE(a_removal_refused_within_its_request_leaves_the_pin_as_the_pms_knows_it, hotel) {
    give_pin("101", 1, "1001");
    const auto label = last_action();
    open_action(disabling("101"));
    settle(rejected(lease_one(), "busy"));
    compare({found("1001", label)});
    BOOST_TEST(differences().empty());
    BOOST_TEST((reveal("101").what == storage::pin_known::kind::known));
}

BOOST_FIXTURE_TEST_CASE(a_pin_that_came_after_its_action_had_failed_is_taken_away, hotel) {
    open_action(action("101", 1));
    auto expired = rejected(lease_one(), "no result");
    expired.next = command_state::expired;
    settle(expired);
    compare({found("1001", last_action())});
    BOOST_TEST(differences() == words{"pin_left repairing 1001"});
    BOOST_TEST(lease_one().command.credential_ref == "1001");
}

BOOST_FIXTURE_TEST_CASE(of_two_pins_under_one_label_the_one_not_in_the_books_goes, hotel) {
    give_pin("101", 1, "1001");
    compare({found("1001", last_action()), found("1002", last_action())});
    BOOST_TEST(differences() == words{"pin_left repairing 1002"});
    const auto repair = lease_one();
    BOOST_TEST(repair.command.credential_ref == "1002");
    settle(done(repair));
    BOOST_TEST((reveal("101").what == storage::pin_known::kind::known));
    BOOST_TEST(text("SELECT state || wanted FROM credentials WHERE credential_ref = '1001'") == "active1");
}

BOOST_FIXTURE_TEST_CASE(a_foreign_pin_is_listed_and_left_until_an_operator_accepts_it, hotel) {
    give_pin("101", 1, "1001");
    const std::vector<reported_credential> reported{found("1001", last_action()), found("2", "Mr Li")};
    compare(reported);
    BOOST_TEST(differences() == words{"pin_foreign open 2"});
    BOOST_TEST(lease_commands("dd").empty());
    BOOST_TEST(change(difference_id(), storage::drift_verb::accept).has_value());
    compare(reported);
    BOOST_TEST(differences().empty());
    BOOST_TEST(text("SELECT verb || ' ' || actor FROM audit ORDER BY audit_id DESC LIMIT 1") == "drift_accept wang");
}

BOOST_FIXTURE_TEST_CASE(repairs_that_do_not_help_are_suspended_after_three, hotel) {
    give_pin("101", 1, "1001");
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(compare({}).repair.has_value());
        settle(rejected(lease_one(), "the lock refused"));
        clock.advance(10s);
    }
    BOOST_TEST(!compare({}).repair);
    BOOST_TEST(differences() == words{"pin_missing suspended 1001"});
    BOOST_TEST(text("SELECT reason FROM differences") == "3 repairs within 5m did not help: the lock refused");
    clock.advance(1h);
    BOOST_TEST(!compare({}).repair);

    BOOST_TEST(change(difference_id(), storage::drift_verb::resume).has_value());
    BOOST_TEST(compare({}).repair.has_value());
    BOOST_TEST(differences() == words{"pin_missing repairing 1001"});
}

BOOST_FIXTURE_TEST_CASE(repairs_said_to_be_done_that_change_nothing_are_suspended_too, hotel) {
    give_pin("101", 1, "1001");
    for (int i = 0; i < 3; ++i) {
        compare({});
        settle(done(lease_one(), "100" + std::to_string(i + 2)));
        clock.advance(30s);
    }
    BOOST_TEST(!compare({}).repair);
    BOOST_TEST(text("SELECT state FROM differences") == "suspended");
}

BOOST_FIXTURE_TEST_CASE(a_suspended_one_is_tried_again_when_the_lock_reports_a_change, hotel) {
    give_pin("101", 1, "1001");
    suspend();
    push(event_push(event(event_kind::lock_online, "lock-a"), 1));
    BOOST_TEST(text("SELECT state FROM differences") == "open");
    clock.advance(10s);
    BOOST_TEST(compare({}).repair.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_lock_has_one_repair_at_a_time, hotel) {
    give_pin("101", 1, "1001");
    auto managing = action("101", 2);
    managing.manage = true;
    open_action(managing);
    settle(done(lease_one(), "999"));
    clock.advance(1s);
    compare({});
    BOOST_TEST(number("SELECT COUNT(*) FROM repairs") == 1);
    BOOST_TEST(!compare({}).compared);
    settle(done(lease_one(), "1002"));
    compare({found("1002", last_action())});
    BOOST_TEST(number("SELECT COUNT(*) FROM repairs") == 2);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_repaired_beside_an_open_action_of_the_room, hotel) {
    give_pin("101", 1, "1001");
    const auto label = last_action();
    open_action(action("101", 2));
    auto lost = done(lease_one());
    lost.next = command_state::unverifiable;
    settle(lost);
    clock.advance(10s);
    const auto applied = compare({found("7", label), found("8", label)});
    BOOST_TEST(applied.compared);
    BOOST_TEST(!applied.repair);
    BOOST_TEST(differences() == words({"unverifiable open 1001", "pin_left open 8"}));
}

BOOST_FIXTURE_TEST_CASE(a_pms_that_wants_something_else_takes_the_place_of_an_unsent_repair, hotel) {
    give_pin("101", 1, "1001");
    compare({});
    open_action(action("101", 2));
    BOOST_TEST(text("SELECT state FROM actions WHERE method = 'repair'") == "superseded");
    BOOST_TEST(differences() == words{"pin_missing open 1001"});
    BOOST_TEST(number("SELECT COUNT(*) FROM repairs") == 0);
    settle(done(lease_one(), "1002"));
    clock.advance(1s);
    compare({found("1002", last_action())});
    BOOST_TEST(differences().empty());
}

BOOST_FIXTURE_TEST_CASE(a_missing_pin_that_its_pms_takes_back_need_not_come_again, hotel) {
    give_pin("101", 1, "1001");
    compare_only({});
    BOOST_TEST(differences() == words{"pin_missing open 1001"});
    BOOST_TEST((open_action(disabling("101")).what == kind::nothing_to_do));
    compare({});
    BOOST_TEST(differences().empty());
    BOOST_TEST(lease_commands("dd").empty());
}

BOOST_FIXTURE_TEST_CASE(an_answer_older_than_what_is_known_is_not_compared, hotel) {
    const auto asked_at = clock.now();
    clock.advance(1s);
    give_pin("101", 1, "1001");
    auto report = report_of({});
    report.asked_at = asked_at;
    BOOST_TEST(!apply(report).compared);
    open_action(action("101", 2));
    clock.advance(1min);
    BOOST_TEST(!compare({}).compared);
    BOOST_TEST(differences().empty());
}

BOOST_FIXTURE_TEST_CASE(a_lock_off_line_is_left_alone_until_it_is_back, hotel) {
    give_pin("101", 1, "1001");
    push(event_push(event(event_kind::lock_offline, "lock-a"), 1));
    BOOST_TEST(!compare({}).repair);
    BOOST_TEST(differences() == words{"pin_missing open 1001"});
    clock.advance(1s);
    push(event_push(event(event_kind::lock_online, "lock-a"), 2));
    clock.advance(10s);
    BOOST_TEST(lease_inventories() == words{"lock-a"});
    BOOST_TEST(compare({}).repair.has_value());
}

BOOST_FIXTURE_TEST_CASE(without_repair_differences_are_only_noted, hotel) {
    give_pin("101", 1, "1001");
    BOOST_TEST(!compare_only({}).repair);
    BOOST_TEST(differences() == words{"pin_missing open 1001"});
}

BOOST_FIXTURE_TEST_CASE(validity_is_mended_by_writing_the_pin_again, hotel) {
    auto request = action("101", 1);
    request.valid_until = clock.now() + 48h;
    open_action(request);
    settle(done(lease_one(), "1001"));
    clock.advance(1s);
    auto reported = found("1001", last_action());
    reported.valid_until = clock.now() + 2h;
    compare({reported});
    BOOST_TEST(differences() == words{"validity_differs repairing 1001"});
    const auto repair = lease_one();
    BOOST_TEST((repair.command.verb == replace_pin));
    BOOST_TEST(repair.command.credential_ref == "1001");
    BOOST_TEST((repair.command.valid_until == request.valid_until));
}

BOOST_FIXTURE_TEST_CASE(a_difference_accepted_is_what_the_hub_wants_from_then_on, hotel) {
    auto request = action("101", 1);
    request.valid_until = clock.now() + 48h;
    open_action(request);
    settle(done(lease_one(), "1001"));
    clock.advance(1s);
    auto reported = found("1001", last_action());
    reported.valid_until = clock.now() + 2h;
    compare_only({reported});
    BOOST_TEST(change(difference_id(), storage::drift_verb::accept).has_value());
    compare({reported});
    BOOST_TEST(differences().empty());

    compare_only({});
    BOOST_TEST(differences() == words{"pin_missing open 1001"});
    BOOST_TEST(change(difference_id(), storage::drift_verb::accept).has_value());
    compare({});
    BOOST_TEST(differences().empty());
}

BOOST_FIXTURE_TEST_CASE(only_what_is_open_can_be_changed, hotel) {
    give_pin("101", 1, "1001");
    BOOST_TEST((change(77, storage::drift_verb::resume).error().code == errc::not_found));
    compare({});
    for (const auto verb : {storage::drift_verb::resume, storage::drift_verb::accept})
        BOOST_TEST((change(difference_id(), verb).error().code == errc::conflict));
    settle(done(lease_one(), "1002"));
    BOOST_TEST((change(difference_id(), storage::drift_verb::resume).error().code == errc::conflict));
    compare({found("1002", last_action())});
    BOOST_TEST((change(1, storage::drift_verb::accept).error().code == errc::conflict));
}

BOOST_FIXTURE_TEST_CASE(a_lock_is_leased_once_and_again_when_its_lease_is_over, hotel) {
    give_pin("101", 1, "1001");
    give_pin("102", 2, "1001");
    BOOST_TEST(lease_inventories().empty());
    clock.advance(5min);
    BOOST_TEST(lease_inventories(1) == words{"lock-a"});
    BOOST_TEST(lease_inventories(1) == words{"lock-b"});
    BOOST_TEST(lease_inventories(1).empty());
    clock.advance(2min);
    BOOST_TEST(lease_inventories() == words({"lock-a", "lock-b"}));
}

BOOST_FIXTURE_TEST_CASE(a_lock_with_nothing_on_it_is_asked_no_more, hotel) {
    give_pin("101", 1, "1001");
    open_action(disabling("101"));
    settle(done(lease_one()));
    clock.advance(1h);
    BOOST_TEST(lease_inventories().empty());
    BOOST_TEST(number("SELECT COUNT(*) FROM inventories") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_cloud_that_does_not_tell_is_asked_later_and_later, hotel) {
    give_pin("101", 1, "1001");
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 4; ++i) {
        call<storage::nothing>([&](auto d) {
            store().fail_inventory(
                {.account = account_id("dd"), .lock_uuid = "lock-a", .again_after = 3min, .message = "timeout"},
                std::move(d));
        });
        waits.push_back((number("SELECT due_at_ms FROM inventories") - to_unix_ms(clock.now())) / 1000);
    }
    BOOST_TEST(waits == std::vector<std::int64_t>({30, 60, 120, 180}));
    BOOST_TEST(text("SELECT message FROM inventories") == "timeout");
}

BOOST_FIXTURE_TEST_CASE(a_hotel_or_a_room_can_be_wished_for_whatever_is_due, hotel) {
    BOOST_TEST(wish("") == words({"lock-a", "lock-b"}));
    BOOST_TEST(wish("102") == words{"lock-b"});
    BOOST_TEST(wish("109") == words{"not_found"});
    BOOST_TEST(wish("102", {account_id("other")}).empty());
}

BOOST_FIXTURE_TEST_CASE(a_reference_given_again_leaves_the_missed_pin_in_the_books, hotel) {
    give_pin("101", 1, "1001");
    compare_only({});
    auto added = event(event_kind::password_added_locally, "lock-a");
    added.source_id = "1001";
    push(event_push(added, 1));
    clock.advance(10s);
    compare({found("1001", "Mr Li")});
    BOOST_TEST(number("SELECT COUNT(*) FROM differences WHERE kind = 'pin_missing' AND state = 'repairing'") == 1);
    BOOST_TEST(std::string(lease_one().command.pin.reveal()) == "482915");
}

BOOST_FIXTURE_TEST_CASE(too_many_pins_are_refused, hotel) {
    give_pin("101", 1, "1001");
    auto report = report_of(std::vector<reported_credential>(limits::inventory_credentials + 1, found("1", "x")));
    BOOST_TEST((try_apply(report).error().code == errc::too_large));
}

BOOST_FIXTURE_TEST_CASE(settled_differences_are_expunged_with_their_repairs, hotel) {
    give_pin("101", 1, "1001");
    compare({});
    settle(done(lease_one(), "1002"));
    compare({found("1002", last_action())});
    BOOST_TEST(number("SELECT COUNT(*) FROM differences") == 1);
    clock.advance(24h);
    expunge(clock.now() - 1h);
    BOOST_TEST(number("SELECT COUNT(*) FROM differences") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM repairs") == 0);
    BOOST_TEST((reveal("101").what == storage::pin_known::kind::known));
}

BOOST_FIXTURE_TEST_CASE(operators_read_differences_with_room_and_repair, hotel) {
    give_pin("101", 1, "1001");
    const auto applied = compare({found("2", "Mr Li")});
    const auto rows = reader()->list_differences({}, 10);
    BOOST_REQUIRE_EQUAL(rows->size(), 2U);
    const auto& missing = rows->front();
    BOOST_TEST((missing.kind == drift_kind::pin_missing));
    BOOST_TEST(missing.room_no == "No101");
    BOOST_TEST(missing.repair == applied.repair.value().value);
    BOOST_TEST(missing.tries == 1U);
    BOOST_TEST(rows->back().name == "Mr Li");
    BOOST_TEST(rows->back().room == "101");
    BOOST_TEST(reader()->list_differences({.hotel = "H2"}, 10)->empty());
    BOOST_TEST(reader()->list_differences({.state = storage::drift_state::repairing}, 10)->size() == 1U);
    const auto counts = reader()->count_differences();
    BOOST_REQUIRE_EQUAL(counts->size(), 2U);
    BOOST_TEST((counts->front().kind == drift_kind::pin_foreign));
    BOOST_TEST(counts->front().rows == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
