#include <boost/test/unit_test.hpp>

#include "tests/support/gateway_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_reveal_test)

namespace {

using namespace std::chrono_literals;
using kind = storage::pin_known::kind;
using words = std::vector<std::string>;

struct hotel : gateway_hotel {
    storage::pin_known reveal(std::string room, bool manage = false) {
        storage::pin_question question;
        question.pms = pms_id("demopms");
        question.hotel = hotel_no("H1");
        question.room = room_id(std::move(room));
        question.manage = manage;
        question.method = manage ? "queryManagePwd" : "queryGuestPwd";
        question.operator_guid = "op-7";
        question.operator_name = "前台甲";
        auto known = call<storage::pin_known>([&](auto d) { store().reveal_pin(question, std::move(d)); });
        return *std::move(known);
    }

    void enable(std::string pin, std::uint8_t key, std::optional<time_point> until = std::nullopt) {
        auto request = action("101", key);
        request.pin = secret(std::move(pin));
        request.valid_until = until;
        open_action(std::move(request));
        carry_out();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_pin_that_is_valid_on_the_lock_is_shown_with_its_end, hotel) {
    BOOST_TEST((reveal("101").what == kind::none));
    const auto until = clock.now() + 24h;
    enable("111111", 1, until);
    const auto known = reveal("101");
    BOOST_TEST((known.what == kind::known));
    BOOST_TEST(known.pin.reveal() == "111111");
    BOOST_TEST((known.valid_until == until));
    BOOST_TEST(!known.change_under_way);
    BOOST_TEST((reveal("101", true).what == kind::none));
    clock.set(until);
    BOOST_TEST((reveal("101").what == kind::none));
}

BOOST_FIXTURE_TEST_CASE(while_a_change_is_under_way_the_old_pin_is_shown_and_it_says_so, hotel) {
    enable("111111", 1);
    auto next = action("101", 2);
    next.pin = secret("222222");
    open_action(next);
    const auto meanwhile = reveal("101");
    BOOST_TEST(meanwhile.pin.reveal() == "111111");
    BOOST_TEST(meanwhile.change_under_way);
    carry_out();
    BOOST_TEST(reveal("101").pin.reveal() == "222222");
    open_action(disabling("101"));
    carry_out();
    BOOST_TEST((reveal("101").what == kind::none));
}

BOOST_FIXTURE_TEST_CASE(a_computed_pin_is_shown_until_its_end, hotel) {
    enable("111111", 1);
    clock.advance(1h);
    auto request = action("101", 2);
    request.pin = secret("7654321");
    const auto until = clock.now() + 3h;
    call<action_id>([&](auto d) {
        store().record_answered_action({.request = request, .note = "", .pin_valid_until = until}, std::move(d));
    });
    BOOST_TEST(reveal("101").pin.reveal() == "7654321");
    BOOST_TEST((reveal("101").valid_until == until));
    clock.set(until);
    BOOST_TEST(reveal("101").pin.reveal() == "111111");
}

BOOST_FIXTURE_TEST_CASE(every_question_leaves_an_audit_row_without_the_pin, hotel) {
    enable("111111", 1);
    reveal("101");
    reveal("102");
    BOOST_TEST((reveal("999").what == kind::unknown_room));
    BOOST_TEST((reveal("103").what == kind::no_lock));
    BOOST_TEST(texts("SELECT actor || '|' || subject || '|' || changed FROM audit WHERE verb = 'queryGuestPwd' "
                     "ORDER BY audit_id") == (words{"pms demopms: op-7 前台甲|room 101 of hotel H1|1",
                                                    "pms demopms: op-7 前台甲|room 102 of hotel H1|0",
                                                    "pms demopms: op-7 前台甲|room 999 of hotel H1|0",
                                                    "pms demopms: op-7 前台甲|room 103 of hotel H1|0"}),
               boost::test_tools::per_element());
    BOOST_TEST(number("SELECT COUNT(*) FROM audit WHERE actor || subject || reason LIKE '%111111%'") == 0);
}

BOOST_FIXTURE_TEST_CASE(audit_rows_are_kept_as_long_as_deliveries, hotel) {
    reveal("101");
    clock.advance(100h);
    reveal("102");
    expunge(clock.now() - 1h);
    BOOST_TEST(texts("SELECT subject FROM audit") == (words{"room 102 of hotel H1"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_pin_is_kept_while_it_opens_the_lock_and_forgotten_when_it_was_taken_back, hotel) {
    enable("111111", 1);
    clock.advance(1000h);
    expunge(clock.now() - 1h);
    BOOST_TEST(reveal("101").pin.reveal() == "111111");
    open_action(disabling("101"));
    carry_out();
    text("DELETE FROM outbox");
    clock.advance(1000h);
    expunge(clock.now() - 1h);
    BOOST_TEST(number("SELECT COUNT(*) FROM credentials") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM commands") == 0);
}

BOOST_FIXTURE_TEST_CASE(computed_pins_are_forgotten_after_their_end, hotel) {
    auto request = action("101", 2);
    request.pin = secret("7654321");
    call<action_id>([&](auto d) {
        store().record_answered_action({.request = request, .note = "", .pin_valid_until = clock.now() + 3h},
                                       std::move(d));
    });
    clock.advance(4h);
    expunge(clock.now() - 2h);
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 1);
    clock.advance(4h);
    expunge(clock.now() - 2h);
    BOOST_TEST(number("SELECT COUNT(*) FROM credentials") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
