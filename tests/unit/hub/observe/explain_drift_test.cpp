#include <boost/test/unit_test.hpp>

#include "hub/observe/explain.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

constexpr time_point now = from_unix_ms(1'795'320'000'000);  // 2026-11-22 12:00:00 China time

storage::drift_row row(drift_kind kind, storage::drift_state state = storage::drift_state::open) {
    storage::drift_row out;
    out.id = 7;
    out.kind = kind;
    out.state = state;
    out.credential_ref = "1001";
    out.action = "A1";
    out.repair = "R1";
    out.wanted_until = now;
    return out;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(explain_drift_test)

BOOST_AUTO_TEST_CASE(every_kind_has_a_sentence_in_both_languages_and_a_way_out) {
    struct {
        drift_kind kind;
        std::string_view english, chinese, release;
    } const cases[] = {
        {drift_kind::pin_missing, "guest's PIN 1001 should be on the lock", "缺少应有的密码 1001", "drift accept 7"},
        {drift_kind::pin_left, "PIN 1001 was taken back", "密码 1001 仍在门锁上", "drift accept 7"},
        {drift_kind::validity_differs, "end at 2026-11-22 12:00:00 and ends at no end", "门锁上为 永久",
         "drift accept 7"},
        {drift_kind::frozen_differs, "is frozen and should not be", "冻结状态不一致", "drift accept 7"},
        {drift_kind::unverifiable, "became of action A1 is not known", "操作 A1 的结果未知", "action decide A1"},
        {drift_kind::computed_stays, "opens until 2026-11-22 12:00:00", "仍有效至 2026-11-22 12:00:00",
         "drift accept 7"},
        {drift_kind::pin_foreign, "made at the door or by others", "本地或其他系统添加", "drift accept 7"},
    };
    for (const auto& one : cases) {
        const auto words = hub::explain(row(one.kind));
        BOOST_TEST_CONTEXT(to_string(one.kind)) {
            BOOST_TEST(contains(words.english, one.english), words.english);
            BOOST_TEST(contains(words.chinese, one.chinese), words.chinese);
            BOOST_TEST(contains(words.release, one.release), words.release);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_done_about_it_follows_its_state) {
    using enum storage::drift_state;
    auto suspended_row = row(drift_kind::pin_left, suspended);
    suspended_row.reason = "3 repairs did not help";
    const auto given_up = hub::explain(suspended_row);
    BOOST_TEST(contains(given_up.english, "Repairs are suspended. (3 repairs did not help)"), given_up.english);
    BOOST_TEST(contains(given_up.release, "drift resume 7"));
    const auto under_way = hub::explain(row(drift_kind::pin_left, repairing));
    BOOST_TEST(contains(under_way.english, "Action R1 repairs it."));
    BOOST_TEST(under_way.release.empty());
    BOOST_TEST(hub::explain(row(drift_kind::pin_left, settled)).release.empty());
}

BOOST_AUTO_TEST_SUITE_END()
