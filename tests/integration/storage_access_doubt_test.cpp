// Faces and access nobody can tell about, and the pictures that are kept meanwhile.
#include <boost/test/unit_test.hpp>

#include "tests/support/access_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_access_doubt_test)

namespace {

using namespace std::chrono_literals;
using enum command_verb;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_may_be_on_the_lock_counts_until_an_operator_says_it_is_not, access_hotel) {
    const auto doubtful = open_action(giving(upload_face, "G1"));
    leave_in_doubt();
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
    BOOST_TEST(number_given(upload_face, "G2") == "2");
    decide(doubtful, false);
    BOOST_TEST(rights() == (words{"face G2 2"}), boost::test_tools::per_element());
    BOOST_TEST(number_given(upload_face, "G3") == "1");
}

BOOST_FIXTURE_TEST_CASE(what_may_be_on_the_lock_can_be_stopped_and_sent_again_under_its_number, access_hotel) {
    const auto first = open_action(giving(upload_face, "G1"));
    leave_in_doubt();
    BOOST_TEST(number_given(upload_face, "G1") == "1");
    decide(first, false);
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
    open_action(giving(upload_face, "G2"));
    leave_in_doubt();
    open_action(taking(stop_face, "G2"));
    BOOST_TEST(carry_out().command.credential_ref == "2");
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_face_that_may_be_valid_longer_counts_as_such, access_hotel) {
    auto request = giving(upload_face, "G1");
    request.valid_until = clock.now() + 1h;
    open_action(request);
    carry_out();
    auto longer = giving(upload_face, "G1");
    longer.valid_until = clock.now() + 5h;
    const auto doubtful = open_action(longer);
    leave_in_doubt();
    clock.advance(2h);
    push(event_push(event(event_kind::lock_offline, "rm-101"), 1, "gw"));
    BOOST_TEST((open_action(taking(stop_face, "G1")).what == kind::lock_offline));
    decide(doubtful, false);
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_is_there_for_certain_is_stopped_before_what_may_be_there, access_hotel) {
    open_action(giving(upload_face, "G1"));
    leave_in_doubt();
    number_given(upload_face, "G2");
    const auto opened = open_action(taking(stop_face, ""));
    BOOST_TEST(carry_out().command.credential_ref == "2");
    settle(rejected(lease_one("gw"), "序号不存在"));
    BOOST_TEST(state_of(opened) == "failed -1 序号不存在");
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(an_operators_late_word_does_not_undo_what_was_done_since, access_hotel) {
    number_given(upload_face, "G1");
    clock.advance(1s);
    const auto doubtful = open_action(taking(stop_face, "G1"));
    leave_in_doubt();
    clock.advance(1s);
    BOOST_TEST(number_given(upload_face, "G1") == "1");
    decide(doubtful, true);
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
    BOOST_TEST(state_of(doubtful).starts_with("failed -1 仍有未停用的授权"));
}

BOOST_FIXTURE_TEST_CASE(an_upload_an_operator_confirms_is_on_the_lock, access_hotel) {
    const auto doubtful = open_action(giving(upload_face, "G1"));
    leave_in_doubt();
    decide(doubtful, true);
    BOOST_TEST(state_of(doubtful).starts_with("succeeded 0"));
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_picture_is_sealed_and_erased_when_its_action_ends_however_it_ends, access_hotel) {
    const auto pictures = [&] { return number("SELECT COUNT(*) FROM biometrics"); };
    open_action(giving(upload_face, "G1"));
    BOOST_TEST(number("SELECT instr(sealed, CAST('picture of G1' AS BLOB)) FROM biometrics") == 0);
    carry_out();
    BOOST_TEST(pictures() == 0);
    open_action(giving(upload_face, "G1"));
    settle(rejected(lease_one("gw"), "no"));
    BOOST_TEST(pictures() == 0);
    open_action(giving(upload_face, "G1"));
    open_action(taking(stop_face, "G1"));
    BOOST_TEST(pictures() == 0);
    carry_out();
    const auto doubtful = open_action(giving(upload_face, "G1"));
    leave_in_doubt();
    BOOST_TEST(pictures() == 1);
    decide(doubtful, true);
    BOOST_TEST(pictures() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_picture_survives_a_crash_and_goes_with_the_question_about_its_upload, access_hotel) {
    open_action(giving(upload_face, "G1"));
    lease_one("gw");
    reopen();
    set_up_accounts();
    recover("hub-2");
    const auto asking = lease_one("gw");
    BOOST_TEST((asking.state == command_state::probing));
    BOOST_TEST(asking.command.biometric.reveal() == "picture of G1");
    BOOST_TEST(asking.command.credential_ref == "1");
    settle(done(asking));
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(the_reader_names_the_holder_and_no_picture, access_hotel) {
    auto request = giving(grant_access, "13911112222", "103");
    request.holder_name = "张三";
    const auto opened = open_action(request);
    const auto row = reader()->find_action(opened.action);
    BOOST_REQUIRE(row);
    BOOST_TEST(row->holder == "13911112222");
    BOOST_TEST(row->holder_name == "张三");
}

BOOST_FIXTURE_TEST_CASE(an_action_stays_as_long_as_what_it_gave, access_hotel) {
    const auto given = open_action(giving(upload_face, "G1"));
    carry_out();
    auto ended = giving(grant_access, "13911112222", "103");
    ended.valid_until = clock.now() + 1h;
    const auto granted = open_action(ended);
    carry_out("yy");
    text("DELETE FROM outbox");
    clock.advance(48h);
    expunge(clock.now());
    BOOST_TEST(texts("SELECT action_id FROM actions") == (words{given.action.value}), boost::test_tools::per_element());
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
    take(stop_face, "G1");
    text("DELETE FROM outbox");
    clock.advance(48h);
    expunge(clock.now());
    BOOST_TEST(number("SELECT COUNT(*) FROM access_rights") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
