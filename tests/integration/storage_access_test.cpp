#include <boost/test/unit_test.hpp>

#include "tests/support/access_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_access_test)

namespace {

using namespace std::chrono_literals;
using enum command_verb;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_face_goes_to_the_lock_with_everything_its_call_needs, access_hotel) {
    auto request = giving(upload_face, "G1");
    request.valid_from = clock.now() + 1h;
    request.valid_until = clock.now() + 24h;
    const auto opened = open_action(request);
    const auto sent = carry_out().command;
    BOOST_TEST((sent.verb == upload_face));
    BOOST_TEST(sent.lock_uuid == "rm-101");
    BOOST_TEST(sent.credential_ref == "1");
    BOOST_TEST(sent.biometric.reveal() == "picture of G1");
    BOOST_TEST((sent.valid_from == request.valid_from));
    BOOST_TEST((sent.valid_until == request.valid_until));
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    BOOST_TEST(last_payload() == "actionId=" + opened.action.value + "&code=0");
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_validity_without_a_beginning_begins_when_it_was_asked_for, access_hotel) {
    const auto asked_at = clock.now();
    open_action(giving(upload_face, "G1"));
    clock.advance(90s);
    BOOST_TEST((lease_one("gw").command.valid_from == std::chrono::floor<std::chrono::seconds>(asked_at)));
}

BOOST_FIXTURE_TEST_CASE(a_holder_keeps_his_number_and_others_get_the_smallest_free_one, access_hotel) {
    BOOST_TEST(number_given(upload_face, "G1") == "1");
    BOOST_TEST(number_given(upload_face, "G2") == "2");
    BOOST_TEST(number_given(upload_face, "G1") == "1");
    take(stop_face, "G1");
    BOOST_TEST(number_given(upload_face, "G3") == "1");
    BOOST_TEST(number_given(upload_face, "G1", "102") == "1");
}

