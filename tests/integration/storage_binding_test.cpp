#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/support/directory_changes.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_binding_test)

using storage::directory_changed;

BOOST_FIXTURE_TEST_CASE(a_room_can_have_its_passwords_from_one_lock_and_its_cards_from_another, store_rig) {
    import_rows(*this, {room_row("101", "lock-a")});
    auto card = binding("101", "rm-101", storage::lock_service::card);
    card.account = account_id("gw");
    const auto bound = bind_lock(*this, card).value();
    BOOST_TEST(bound.locks_bound == 1U);
    BOOST_TEST(bound.locks_unbound == 0U);
    BOOST_TEST(bound.rooms_changed == 1U);
    require_lines(bound, {"lock_bound demopms/H1/101:  -> gw/rm-101"});
    const auto locks = reader()->locks_of_rooms(pms_id("demopms"), hotel_no("H1"), {room_id("101")}).value();
    BOOST_TEST(locks[0].password->lock_uuid == "lock-a");
    BOOST_TEST(locks[0].card->lock_uuid == "rm-101");
    const auto listed = reader()->list_directory("", "", 10).value();
    BOOST_TEST(listed.at(0).row.lock_uuid == "lock-a");
    BOOST_TEST(listed.at(0).card_account == "gw");
    BOOST_TEST(listed.at(0).card_lock_uuid == "rm-101");
    // An import speaks of passwords alone.
    import_rows(*this, {room_row("101", "")});
    const auto left = reader()->locks_of_rooms(pms_id("demopms"), hotel_no("H1"), {room_id("101")}).value();
    BOOST_TEST(!left[0].password.has_value());
    BOOST_TEST(left[0].card->lock_uuid == "rm-101");
}

