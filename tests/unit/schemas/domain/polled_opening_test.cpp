#include "schemas/domain/polled_opening.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

namespace {

const account_id account("yy");
const reported_opening opening{*parse_china_time("2026-11-22 12:00:00"), opened_by_password, "15111101441", "密码"};

dedupe_key key_of(const reported_opening& one, std::string_view lock = "x1/甲", const account_id& who = account) {
    return push_of(who, lock, one).key;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(polled_opening_test)

BOOST_AUTO_TEST_CASE(an_opening_becomes_a_push_of_one_event) {
    const auto push = push_of(account, "x1/甲", opening);
    BOOST_TEST(push.name == "get_device_logs");
    BOOST_TEST(push.device_uuid == "x1/甲");
    BOOST_TEST(!push.is_result());
    BOOST_TEST(!push.may_carry_pin);
    const auto& events = std::get<std::vector<lock_event>>(push.content);
    BOOST_REQUIRE_EQUAL(events.size(), 1u);
    BOOST_CHECK(events[0].kind == event_kind::opened);
    BOOST_CHECK(events[0].occurred_at == opening.occurred_at);
    BOOST_TEST(events[0].device_uuid == "x1/甲");
    BOOST_TEST(events[0].source.value() == opened_by_password);
    BOOST_TEST(events[0].source_id == "15111101441");
    BOOST_TEST(push.key.order == to_unix_ms(opening.occurred_at));
    BOOST_TEST(body_of("x1/甲", opening) ==
               R"({"lock":"x1/甲","opentime":"2026-11-22 12:00:00","opener":"15111101441","source":2,)"
               R"("source_name":"密码"})");
}

BOOST_AUTO_TEST_CASE(only_account_lock_time_opener_and_way_of_opening_tell_two_apart) {
    auto renamed = opening;
    renamed.source_name = "PIN";
    BOOST_CHECK(key_of(opening) == key_of(opening));
    BOOST_CHECK(key_of(renamed) == key_of(opening));
    auto later = opening, other = opening, remote = opening;
    later.occurred_at += std::chrono::seconds(1);
    other.source_id = "1511110144";
    remote.source = opened_remotely;
    for (const auto& one : {later, other, remote}) BOOST_CHECK(key_of(one).hash != key_of(opening).hash);
    BOOST_CHECK(key_of(opening, "x1").hash != key_of(opening).hash);
    BOOST_CHECK(key_of(opening, "x1/甲", account_id("yy2")).hash != key_of(opening).hash);
}

BOOST_AUTO_TEST_SUITE_END()
