#include "storage/sqlite/policy_book.hpp"

#include <boost/test/unit_test.hpp>

#include "storage/sqlite/operator_units.hpp"
#include "storage/sqlite/outbox_table.hpp"

namespace lockhub::storage::sqlite {

BOOST_AUTO_TEST_SUITE(policy_book_test)

BOOST_AUTO_TEST_CASE(a_delivery_is_held_for_the_reason_that_stands_in_its_way) {
    const auto opened_only = 1U << static_cast<unsigned>(event_kind::opened);
    policy_book book;
    book.set({{.pms = pms_id("open"), .enabled = true, .result_mask = ~0U, .event_mask = opened_only},
              {.pms = pms_id("off"), .enabled = false, .result_mask = ~0U, .event_mask = opened_only},
              {.pms = pms_id("deaf"), .enabled = true, .result_mask = 0, .event_mask = 0}});
    struct rule {
        const char* pms;
        delivery_kind kind;
        event_kind event;
        std::optional<std::string_view> reason;
    };
    const rule rules[] = {
        {"open", delivery_kind::event, event_kind::opened, std::nullopt},
        {"open", delivery_kind::event, event_kind::other, held_reason::not_subscribed},
        {"open", delivery_kind::password_result, event_kind::battery_low, std::nullopt},
        {"off", delivery_kind::event, event_kind::opened, held_reason::pms_disabled},
        {"off", delivery_kind::event, event_kind::other, held_reason::not_subscribed},
        {"off", delivery_kind::password_result, event_kind::battery_low, held_reason::pms_disabled},
        {"deaf", delivery_kind::password_result, event_kind::battery_low, held_reason::no_url},
        {"deaf", delivery_kind::event, event_kind::opened, held_reason::not_subscribed},
        {"nobody", delivery_kind::event, event_kind::opened, held_reason::pms_unknown},
        {"nobody", delivery_kind::password_result, event_kind::opened, held_reason::pms_unknown},
    };
    for (const auto& r : rules)
        BOOST_TEST((book.reason_to_hold(r.pms, r.kind, r.event) == r.reason), r.pms << " " << to_string(r.event));
}

BOOST_AUTO_TEST_CASE(a_verb_changes_only_states_that_allow_it) {
    using state = delivery_state;
    struct rule {
        delivery_verb verb;
        std::vector<state> allowed;
    };
    const rule rules[] = {{delivery_verb::retry, {state::ready, state::held, state::dead}},
                          {delivery_verb::hold, {state::ready, state::queued}},
                          {delivery_verb::release, {state::held}},
                          {delivery_verb::discard, {state::ready, state::queued, state::held, state::dead}}};
    for (const auto& r : rules)
        for (const auto s : {state::ready, state::queued, state::leased, state::held, state::delivered, state::dead,
                             state::discarded}) {
            const bool expected = std::ranges::find(r.allowed, s) != r.allowed.end();
            BOOST_TEST(allows(r.verb, s, false) == expected, to_string(r.verb) << " " << to_string(s));
        }
    BOOST_TEST(!allows(delivery_verb::retry, state::ready, true));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::storage::sqlite
