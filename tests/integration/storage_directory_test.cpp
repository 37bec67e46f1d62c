#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/support/directory_changes.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_directory_test)

using storage::directory_changed;

BOOST_FIXTURE_TEST_CASE(an_import_counts_what_it_adds_and_changes, store_rig) {
    const auto first =
        import_rows(*this, {room_row("101", "lock-a"), room_row("102", ""), room_row("301", "lock-c", "p2", "H2")});
    BOOST_TEST(first.hotels_added == 2U);
    BOOST_TEST(first.room_types_added == 2U);
    BOOST_TEST(first.rooms_added == 3U);
    BOOST_TEST(first.locks_bound == 2U);
    auto renamed = room_row("101", "lock-a");
    renamed.room_no = "101A";
    const auto second = import_rows(*this, {renamed, room_row("102", "lock-b")});
    BOOST_TEST(second.rooms_added == 0U);
    BOOST_TEST(second.rooms_changed == 2U);
    BOOST_TEST(second.locks_bound == 1U);
    const auto third = import_rows(*this, {renamed, room_row("102", "lock-b")});
    BOOST_TEST(third.rooms_unchanged == 2U);
    BOOST_TEST(number("SELECT COUNT(*) FROM rooms") == 3);
    BOOST_TEST(number("SELECT COUNT(*) FROM audit WHERE verb = 'change_directory' AND actor = 'wang'") == 3);
}

BOOST_FIXTURE_TEST_CASE(a_dry_run_counts_and_writes_nothing, store_rig) {
    const auto counts = import_rows(*this, {room_row("101", "lock-a")}, true);
    BOOST_TEST(counts.rooms_added == 1U);
    for (const auto* table : {"hotels", "room_types", "rooms", "locks", "room_locks", "audit"})
        BOOST_TEST(number(std::string("SELECT COUNT(*) FROM ") + table) == 0, table);
}

BOOST_FIXTURE_TEST_CASE(an_import_that_fails_in_its_last_row_changes_nothing, store_rig) {
    std::vector<directory_row> rows;
    for (int i = 0; i < 100; ++i) rows.push_back(room_row(std::to_string(i), "lock-" + std::to_string(i)));
    // The schema stands in for any failure in mid-import.
    texts(
        "CREATE TRIGGER no_room_99 BEFORE INSERT ON rooms WHEN NEW.room_id = '99' "
        "BEGIN SELECT RAISE(ABORT, 'room 99 is not wanted'); END");
    const auto outcome = call<directory_changed>([&](auto done) {
        store().change_directory({.rows = rows, .dry_run = false, .actor = "wang"}, std::move(done));
    });
    BOOST_REQUIRE(!outcome.has_value());
    BOOST_TEST((outcome.error().code == errc::internal));
    for (const auto* table : {"hotels", "rooms", "locks", "audit"})
        BOOST_TEST(number(std::string("SELECT COUNT(*) FROM ") + table) == 0, table);
}

BOOST_FIXTURE_TEST_CASE(a_failed_import_takes_no_push_of_its_group_with_it, store_rig) {
    texts("CREATE TRIGGER no_room BEFORE INSERT ON rooms BEGIN SELECT RAISE(ABORT, 'no'); END");
    bool stored = false;
    bool imported = true;
    auto p = event_push(event(event_kind::battery_low, "lock-a"), 1);
    p.received_at = clock.now();
    store().record_push(std::move(p), [&](result<storage::push_outcome> r) { stored = r.has_value(); });
    store().change_directory({.rows = {room_row("101", "lock-a")}, .dry_run = false, .actor = "wang"},
                             [&](result<directory_changed> r) { imported = r.has_value(); });
    store().run_group();
    BOOST_TEST(stored);
    BOOST_TEST(!imported);
    BOOST_TEST(number("SELECT value FROM ledger WHERE name = 'pushes'") == 1);
    // What the writer remembers is what the file says: the lock is known by the push alone.
    BOOST_TEST(text("SELECT origin FROM locks") == "push");
}

BOOST_FIXTURE_TEST_CASE(a_lock_keeps_its_row_and_state_when_the_directory_learns_of_it, store_rig) {
    allow({policy()});
    auto low = event(event_kind::battery_low, "lock-a");
    low.battery_percent = 7;
    push(event_push(low, 1));
    const auto row = number("SELECT lock_row FROM locks");
    import_rows(*this, {room_row("101", "lock-a")});
    BOOST_TEST(number("SELECT lock_row FROM locks") == row);
    BOOST_TEST(text("SELECT origin FROM locks") == "directory");
    const auto listed = reader()->list_directory("", "", 10);
    BOOST_REQUIRE(listed->size() == 1U);
    BOOST_TEST(listed->at(0).battery_percent.value() == 7);
    BOOST_TEST((listed->at(0).row == room_row("101", "lock-a")));
    // The writer knew the lock as unbound; its next event must find the room.
    push(event_push(event(event_kind::lock_offline, "lock-a"), 2));
    BOOST_TEST(text("SELECT room_id FROM outbox") == "101");
    BOOST_TEST(reader()->unbound_locks(10)->empty());
}

