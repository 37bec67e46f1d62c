#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_supersede_test)

namespace {

using namespace std::chrono_literals;
using kind = storage::action_opened::kind;
using words = std::vector<std::string>;

// A lock that does what it is told, at once; its one PIN has the id 1015.
struct hotel : store_rig {
    hotel() {
        import({room_row("101", "lock-a"), room_row("102", "lock-b")});
        allow({policy()});
    }

    storage::action_request enabling(std::string pin, std::uint8_t key) {
        auto out = action("101", key);
        out.pin = secret(std::move(pin));
        return out;
    }

    void obey(const storage::leased_command& leased) {
        on_lock = leased.command.verb == command_verb::remove_pin ? "" : leased.command.pin.reveal();
        settle(done(leased, "1015"));
    }

    void obey_all() {
        for (auto leased = lease_commands("dd"); !leased.empty(); leased = lease_commands("dd"))
            for (const auto& command : leased) obey(command);
    }

    words payloads_of(const storage::action_opened& opened) {
        return texts("SELECT payload FROM outbox WHERE action_id = '" + opened.action.value + "'");
    }

    std::string state_of(const storage::action_opened& opened) {
        return text(
            "SELECT state || ' ' || COALESCE(final_code, '') || ' ' || message FROM actions WHERE action_id = '" +
            opened.action.value + "'");
    }

    std::string on_lock;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_action_that_was_not_sent_gives_way_to_a_newer_one, hotel) {
    const auto older = open_action(enabling("111111", 1));
    const auto newer = open_action(enabling("222222", 2));
    BOOST_TEST(state_of(older) == "superseded -1 已被后续操作取代");
    BOOST_TEST(payloads_of(older) == (words{"actionId=" + older.action.value + "&code=-1"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(news.size() == 1U);
    BOOST_TEST(news[0].action.value == older.action.value);
    BOOST_TEST((news[0].state == action_state::superseded));
    BOOST_TEST((news[0].final_code == -1));
    const auto leased = lease_one();
    BOOST_TEST(leased.action.value == newer.action.value);
    obey(leased);
    BOOST_TEST(number("SELECT COUNT(*) FROM outbox") == 2);
}

BOOST_FIXTURE_TEST_CASE(enable_disable_enable_ends_with_the_last_wherever_the_first_stands, hotel) {
    struct stage {
        const char* name;
        command_state first;
    };
    const stage stages[] = {{"not sent", command_state::pending},
                            {"being sent", command_state::sending},
                            {"taken", command_state::awaiting},
                            {"in doubt", command_state::uncertain}};
    std::uint8_t key = 0;
    for (const auto& [name, first] : stages) {
        BOOST_TEST_CONTEXT(name) {
            const auto one = open_action(enabling("111111", ++key));
            std::optional<storage::leased_command> sent;
            if (first != command_state::pending) sent = lease_one();
            if (first == command_state::awaiting) settle(taken(*sent, "ref", clock.now()));
            if (first == command_state::uncertain) {
                auto lost = done(*sent);
                lost.next = command_state::uncertain;
                lost.due_at = clock.now();
                settle(lost);
            }
            const auto two = open_action(disabling("101", ++key));
            const auto three = open_action(enabling("333333", ++key));
            if (first == command_state::sending) obey(*sent);
            obey_all();
            BOOST_TEST(on_lock == "333333");
            BOOST_TEST(state_of(three).starts_with("succeeded 0"));
            BOOST_TEST(payloads_of(one).size() == 1U);
            BOOST_TEST(payloads_of(two).empty());
            BOOST_TEST(payloads_of(three).size() == 1U);
            open_action(disabling("101", ++key));
            obey_all();
            BOOST_TEST(on_lock == "");
        }
    }
}

BOOST_FIXTURE_TEST_CASE(the_first_enable_again_undoes_what_was_asked_for_in_between, hotel) {
    const auto first = open_action(enabling("111111", 1));
    const auto leased = lease_one();
    const auto disable = open_action(disabling("101", 2));
    BOOST_TEST((disable.what == kind::opened));
    const auto again = open_action(enabling("111111", 1));
    BOOST_TEST((again.what == kind::already_open));
    BOOST_TEST(again.action.value == first.action.value);
    BOOST_TEST(state_of(disable).starts_with("superseded -1"));
    obey(leased);
    obey_all();
    BOOST_TEST(on_lock == "111111");
    BOOST_TEST(number("SELECT COUNT(*) FROM commands WHERE sends > 0") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_request_whose_action_was_superseded_opens_a_new_one, hotel) {
    const auto first = open_action(enabling("111111", 1));
    open_action(enabling("222222", 2));
    const auto again = open_action(enabling("111111", 1));
    BOOST_TEST((again.what == kind::opened));
    BOOST_TEST(again.action.value != first.action.value);
    obey_all();
    BOOST_TEST(on_lock == "111111");
}

BOOST_FIXTURE_TEST_CASE(other_rooms_and_other_purposes_are_left_alone, hotel) {
    const auto guest = open_action(enabling("111111", 1));
    auto management = enabling("222222", 2);
    management.manage = true;
    open_action(management);
    open_action(action("102", 3));
    BOOST_TEST(state_of(guest).starts_with("open"));
    BOOST_TEST(number("SELECT COUNT(*) FROM actions WHERE state = 'open'") == 3);
}

BOOST_FIXTURE_TEST_CASE(what_may_have_been_sent_is_never_superseded, hotel) {
    const auto first = open_action(enabling("111111", 1));
    auto retried = done(lease_one());
    retried.next = command_state::pending;
    retried.due_at = clock.now();
    settle(retried);
    open_action(enabling("222222", 2));
    BOOST_TEST(state_of(first).starts_with("open"));
    obey_all();
    BOOST_TEST(on_lock == "222222");
}

BOOST_FIXTURE_TEST_CASE(what_certainly_never_left_is_superseded, hotel) {
    const auto first = open_action(enabling("111111", 1));
    auto held_back = done(lease_one());
    held_back.next = command_state::pending;
    held_back.due_at = clock.now();
    held_back.count_attempt = false;
    settle(held_back);
    open_action(enabling("222222", 2));
    BOOST_TEST(state_of(first).starts_with("superseded"));
}

BOOST_FIXTURE_TEST_CASE(a_pin_computed_for_the_room_takes_the_place_of_one_that_was_not_sent, hotel) {
    const auto first = open_action(enabling("111111", 1));
    call<action_id>([&](auto d) {
        store().record_answered_action({.request = enabling("222222", 2), .note = "computed", .pin_valid_until = {}},
                                       std::move(d));
    });
    BOOST_TEST(state_of(first).starts_with("superseded -1"));
    BOOST_TEST(lease_commands("dd").empty());
}

BOOST_FIXTURE_TEST_CASE(what_waits_behind_a_superseded_command_goes_on, hotel) {
    open_action(enabling("111111", 1));
    auto management = enabling("999999", 2);
    management.manage = true;
    const auto kept = open_action(management);
    open_action(enabling("333333", 3));
    BOOST_TEST(lease_one().action.value == kept.action.value);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
