#include <boost/test/unit_test.hpp>

#include "tests/support/gateway_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_card_test)

namespace {

using namespace std::chrono_literals;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

struct hotel : gateway_hotel {
    storage::leased_command make_card(std::string room, std::string card_id, std::optional<time_point> until) {
        auto request = card_action(command_verb::make_card, room, ++key);
        request.valid_until = until;
        open_action(std::move(request));
        return carry_out_with({.card_id = std::move(card_id), .lock_uuid = "rm-" + room});
    }

    time_point beginning_of_next(std::optional<time_point> until, std::string room = "101") {
        return make_card(std::move(room), "C" + std::to_string(key), until).command.valid_from.value();
    }

    void clear_card(std::string card_id, std::string lock_uuid) {
        open_action(card_action(command_verb::clear_card, "", ++key));
        carry_out_with({.card_id = std::move(card_id), .lock_uuid = std::move(lock_uuid)});
        carry_out();
    }

    void lose_cards(std::string room) {
        open_action(card_action(command_verb::lose_cards, room, ++key));
        carry_out();
    }

    std::uint8_t key = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_card_is_made_at_the_reader_for_the_rooms_lock, hotel) {
    const auto until = clock.now() + 24h;
    auto request = card_action(command_verb::make_card, "101", 1);
    request.valid_until = until;
    const auto opened = open_action(request);
    BOOST_TEST(opened.action.value.size() == 18U);
    BOOST_TEST(opened.action.value.starts_with("A261122"));
    const auto leased = carry_out_with({.card_id = "03F56240", .lock_uuid = "rm-101"});
    BOOST_TEST((leased.command.verb == command_verb::make_card));
    BOOST_TEST(leased.command.lock_uuid == "rm-101");
    BOOST_TEST((leased.command.valid_from == clock.now()));
    BOOST_TEST((leased.command.valid_until == until));
    BOOST_TEST(leased.command.pin.empty());
    BOOST_TEST(last_payload() == "actionId=" + opened.action.value + "&code=0");
    BOOST_TEST(text("SELECT kind || ' ' || room_id FROM outbox") == "make_card_result 101");
    BOOST_TEST(text("SELECT card_id || ' ' || room_no || ' ' || lock_uuid || ' ' || state FROM room_cards") ==
               "03F56240 No101 rm-101 active");
    BOOST_TEST(text("SELECT lock_uuid FROM locks AS l JOIN commands AS c ON c.lock_row = l.lock_row") == "reader:r1");
}

BOOST_FIXTURE_TEST_CASE(cards_of_one_stay_carry_the_same_beginning, hotel) {
    const auto until = clock.now() + 24h;
    const auto first = beginning_of_next(until);
    clock.advance(3h);
    BOOST_TEST((beginning_of_next(until) == first));
    BOOST_TEST((beginning_of_next(until, "102") == clock.now()));
}

BOOST_FIXTURE_TEST_CASE(another_end_is_another_stay_and_a_stay_that_is_over_is_not_gone_on_with, hotel) {
    const auto until = clock.now() + 24h;
    const auto first = beginning_of_next(until);
    clock.advance(1h);
    const auto second = beginning_of_next(until + 24h);
    BOOST_TEST((second == first + 1h));
    clock.set(until + 24h);
    BOOST_TEST((beginning_of_next(until + 24h) == until + 24h));
    const auto endless = beginning_of_next(std::nullopt);
    clock.advance(1000h);
    BOOST_TEST((beginning_of_next(std::nullopt) == endless));
}

BOOST_FIXTURE_TEST_CASE(a_beginning_never_goes_back_even_when_the_clock_does, hotel) {
    const auto first = beginning_of_next(clock.now() + 24h);
    clock.advance(-5h);
    const auto second = beginning_of_next(clock.now() + 48h);
    BOOST_TEST((second == first + 1s));
    lose_cards("101");
    reopen();
    serve({{account_id("gw"), gateway_traits()}});
    BOOST_TEST((beginning_of_next(clock.now() + 48h) == second + 1s));
}

BOOST_FIXTURE_TEST_CASE(a_beginning_is_fixed_when_the_card_is_asked_for, hotel) {
    auto request = card_action(command_verb::make_card, "101", 1);
    request.valid_until = clock.now() + 24h;
    open_action(request);
    const auto asked_at = clock.now();
    const auto lost = lease_one("gw");
    clock.advance(2min);
    const auto asking = lease_one("gw");
    BOOST_TEST((asking.state == command_state::probing));
    BOOST_TEST((lost.command.valid_from == asked_at));
    BOOST_TEST((asking.command.valid_from == asked_at));
}

BOOST_FIXTURE_TEST_CASE(lost_cards_end_the_stay_at_once_and_spare_the_next_ones, hotel) {
    const auto until = clock.now() + 24h;
    const auto first = beginning_of_next(until);
    clock.advance(1h);
    open_action(card_action(command_verb::lose_cards, "101", ++key));
    auto request = card_action(command_verb::make_card, "101", ++key);
    request.valid_until = until;
    open_action(request);
    for (const auto& leased : lease_commands("gw")) {
        auto settlement = done(leased);
        if (leased.command.verb == command_verb::make_card) settlement.card = card_facts{.card_id = "NEW"};
        BOOST_TEST(leased.command.lock_uuid == "rm-101");
        settle(settlement);
    }
    BOOST_TEST(
        texts("SELECT card_id || ' ' || state FROM cards ORDER BY begins_at_ms") == (words{"C0 lost", "NEW active"}),
        boost::test_tools::per_element());
    BOOST_TEST((beginning_of_next(until) == first + 1h));
}

BOOST_FIXTURE_TEST_CASE(a_stay_ends_with_its_last_card, hotel) {
    const auto until = clock.now() + 24h;
    make_card("101", "one", until);
    make_card("101", "two", until);
    clock.advance(1h);
    clear_card("one", "rm-101");
    BOOST_TEST(text("SELECT state FROM card_stays") == "current");
    clear_card("two", "rm-101");
    BOOST_TEST(text("SELECT state FROM card_stays") == "ended");
    BOOST_TEST((beginning_of_next(until) == clock.now()));
}

BOOST_FIXTURE_TEST_CASE(a_stay_goes_on_while_a_card_of_it_is_still_to_be_made, hotel) {
    const auto until = clock.now() + 24h;
    make_card("101", "one", until);
    open_action(card_action(command_verb::clear_card, "", ++key));
    auto request = card_action(command_verb::make_card, "101", ++key);
    request.valid_until = until;
    open_action(request);
    carry_out_with({.card_id = "one", .lock_uuid = "rm-101"});
    carry_out();
    BOOST_TEST(text("SELECT state FROM card_stays") == "current");
}

BOOST_FIXTURE_TEST_CASE(a_card_made_for_another_room_opens_the_first_no_more, hotel) {
    const auto until = clock.now() + 24h;
    make_card("101", "one", until);
    make_card("102", "one", until);
    BOOST_TEST(texts("SELECT lock_uuid || ' ' || state FROM room_cards") == (words{"rm-102 active"}),
               boost::test_tools::per_element());
    BOOST_TEST(text("SELECT s.state FROM card_stays AS s JOIN locks AS l ON l.lock_row = s.lock_row "
                    "WHERE l.lock_uuid = 'rm-101'") == "ended");
}

BOOST_FIXTURE_TEST_CASE(a_card_on_the_reader_is_told_with_its_room_and_times_in_the_hotels_lane, hotel) {
    const auto opened = open_action(card_action(command_verb::read_card, "", 1));
    BOOST_TEST((opened.what == kind::opened));
    carry_out_with({.card_id = "03F56240", .lock_uuid = "rm-102", .valid_until = from_unix_ms(4'102'415'999'000)});
    BOOST_TEST(last_payload() ==
               "actionId=" + opened.action.value + "&code=0&endTime=2099-12-31+23%3A59%3A59&roomId=102");
    BOOST_TEST(number("SELECT lane FROM outbox") < 0);
    BOOST_TEST(text("SELECT kind || '|' || room_id FROM outbox") == "query_card_result|");
}

BOOST_FIXTURE_TEST_CASE(a_cards_room_is_that_of_its_card_lock_before_that_of_its_password_lock, hotel) {
    bind("103", storage::lock_service::card, "gw", "rm-101");
    open_action(card_action(command_verb::read_card, "", 1));
    carry_out_with({.card_id = "03F56240", .lock_uuid = "rm-101"});
    BOOST_TEST(last_payload().ends_with("&roomId=103"));
}

BOOST_FIXTURE_TEST_CASE(a_card_of_another_hotel_is_no_business_of_this_one, hotel) {
    import({room_row("101", "", "otherpms", "H2")});
    auto elsewhere = card_action(command_verb::read_card, "", 1);
    elsewhere.pms = pms_id("otherpms");
    elsewhere.hotel = hotel_no("H2");
    open_action(elsewhere);
    carry_out_with({.card_id = "03F56240", .lock_uuid = "rm-101"});
    BOOST_TEST(text("SELECT message FROM actions") == "卡片所属房间未绑定");
    BOOST_TEST(last_payload().ends_with("&roomId="));
}

BOOST_FIXTURE_TEST_CASE(the_same_request_at_a_reader_is_the_same_action_while_it_is_open, hotel) {
    const auto first = open_action(card_action(command_verb::read_card, "", 1));
    const auto again = open_action(card_action(command_verb::read_card, "", 1));
    BOOST_TEST((again.what == kind::already_open));
    BOOST_TEST(again.action.value == first.action.value);
    BOOST_TEST((open_action(card_action(command_verb::read_card, "", 2)).what == kind::opened));
    carry_out_with({.card_id = "03F56240", .lock_uuid = "rm-101"});
    BOOST_TEST((open_action(card_action(command_verb::read_card, "", 1)).what == kind::opened));
}

BOOST_FIXTURE_TEST_CASE(a_second_card_of_a_room_supersedes_nothing, hotel) {
    open_action(card_action(command_verb::make_card, "101", 1));
    open_action(card_action(command_verb::make_card, "101", 2));
    BOOST_TEST(number("SELECT COUNT(*) FROM actions WHERE state = 'open'") == 2);
}

BOOST_FIXTURE_TEST_CASE(what_no_reader_or_lock_can_do_is_named, hotel) {
    auto wrong = card_action(command_verb::make_card, "101", 1);
    wrong.reader_account = account_id("other");
    BOOST_TEST((open_action(wrong).what == kind::wrong_reader));
    BOOST_TEST((open_action(card_action(command_verb::make_card, "103", 2)).what == kind::no_lock));
    BOOST_TEST((open_action(card_action(command_verb::lose_cards, "999", 3)).what == kind::unknown_room));
    auto nowhere = card_action(command_verb::read_card, "", 4);
    nowhere.hotel = hotel_no("H9");
    BOOST_TEST((open_action(nowhere).what == kind::unknown_room));
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM card_stays") == 0);
}

BOOST_FIXTURE_TEST_CASE(cards_that_are_gone_are_forgotten_with_their_actions_and_others_stay, hotel) {
    make_card("101", "kept", clock.now() + 24h);
    make_card("102", "gone", clock.now() + 24h);
    clear_card("gone", "rm-102");
    text("DELETE FROM outbox");
    clock.advance(1000h);
    expunge(clock.now() - 1h);
    expunge(clock.now() - 1h);
    BOOST_TEST(texts("SELECT card_id FROM cards") == (words{"kept"}), boost::test_tools::per_element());
    BOOST_TEST(texts("SELECT verb FROM actions") == (words{"make_card"}), boost::test_tools::per_element());
    BOOST_TEST(texts("PRAGMA foreign_key_check").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