BOOST_FIXTURE_TEST_CASE(a_binding_is_audited_and_a_trial_of_one_is_not, store_rig) {
    import_rows(*this, {room_row("101", "")});
    auto trial = binding("101", "lock-a");
    trial.dry_run = true;
    BOOST_TEST(bind_lock(*this, trial)->locks_bound == 1U);
    BOOST_TEST(number("SELECT COUNT(*) FROM locks") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM audit WHERE verb LIKE '%bind_lock'") == 0);
    bind_lock(*this, binding("101", "lock-a")).value();
    BOOST_TEST(bind_lock(*this, binding("101", "lock-a"))->rooms_unchanged == 1U);
    bind_lock(*this, binding("101", "")).value();
    BOOST_TEST(text("SELECT group_concat(actor || ' ' || verb || ' ' || changed) FROM "
                    "(SELECT actor, verb, changed FROM audit WHERE verb LIKE '%bind_lock' ORDER BY audit_id)") ==
               "wang bind_lock 1,wang bind_lock 0,wang unbind_lock 1");
    BOOST_TEST(text("SELECT subject FROM audit WHERE verb = 'bind_lock'") ==
               "room 101 of hotel H1 (demopms), password: dd/lock-a");
    BOOST_TEST(number("SELECT COUNT(*) FROM room_locks") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_binding_takes_the_lock_from_its_old_room_and_pushes_find_the_new_one, store_rig) {
    allow({policy()});
    import_rows(*this, {room_row("101", "lock-a"), room_row("102", "lock-b")});
    push(event_push(event(event_kind::lock_offline, "lock-a"), 1));
    const auto moved = bind_lock(*this, binding("102", "lock-a")).value();
    BOOST_TEST(moved.locks_bound == 1U);
    BOOST_TEST(moved.locks_unbound == 2U);
    require_lines(moved,
                  {"lock_unbound demopms/H1/101: dd/lock-a -> ", "lock_bound demopms/H1/102: dd/lock-b -> dd/lock-a"});
    push(event_push(event(event_kind::lock_offline, "lock-a"), 2));
    BOOST_TEST(text("SELECT group_concat(room_id) FROM (SELECT room_id FROM outbox ORDER BY delivery_id)") ==
               "101,102");
    // What the cloud calls the lock's home was known, and the binding said nothing of it.
    BOOST_TEST(text("SELECT cloud_home_id || ' ' || cloud_room_id FROM locks WHERE lock_uuid = 'lock-a'") ==
               "home-H1 cloud-101");
}

BOOST_FIXTURE_TEST_CASE(a_card_reader_is_no_lock_that_waits_for_a_room, store_rig) {
    texts(
        "INSERT INTO locks (account, lock_uuid, cloud_home_id, cloud_room_id, origin) "
        "VALUES ('gw', 'reader:front', '', '', 'directory'), ('gw', 'rm-101', '', '', 'push')");
    const auto unbound = reader()->unbound_locks(10).value();
    BOOST_REQUIRE(unbound.size() == 1U);
    BOOST_TEST(unbound[0].second == "rm-101");
}

BOOST_FIXTURE_TEST_CASE(bindings_that_make_no_sense_are_refused, store_rig) {
    import_rows(*this, {room_row("101", "")});
    BOOST_TEST((bind_lock(*this, binding("999", "lock-a")).error().code == errc::not_found));
    BOOST_TEST((bind_lock(*this, binding("101", "reader:front")).error().code == errc::invalid_input));
    BOOST_TEST(
        (bind_lock(*this, binding("101", std::string(limits::id_bytes + 1, 'x'))).error().code == errc::invalid_input));
    auto nameless = binding("101", "lock-a");
    nameless.account = account_id("");
    BOOST_TEST((bind_lock(*this, nameless).error().code == errc::invalid_input));
    BOOST_TEST(number("SELECT COUNT(*) FROM locks") == 0);
}

namespace {

// Room 101 on lock-a, room 102 on lock-b, and the PIN of 101 asked for.
struct pin_asked_for : store_rig {
    pin_asked_for() {
        import_rows(*this, {room_row("101", "lock-a"), room_row("102", "lock-b")});
        allow({policy()});
        opened = open_action(action("101"));
    }
    std::string end_of_action() const { return text("SELECT state || ' ' || COALESCE(final_code, '') FROM actions"); }

    storage::action_opened opened;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_pin_that_was_never_sent_does_not_follow_its_lock_to_another_room, pin_asked_for) {
    bind_lock(*this, binding("102", "lock-a")).value();
    BOOST_TEST(lease_commands("dd").empty());
    BOOST_TEST(end_of_action() == "failed -1");
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox WHERE kind = 'password_result'") == 1);
    // The PMS asks again, and reaches the lock the room has now.
    bind_lock(*this, binding("101", "lock-b")).value();
    open_action(action("101", 2));
    const auto sent = lease_commands("dd");
    BOOST_REQUIRE(sent.size() == 1U);
    BOOST_TEST(sent[0].command.lock_uuid == "lock-b");
}

BOOST_FIXTURE_TEST_CASE(a_lock_stays_where_it_is_while_a_pin_is_on_its_way_to_it, pin_asked_for) {
    const auto sent = lease_commands("dd");
    BOOST_REQUIRE(sent.size() == 1U);
    for (auto refused : {binding("101", "lock-c"), binding("101", ""), binding("102", "lock-a")})
        for (const bool trial : {true, false}) {
            refused.dry_run = trial;
            const auto outcome = bind_lock(*this, refused);
            BOOST_REQUIRE(!outcome.has_value());
            BOOST_TEST((outcome.error().code == errc::conflict));
            BOOST_TEST(outcome.error().message.find(opened.action.value) != std::string::npos);
            BOOST_TEST(outcome.error().message.find("482915") == std::string::npos);
        }
    const auto import = call<directory_changed>([&](auto done) {
        store().change_directory(
            {.rows = {room_row("103", "lock-d"), room_row("101", "")}, .dry_run = false, .actor = "w"},
            std::move(done));
    });
    BOOST_TEST((import.error().code == errc::conflict));
    BOOST_TEST(number("SELECT COUNT(*) FROM room_locks") == 2);
    BOOST_TEST(number("SELECT COUNT(*) FROM rooms") == 2);
    // Cards of the room, and its name, have nothing to do with it.
    bind_lock(*this, binding("101", "lock-c", storage::lock_service::card)).value();
    auto renamed = room_row("101", "lock-a");
    renamed.room_no = "A101";
    BOOST_TEST(import_rows(*this, {renamed}).rooms_changed == 1U);

    storage::command_settlement done;
    done.id = sent[0].id;
    done.lease_token = sent[0].lease_token;
    done.next = command_state::done;
    done.credential_ref = "1015";
    BOOST_REQUIRE(settle(done).value().finished);
    BOOST_TEST(end_of_action() == "succeeded 0");
    BOOST_TEST(bind_lock(*this, binding("101", "lock-e")).has_value());
}

BOOST_FIXTURE_TEST_CASE(an_action_nobody_can_verify_must_be_decided_before_its_lock_changes_the_room, pin_asked_for) {
    const auto sent = lease_commands("dd");
    storage::command_settlement lost;
    lost.id = sent.at(0).id;
    lost.lease_token = sent.at(0).lease_token;
    lost.next = command_state::unverifiable;
    settle(lost).value();
    const auto refused = bind_lock(*this, binding("101", ""));
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().message.find("decide it first") != std::string::npos);
    call<storage::nothing>([&](auto done) {
        store().decide_action({.action = opened.action, .succeeded = false, .actor = "wang", .reason = "seen"},
                              std::move(done));
    }).value();
    BOOST_TEST(bind_lock(*this, binding("101", "")).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_trial_of_a_binding_leaves_what_was_never_sent_alone, pin_asked_for) {
    auto trial = binding("102", "lock-a");
    trial.dry_run = true;
    bind_lock(*this, trial).value();
    BOOST_TEST(end_of_action() == "open ");
    BOOST_TEST(reader()->count_conservation()->holds());
    BOOST_TEST(lease_commands("dd").size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