BOOST_FIXTURE_TEST_CASE(pins_faces_and_fingerprints_are_counted_each_for_itself, access_hotel) {
    open_action(action("101", 200));
    BOOST_TEST(carry_out().command.credential_ref == "1");
    BOOST_TEST(number_given(upload_face, "G1") == "1");
    BOOST_TEST(number_given(upload_fingerprint, "G1") == "1");
    open_action(giving(upload_face, "G2"));
    leave_in_doubt();
    auto manager = action("101", 201);
    manager.manage = true;
    open_action(manager);
    BOOST_TEST(carry_out().command.credential_ref == "2");
    BOOST_TEST(rights() == (words{"face G1 1", "face G2 2", "fingerprint G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_face_that_is_over_loses_its_number_only_when_no_other_is_free, access_hotel) {
    for (const auto* guest : {"G1", "G2"}) {
        auto request = giving(upload_face, guest);
        request.valid_until = clock.now() + 1h;
        open_action(request);
        carry_out();
        clock.advance(10min);
    }
    clock.advance(2h);
    BOOST_TEST(number_given(upload_face, "G3") == "3");
    BOOST_TEST(number_given(upload_face, "G4") == "1");
    BOOST_TEST(rights() == (words{"face G2 2", "face G3 3", "face G4 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(without_a_free_number_nothing_is_sent_and_the_pms_gets_the_reason, access_hotel) {
    for (const auto* guest : {"G1", "G2", "G3"}) {
        number_given(upload_face, guest);
        number_given(upload_fingerprint, guest);
    }
    const auto face = open_action(giving(upload_face, "G4"));
    BOOST_TEST(lease_commands("gw").empty());
    BOOST_TEST(state_of(face) == "failed -1 门锁人脸序号已用完");
    const auto finger = open_action(giving(upload_fingerprint, "G4"));
    BOOST_TEST(lease_commands("gw").empty());
    BOOST_TEST(state_of(finger) == "failed -1 门锁指纹序号已用完");
}

BOOST_FIXTURE_TEST_CASE(a_number_once_sent_stays_the_actions, access_hotel) {
    number_given(upload_face, "G1");
    open_action(giving(upload_face, "G2"));
    auto again = done(lease_one("gw"));
    again.next = command_state::pending;
    again.due_at = clock.now();
    settle(again);
    text("UPDATE access_rights SET state = 'removed'");
    BOOST_TEST(lease_one("gw").command.credential_ref == "2");
}

BOOST_FIXTURE_TEST_CASE(a_face_is_stopped_by_its_number, access_hotel) {
    number_given(upload_face, "G1");
    number_given(upload_face, "G2");
    const auto opened = open_action(taking(stop_face, "G2"));
    const auto sent = carry_out().command;
    BOOST_TEST((sent.verb == stop_face));
    BOOST_TEST(sent.credential_ref == "2");
    BOOST_TEST(sent.biometric.empty());
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    BOOST_TEST(rights() == (words{"face G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(everybodys_are_stopped_one_call_after_the_other, access_hotel) {
    for (const auto* guest : {"G1", "G2", "G3"}) number_given(upload_fingerprint, guest);
    number_given(upload_face, "G1");
    number_given(upload_fingerprint, "G1", "102");
    const auto opened = open_action(taking(stop_fingerprint, ""));
    for (const auto* number : {"1", "2", "3"}) {
        const auto leased = lease_one("gw");
        BOOST_TEST(leased.command.credential_ref == number);
        BOOST_TEST(leased.command.lock_uuid == "rm-101");
        BOOST_TEST(settle(done(leased))->finished == (std::string(number) == "3"));
    }
    BOOST_TEST(state_of(opened) == "succeeded 0 ");
    BOOST_TEST(rights() == (words{"face G1 1", "fingerprint G1 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_refused_step_ends_the_action_and_the_next_request_goes_on_from_there, access_hotel) {
    number_given(upload_face, "G1");
    number_given(upload_face, "G2");
    const auto first = open_action(taking(stop_face, ""));
    carry_out();
    settle(rejected(lease_one("gw"), "门锁离线"));
    BOOST_TEST(state_of(first) == "failed -1 门锁离线");
    const auto second = open_action(taking(stop_face, ""));
    BOOST_TEST(carry_out().command.credential_ref == "2");
    BOOST_TEST(state_of(second) == "succeeded 0 ");
}

BOOST_FIXTURE_TEST_CASE(what_is_over_is_stopped_last_and_cannot_spoil_the_answer, access_hotel) {
    auto short_stay = giving(upload_face, "G1");
    short_stay.valid_until = clock.now() + 1h;
    open_action(short_stay);
    carry_out();
    clock.advance(2h);
    number_given(upload_face, "G2");
    const auto opened = open_action(taking(stop_face, ""));
    BOOST_TEST(carry_out().command.credential_ref == "2");
    settle(rejected(lease_one("gw"), "门锁离线"));
    BOOST_TEST(state_of(opened) == "succeeded 0 门锁离线");
}

BOOST_FIXTURE_TEST_CASE(what_the_hub_never_gave_is_nothing_to_do, access_hotel) {
    number_given(upload_face, "G1");
    for (const auto& request : {taking(stop_face, "G2"), taking(stop_fingerprint, "G1"), taking(stop_fingerprint, ""),
                                taking(stop_face, "G1", "102")}) {
        const auto opened = open_action(request);
        BOOST_TEST((opened.what == kind::nothing_to_do));
        BOOST_TEST(state_of(opened).starts_with("succeeded 0"));
    }
    BOOST_TEST(number("SELECT COUNT(*) FROM commands") == 1);
}

BOOST_FIXTURE_TEST_CASE(what_is_on_its_way_is_stopped_when_it_is_there_and_needs_no_call_when_it_never_came,
                        access_hotel) {
    for (const bool comes : {true, false}) {
        open_action(giving(upload_face, "G1"));
        const auto uploading = lease_one("gw");
        const auto stopping = open_action(taking(stop_face, "G1"));
        BOOST_TEST((stopping.what == kind::opened));
        settle(comes ? done(uploading) : rejected(uploading, "图片无效"));
        if (comes) BOOST_TEST(carry_out().command.credential_ref == "1");
        if (!comes) BOOST_TEST(lease_commands("gw").empty());
        BOOST_TEST(state_of(stopping) == "succeeded 0 ");
    }
}

BOOST_FIXTURE_TEST_CASE(unsent_actions_of_one_holder_give_way_to_the_newer_one, access_hotel) {
    const auto upload = open_action(giving(upload_face, "G1"));
    const auto other_guest = open_action(giving(upload_face, "G2"));
    const auto other_kind = open_action(giving(upload_fingerprint, "G1"));
    const auto other_room = open_action(giving(upload_face, "G1", "102"));
    const auto newer = open_action(giving(upload_face, "G1"));
    BOOST_TEST(state_of(upload) == "superseded -1 已被后续操作取代");
    const auto stop = open_action(taking(stop_face, "G1"));
    BOOST_TEST((stop.what == kind::nothing_to_do));
    BOOST_TEST(state_of(newer).starts_with("superseded"));
    for (const auto& kept : {other_guest, other_kind, other_room}) BOOST_TEST(state_of(kept) == "open  ");
}

BOOST_FIXTURE_TEST_CASE(stopping_everybodys_takes_the_place_of_every_unsent_one_and_gives_way_to_none, access_hotel) {
    number_given(upload_face, "G3");
    const auto first = open_action(giving(upload_face, "G1"));
    const auto second = open_action(taking(stop_face, "G3"));
    const auto everybody = open_action(taking(stop_face, ""));
    BOOST_TEST(state_of(first).starts_with("superseded"));
    BOOST_TEST(state_of(second).starts_with("superseded"));
    const auto late = open_action(giving(upload_face, "G2"));
    BOOST_TEST(state_of(everybody) == "open  ");
    BOOST_TEST((carry_out().command.verb == stop_face));
    BOOST_TEST((carry_out().command.verb == upload_face));
    BOOST_TEST(state_of(late) == "succeeded 0 ");
    BOOST_TEST(rights() == (words{"face G2 1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(the_same_request_again_finds_its_open_action, access_hotel) {
    const auto request = giving(upload_face, "G1");
    const auto first = open_action(request);
    const auto again = open_action(request);
    BOOST_TEST((again.what == kind::already_open));
    BOOST_TEST(again.action.value == first.action.value);
    BOOST_TEST(number("SELECT COUNT(*) FROM biometrics") == 1);
    carry_out();
    BOOST_TEST((open_action(request).what == kind::opened));
}

BOOST_FIXTURE_TEST_CASE(access_is_granted_and_revoked_by_the_mobile_number, access_hotel) {
    auto request = giving(grant_access, "13911112222", "103");
    request.holder_name = "张三";
    request.biometric = {};
    open_action(request);
    const auto granted = carry_out("yy").command;
    BOOST_TEST(granted.holder == "13911112222");
    BOOST_TEST(granted.holder_name == "张三");
    BOOST_TEST(granted.credential_ref.empty());
    BOOST_TEST(granted.cloud_home_id == "B01");
    BOOST_TEST(rights() == (words{"access 13911112222 "}), boost::test_tools::per_element());
    const auto revoking = open_action(taking(revoke_access, "13911112222", "103"));
    BOOST_TEST(carry_out("yy").command.holder == "13911112222");
    BOOST_TEST(state_of(revoking) == "succeeded 0 ");
    BOOST_TEST((open_action(taking(revoke_access, "13911112222", "103")).what == kind::nothing_to_do));
    BOOST_TEST((open_action(giving(grant_access, "1", "101")).what == kind::not_served));
    BOOST_TEST((open_action(giving(upload_face, "G1", "103")).what == kind::not_served));
}

BOOST_FIXTURE_TEST_CASE(the_lock_of_the_rooms_passwords_is_told_before_that_of_its_cards, access_hotel) {
    bind("101", storage::lock_service::card, "gw", "rm-cards");
    for (const auto verb : {open_door, upload_face, upload_fingerprint}) {
        open_action(giving(verb, "G1"));
        BOOST_TEST(carry_out().command.lock_uuid == "rm-101");
    }
    bind("101", storage::lock_service::password, "", "");
    open_action(giving(open_door, ""));
    BOOST_TEST(carry_out().command.lock_uuid == "rm-cards");
    bind("101", storage::lock_service::card, "", "");
    BOOST_TEST((open_action(giving(open_door, "")).what == kind::no_lock));
    BOOST_TEST((open_action(giving(open_door, "", "")).what == kind::unknown_room));
}

BOOST_FIXTURE_TEST_CASE(a_lock_that_changes_takes_unsent_actions_with_it_and_their_pictures, access_hotel) {
    const auto upload = open_action(giving(upload_face, "G1"));
    bind("101", storage::lock_service::password, "gw", "rm-new");
    BOOST_TEST(state_of(upload).starts_with("failed -1"));
    BOOST_TEST(number("SELECT COUNT(*) FROM biometrics") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_lock_off_line_gets_no_faces_and_opens_not_but_phones_are_the_clouds_business, access_hotel) {
    push(event_push(event(event_kind::lock_offline, "rm-101"), 1, "gw"));
    push(event_push(event(event_kind::lock_offline, "x0001"), 2, "yy"));
    for (const auto& request : {giving(upload_face, "G1"), giving(open_door, "")})
        BOOST_TEST((open_action(request).what == kind::lock_offline));
    BOOST_TEST((open_action(giving(grant_access, "13911112222", "103")).what == kind::opened));
    auto anyway = giving(upload_face, "G1");
    anyway.only_if_online = false;
    BOOST_TEST((open_action(anyway).what == kind::opened));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
