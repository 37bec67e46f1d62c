#include "dispatch/delivery_roster.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace lockhub::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr time_point start = from_unix_ms(1'760'000'000'000);

delivery_target named(const char* pms) {
    delivery_target out;
    out.pms = pms_id(pms);
    return out;
}

roster_entry entry() {
    return roster_entry(std::make_shared<const delivery_target>(named("alpha")));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(delivery_roster_test)

BOOST_AUTO_TEST_CASE(a_pms_keeps_its_number) {
    delivery_roster roster;
    BOOST_TEST(roster.add(named("alpha")) == 0u);
    BOOST_TEST(roster.add(named("beta")) == 1u);
    BOOST_TEST(roster.find("alpha").value() == 0u);
    BOOST_TEST(roster.at(roster.find("beta").value()).target->pms.value == "beta");
    BOOST_TEST(!roster.find("gamma").has_value());
}

BOOST_AUTO_TEST_CASE(a_first_attempt_never_waits) {
    auto pms = entry();
    BOOST_CHECK(pms.may_send_at(delivery_id(7), 1, start) == start);
}

BOOST_AUTO_TEST_CASE(the_fifth_send_of_one_delivery_waits_for_the_first_to_be_30_seconds_old) {
    auto pms = entry();
    for (int send = 0; send < 4; ++send) {
        BOOST_CHECK(pms.may_send_at(delivery_id(7), static_cast<std::uint32_t>(send) + 1, start + send * 1s) ==
                    start + send * 1s);
        pms.note_send(delivery_id(7), start + send * 1s);
    }
    BOOST_CHECK(pms.may_send_at(delivery_id(7), 5, start + 4s) > start + 30s - 1ms);
    BOOST_CHECK(pms.may_send_at(delivery_id(8), 1, start + 4s) == start + 4s);
}

BOOST_AUTO_TEST_CASE(a_replay_of_what_was_delivered_counts_the_send_nobody_remembers) {
    auto pms = entry();
    int sends = 1;  // delivered at once, and not remembered
    for (std::uint32_t attempt = 2; pms.may_send_at(delivery_id(7), attempt, start) == start; ++attempt) {
        pms.note_send(delivery_id(7), start);
        ++sends;
    }
    BOOST_TEST(sends == 4);
}

BOOST_AUTO_TEST_SUITE_END()
