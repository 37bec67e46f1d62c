#include <boost/test/unit_test.hpp>
#include <map>
#include <random>

#include "tests/support/gateway_hotel.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_pin_test)

namespace {

using namespace std::chrono_literals;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

struct hotel : gateway_hotel {
    storage::action_request enabling(std::string room, std::uint8_t key,
                                     std::optional<time_point> until = std::nullopt) {
        auto out = action(std::move(room), key);
        out.valid_until = until;
        return out;
    }

    storage::action_request managing(std::string room, std::uint8_t key) {
        auto out = enabling(std::move(room), key);
        out.manage = true;
        return out;
    }

    std::string number_given(storage::action_request request) {
        open_action(std::move(request));
        return carry_out().command.credential_ref;
    }

    std::string state_of(const storage::action_opened& opened) {
        return text("SELECT state || ' ' || message FROM actions WHERE action_id = '" + opened.action.value + "'");
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_smallest_free_number_is_taken_and_a_replacement_keeps_its_own, hotel) {
    BOOST_TEST(number_given(enabling("101", 1)) == "1");
    BOOST_TEST(number_given(managing("101", 2)) == "2");
    open_action(enabling("101", 3));
    const auto replaced = carry_out();
    BOOST_TEST((replaced.command.verb == command_verb::replace_pin));
    BOOST_TEST(replaced.command.credential_ref == "1");
    BOOST_TEST(number_given(enabling("102", 4)) == "1");
}

BOOST_FIXTURE_TEST_CASE(a_number_given_back_is_taken_again, hotel) {
    number_given(enabling("101", 1));
    number_given(managing("101", 2));
    open_action(disabling("101"));
    BOOST_TEST(carry_out().command.credential_ref == "1");
    BOOST_TEST(number_given(enabling("101", 3)) == "1");
}

BOOST_FIXTURE_TEST_CASE(an_expired_pins_number_is_taken_only_when_no_other_is_free, hotel) {
    BOOST_TEST(number_given(enabling("101", 1, clock.now() + 1h)) == "1");
    clock.advance(2h);
    BOOST_TEST(number_given(enabling("101", 2, clock.now() + 1h)) == "2");
    clock.advance(2h);
    BOOST_TEST(number_given(enabling("101", 3, clock.now() + 1h)) == "3");
    clock.advance(2h);
    BOOST_TEST(number_given(enabling("101", 4)) == "1");
}

BOOST_FIXTURE_TEST_CASE(without_a_free_number_nothing_is_sent_and_the_pms_gets_the_reason, hotel) {
    for (std::uint8_t key = 1; key <= 3; ++key) {
        open_action(enabling("101", key));
        auto unknown = done(lease_one("gw"));
        unknown.next = command_state::unverifiable;
        settle(unknown);
    }
    const auto refused = open_action(enabling("101", 4));
    BOOST_TEST(lease_commands("gw").empty());
    BOOST_TEST(state_of(refused) == "failed 门锁密码序号已用完");
    BOOST_TEST(last_payload() == "actionId=" + refused.action.value + "&code=-1");
    BOOST_TEST(number("SELECT sends FROM commands ORDER BY command_id DESC LIMIT 1") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_number_once_sent_stays_the_actions, hotel) {
    number_given(enabling("101", 1, clock.now() + 1h));
    open_action(managing("101", 2));
    const auto sent = lease_one("gw");
    BOOST_TEST(sent.command.credential_ref == "2");
    auto again = done(sent);
    again.next = command_state::pending;
    again.due_at = clock.now();
    settle(again);
    text("UPDATE credentials SET state = 'removed'");
    BOOST_TEST(lease_one("gw").command.credential_ref == "2");
}

BOOST_FIXTURE_TEST_CASE(the_number_of_an_unverifiable_pin_is_not_given_away, hotel) {
    open_action(enabling("101", 1));
    auto unknown = done(lease_one("gw"));
    unknown.next = command_state::unverifiable;
    settle(unknown);
    BOOST_TEST(number_given(managing("101", 2)) == "2");
}

BOOST_FIXTURE_TEST_CASE(a_pin_of_which_nobody_knows_is_taken_back_and_its_number_is_free_again, hotel) {
    const auto doubtful = open_action(enabling("101", 1));
    auto unknown = done(lease_one("gw"));
    unknown.next = command_state::unverifiable;
    settle(unknown);
    clock.advance(1s);
    const auto removal = open_action(disabling("101"));
    BOOST_TEST((removal.what == kind::opened));
    BOOST_TEST(carry_out().command.credential_ref == "1");
    BOOST_TEST(state_of(removal).starts_with("succeeded"));
    BOOST_TEST(state_of(doubtful) == "failed taken back before anybody knew what became of it");
    BOOST_TEST(last_payload() == "actionId=" + doubtful.action.value + "&code=-1");
    BOOST_TEST(number_given(managing("101", 2)) == "1");
}

BOOST_FIXTURE_TEST_CASE(an_operators_late_word_does_not_undo_what_was_done_since, hotel) {
    std::uint8_t key = 0;
    for (const bool removes : {false, true}) {
        BOOST_TEST(number_given(enabling("101", ++key)) == "1");
        clock.advance(1s);
        const auto doubtful = open_action(removes ? disabling("101", ++key) : enabling("101", ++key));
        auto unknown = done(lease_one("gw"));
        unknown.next = command_state::unverifiable;
        settle(unknown);
        clock.advance(1s);
        const auto holder = open_action(enabling("101", ++key));
        BOOST_TEST(carry_out().command.credential_ref == "1");
        call<storage::nothing>([&](auto d) {
            store().decide_action({.action = doubtful.action, .succeeded = true, .actor = "wang", .reason = "it did"},
                                  std::move(d));
        });
        BOOST_TEST(state_of(doubtful).starts_with("succeeded"));
        BOOST_TEST(text("SELECT state || ' ' || action_id FROM credentials") == "active " + holder.action.value);
    }
}

namespace {

// Guests' and managers' PINs come and go on one lock, which notes what it is told.
struct busy_hotel : hotel {
    struct live_pin {
        std::string number;
        std::optional<time_point> until;
    };

    unsigned upto(unsigned n) { return static_cast<unsigned>(random() % n); }

    void ask() {
        const bool removes = upto(3) == 0;
        asked = removes ? disabling("101", ++key) : enabling("101", ++key);
        asked.manage = upto(2) == 0;
        if (!removes && upto(2) == 0) asked.valid_until = clock.now() + std::chrono::minutes(1 + upto(120));
        open_action(asked);
    }

    void obey(const storage::leased_command& leased) {
        const auto& number = leased.command.credential_ref;
        auto& own = on_lock[asked.manage];
        if (leased.command.verb == command_verb::remove_pin) {
            if (own && own->number == number) own.reset();
            settle(done(leased));
            return;
        }
        ++times_set;
        const auto& other = on_lock[!asked.manage];
        const bool other_is_live = other && (!other->until || *other->until > clock.now());
        if (other_is_live && other->number == number) ++times_overwritten;
        if (upto(5) == 0) {
            settle(rejected(leased, "no"));
            return;
        }
        own = live_pin{number, asked.valid_until};
        settle(done(leased));
    }

    std::mt19937 random{20261122};
    storage::action_request asked;
    std::uint8_t key = 0;
    std::map<bool, std::optional<live_pin>> on_lock;  // by purpose
    unsigned times_set = 0;
    unsigned times_overwritten = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(no_live_pin_is_ever_overwritten, busy_hotel) {
    for (int i = 0; i < 400; ++i) {
        ask();
        for (auto leased = lease_commands("gw"); !leased.empty(); leased = lease_commands("gw"))
            for (const auto& command : leased) obey(command);
        clock.advance(std::chrono::minutes(upto(90)));
    }
    BOOST_TEST(times_set > 100U);
    BOOST_TEST(times_overwritten == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_lock_whose_account_said_it_was_off_line_is_tried_again_later, hotel) {
    open_action(enabling("101", 1));
    auto refusal = rejected(lease_one("gw"), "网关离线");
    refusal.lock.online = false;
    settle(refusal);
    BOOST_TEST((open_action(enabling("101", 2)).what == kind::lock_offline));
    clock.advance(10min);
    BOOST_TEST((open_action(enabling("101", 3)).what == kind::opened));
    auto fine = done(lease_one("gw"));
    fine.lock = {.online = true, .battery_percent = 89, .signal_percent = {}};
    settle(fine);
    BOOST_TEST(text("SELECT online || ' ' || battery_percent FROM lock_states") == "1 89");
    BOOST_TEST((open_action(enabling("101", 4)).what == kind::opened));
}

BOOST_FIXTURE_TEST_CASE(what_an_account_does_not_serve_is_refused_before_anything_is_written, hotel) {
    auto traits = gateway_traits();
    traits.verbs = {command_verb::set_pin};
    serve({{account_id("gw"), traits}});
    BOOST_TEST((open_action(enabling("101", 1)).what == kind::opened));
    BOOST_TEST((open_action(disabling("101", 2)).what == kind::not_served));
    BOOST_TEST((open_action(card_action(command_verb::make_card, "101", 3)).what == kind::not_served));
    BOOST_TEST((open_action(card_action(command_verb::read_card, "", 4)).what == kind::not_served));
    BOOST_TEST(number("SELECT COUNT(*) FROM actions") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