BOOST_FIXTURE_TEST_CASE(a_lock_that_moves_leaves_its_old_room, store_rig) {
    import_rows(*this, {room_row("101", "lock-a"), room_row("102", "lock-b")});
    const auto moved = import_rows(*this, {room_row("102", "lock-a")});
    BOOST_TEST(moved.locks_bound == 1U);
    BOOST_TEST(moved.locks_unbound == 2U);
    BOOST_TEST(number("SELECT COUNT(*) FROM room_locks") == 1);
    BOOST_TEST(reader()->unbound_locks(10)->at(0).second == "lock-b");
    const auto emptied = import_rows(*this, {room_row("102", "")});
    BOOST_TEST(emptied.locks_unbound == 1U);
    BOOST_TEST(number("SELECT COUNT(*) FROM room_locks") == 0);
}

BOOST_FIXTURE_TEST_CASE(rooms_the_file_does_not_name_stay, store_rig) {
    import_rows(*this, {room_row("101", "lock-a"), room_row("102", "lock-b")});
    import_rows(*this, {room_row("103", "lock-c")});
    BOOST_TEST(reader()->list_directory("demopms", "H1", 10)->size() == 3U);
    BOOST_TEST(reader()->list_directory("demopms", "H9", 10)->empty());
}

BOOST_FIXTURE_TEST_CASE(an_import_names_every_difference, store_rig) {
    require_lines(import_rows(*this, {room_row("101", "lock-a"), room_row("102", "")}),
                  {"hotel_added demopms/H1/:  -> Hotel", "room_type_added demopms/H1/STD:  -> Standard",
                   "room_added demopms/H1/101:  -> No101, floor 1, STD", "lock_bound demopms/H1/101:  -> dd/lock-a",
                   "room_added demopms/H1/102:  -> No102, floor 1, STD"});
    auto changed = room_row("101", "lock-b");
    changed.hotel_name = "Grand Hotel";
    changed.room_type_name = "Standard room";
    changed.floor_no = "2";
    require_lines(import_rows(*this, {changed}),
                  {"hotel_renamed demopms/H1/: Hotel -> Grand Hotel",
                   "room_type_renamed demopms/H1/STD: Standard -> Standard room",
                   "room_changed demopms/H1/101: No101, floor 1, STD -> No101, floor 2, STD",
                   "lock_bound demopms/H1/101: dd/lock-a -> dd/lock-b", "room_missing demopms/H1/102: No102 -> "});
    changed.lock_uuid = changed.cloud_account = "";
    require_lines(
        import_rows(*this, {changed, room_row("102", "lock-b")}),
        {"lock_unbound demopms/H1/101: dd/lock-b -> ", "hotel_renamed demopms/H1/: Grand Hotel -> Hotel",
         "room_type_renamed demopms/H1/STD: Standard room -> Standard", "lock_bound demopms/H1/102:  -> dd/lock-b"});
}

BOOST_FIXTURE_TEST_CASE(rooms_are_missing_of_hotels_the_rows_name_and_stay, store_rig) {
    import_rows(*this, {room_row("101", ""), room_row("102", ""), room_row("901", "", "demopms", "H2")});
    const auto changed = synchronise(*this, {room_row("102", "")});
    BOOST_TEST(changed.rooms_missing == 1U);
    require_lines(changed, {"room_missing demopms/H1/101: No101 -> "});
    BOOST_TEST(number("SELECT COUNT(*) FROM rooms") == 3);
}

BOOST_FIXTURE_TEST_CASE(a_synchronisation_keeps_the_bindings_of_rooms_it_changes, store_rig) {
    import_rows(*this, {room_row("101", "lock-a"), room_row("102", "lock-b")});
    auto renamed = room_row("101", "");
    renamed.room_no = "A101";
    const auto changed = synchronise(*this, {renamed, room_row("102", ""), room_row("103", "")});
    BOOST_TEST(changed.rooms_changed == 1U);
    BOOST_TEST(changed.rooms_unchanged == 1U);
    BOOST_TEST(changed.rooms_added == 1U);
    BOOST_TEST(changed.locks_unbound == 0U);
    BOOST_TEST(number("SELECT COUNT(*) FROM room_locks") == 2);
    BOOST_TEST(text("SELECT room_no FROM rooms WHERE room_id = '101'") == "A101");
}

BOOST_FIXTURE_TEST_CASE(a_trial_shows_the_same_difference_as_the_change_itself, store_rig) {
    import_rows(*this, {room_row("101", "lock-a"), room_row("102", "lock-b")});
    const std::vector<directory_row> swapped{room_row("101", "lock-b"), room_row("102", "lock-a"), room_row("103", "")};
    const auto tried = import_rows(*this, swapped, true);
    const auto done = import_rows(*this, swapped);
    BOOST_TEST(lines(tried) == lines(done), boost::test_tools::per_element());
    BOOST_TEST(tried.locks_bound == 2U);
    BOOST_TEST(done.locks_bound == 2U);
}

BOOST_FIXTURE_TEST_CASE(differences_are_cut_at_the_page_and_counts_are_not, store_rig) {
    std::vector<directory_row> rows;
    for (std::size_t i = 0; i < limits::operator_page_rows + 5; ++i) rows.push_back(room_row(std::to_string(i), ""));
    const auto changed = import_rows(*this, rows);
    BOOST_TEST(changed.rooms_added == rows.size());
    BOOST_TEST(changed.differences.size() == limits::operator_page_rows);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
