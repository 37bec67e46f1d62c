#include <boost/test/unit_test.hpp>

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/sealing.hpp"
#include "storage/sqlite/statement.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_migration_test)

namespace {

using namespace std::chrono_literals;
using words = std::vector<std::string>;

constexpr std::string_view set_id = "20261122110000000000001";
constexpr std::string_view open_id = "20261122110000000000002";

// A database as the first schema left it: room 101 has a PIN, room 102 waits for one, and nobody gets a callback for
// what was answered at once.
constexpr std::string_view old_rows = R"(
INSERT INTO hotels VALUES (1, 'demopms', 'H1', 'Hotel');
INSERT INTO room_types VALUES (1, 1, 'STD', 'Standard');
INSERT INTO rooms VALUES (1, 1, 1, '101', 'No101', '1'), (2, 1, 1, '102', 'No102', '1');
INSERT INTO locks VALUES (1, 'dd', 'lock-a', 'home', 'room', 'directory'), (2, 'dd', 'lock-b', 'home', 'room', 'directory');
INSERT INTO room_locks VALUES (1, 'password', 1), (2, 'password', 2);
INSERT INTO lock_states VALUES (1, 1, 5, 80, 6, 7);
INSERT INTO lock_log VALUES (10, 1, 2, '1015', '', 1);
INSERT INTO actions VALUES
  ('20261122110000000000001', 'succeeded', 'demopms', 'H1', '101', 1, 'enableGuestPwd', 0, zeroblob(16), NULL, NULL,
   'op', 'desk', 1, 1000, 2000, 0, ''),
  ('20261122110000000000002', 'open', 'demopms', 'H1', '102', 2, 'enableManagePwd', 1, zeroblob(16), NULL, 99000,
   'op', 'desk', 1, 1795316400000, NULL, NULL, ''),
  ('20261122110000000000003', 'failed', 'demopms', 'H1', '102', 2, 'enableGuestPwd', 0, zeroblob(16), NULL, NULL,
   'op', 'desk', 0, 1000, 2000, -1, 'no');
INSERT INTO commands VALUES
  (7, '20261122110000000000001', 'dd', 1, 'set_pin', 'done', 0, '700', '1015', 1, 1, 0, 0, 1, NULL, NULL, 1, 2, 3, '', 0),
  (9, '20261122110000000000002', 'dd', 2, 'set_pin', 'awaiting', 0, '701', '', 1, 1, 0, 0, 1, NULL, NULL,
   1795316400000, 1795316400000, NULL, '', 0);
INSERT INTO credentials VALUES (1, '1015', 'guest', 'active', 1, '20261122110000000000001', NULL, 2000);
)";

struct old_database : store_rig {
    old_database() {
        close();
        for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path().string() + suffix);
        storage::sqlite::database db(path().string(), storage::sqlite::database::mode::read_write_create);
        db.execute(storage::sqlite::migrations()[0].sql);
        db.execute(old_rows);
        db.execute("PRAGMA user_version = 1");
        db.execute("PRAGMA application_id = " + std::to_string(storage::sqlite::application_id));
        storage::sqlite::sealing seal(secret(std::string(32, 'k')), entropy);
        storage::sqlite::statement keep(db, "UPDATE actions SET sealed_pin = ? WHERE action_id = ?");
        for (const auto id : {set_id, open_id}) {
            const auto sealed = seal.seal("482915", id);
            keep.run(storage::sqlite::blob{sealed}, id);
        }
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(rows_of_the_first_schema_are_taken_along, old_database) {
    open();
    BOOST_TEST(number("PRAGMA user_version") >= 2);
    BOOST_TEST(texts("SELECT action_id || ' ' || state || ' ' || verb || ' ' || hotel_row || ' ' || room_row || ' ' || "
                     "COALESCE(callback, 'none') FROM actions ORDER BY action_id") ==
                   (words{"20261122110000000000001 succeeded set_pin 1 1 password_result",
                          "20261122110000000000002 open set_pin 1 2 password_result",
                          "20261122110000000000003 failed set_pin 1 2 none"}),
               boost::test_tools::per_element());
    BOOST_TEST(
        texts("SELECT command_id || ' ' || verb || ' ' || state || ' ' || ref FROM commands ORDER BY command_id") ==
            (words{"7 set_pin done 700", "9 set_pin awaiting 701"}),
        boost::test_tools::per_element());
    BOOST_TEST(text("SELECT credential_ref || ' ' || kind || ' ' || action_id FROM credentials") ==
               "1015 online 20261122110000000000001");
    BOOST_TEST(texts("PRAGMA foreign_key_check").empty());
    BOOST_TEST(text("PRAGMA integrity_check") == "ok");
}

BOOST_FIXTURE_TEST_CASE(references_are_still_guarded_and_ids_still_grow, old_database) {
    open();
    allow({policy()});
    BOOST_CHECK_THROW(
        texts("PRAGMA foreign_keys = ON; DELETE FROM actions WHERE action_id = '20261122110000000000001'"),
        std::runtime_error);
    push(result_push({.service = "Password_Add_Service",
                      .ref = "701",
                      .device_uuid = "lock-b",
                      .ok = true,
                      .code = 1000,
                      .credential_ref = "1016",
                      .about_lock = true},
                     701));
    BOOST_TEST(text("SELECT payload FROM outbox") == "actionId=" + std::string(open_id) + "&code=0");
    open_action(action("101"));
    const auto leased = lease_one();
    BOOST_TEST(leased.id.value == 10);
    BOOST_TEST((leased.command.verb == command_verb::replace_pin));
    BOOST_TEST(leased.command.credential_ref == "1015");
}

BOOST_FIXTURE_TEST_CASE(a_pin_from_before_can_be_shown_and_removed, old_database) {
    open();
    storage::pin_question question;
    question.pms = pms_id("demopms");
    question.hotel = hotel_no("H1");
    question.room = room_id("101");
    const auto known = call<storage::pin_known>([&](auto d) { store().reveal_pin(question, std::move(d)); });
    BOOST_TEST(known->pin.reveal() == "482915");
    open_action(disabling("101"));
    for (const auto& leased : lease_commands("dd"))
        if (leased.command.lock_uuid == "lock-a") BOOST_TEST(leased.command.credential_ref == "1015");
    BOOST_TEST(number("SELECT COUNT(*) FROM commands WHERE verb = 'remove_pin' AND state = 'sending'") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_pin_from_before_is_wanted_and_its_lock_is_compared_at_once, old_database) {
    open();
    BOOST_TEST(text("SELECT state || ' ' || wanted || ' ' || accepted || ' ' || frozen FROM credentials") ==
               "active 1 0 0");
    BOOST_TEST(texts("SELECT lock_row || ' ' || account || ' ' || due_at_ms FROM inventories") == words{"1 dd 0"});
}

BOOST_FIXTURE_TEST_CASE(a_lock_from_before_is_polled_from_when_its_log_is_first_asked_for, old_database) {
    open();
    BOOST_TEST(texts("SELECT known_since_at_ms FROM locks") == (words{"0", "0"}));
    clock.advance(1h);
    const auto polled = call<std::vector<storage::polled_lock>>(
        [&](auto d) { store().list_polled_locks(account_id("dd"), std::move(d)); });
    BOOST_REQUIRE(polled->size() == 2U);
    BOOST_TEST((polled->front().tells_from == std::chrono::floor<std::chrono::seconds>(clock.now())));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
