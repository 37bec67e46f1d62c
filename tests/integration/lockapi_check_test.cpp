// What a request is checked for, and in which order; every case of fixtures/quhuhu.json through the real route.
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/integration/lockapi_world.hpp"
#include "tests/support/fixtures.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using test::lockapi_world;

namespace {

// The members and items of `expected` are there in `got`; texts that come from a clock or from chance may differ.
void must_have(const wire::json_value& got, const wire::json_value& expected, const std::string& at) {
    for (const auto& [name, value] : expected.members()) {
        const auto* found = got.find(name);
        BOOST_TEST(found != nullptr, at << "." << name << " is missing");
        if (found != nullptr) must_have(*found, value, at + "." + name);
    }
    BOOST_TEST(got.items().size() >= expected.items().size(), at);
    for (std::size_t i = 0; i < std::min(got.items().size(), expected.items().size()); ++i)
        must_have(got.items()[i], expected.items()[i], at + "[]");
}

std::string signed_body(simulators::text_fields fields, const std::string& key = "made-up-sign-key-7QxLr2") {
    const auto hmac = simulators::quhuhu_hmac(fields, key);
    fields.emplace_back("hmac", hmac);
    return simulators::encode_form(fields);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_check_test)

BOOST_AUTO_TEST_CASE(every_call_of_the_fixtures_is_answered_as_it_says) {
    std::size_t calls = 0;
    for (const auto& entry : test::load_fixtures("quhuhu.json")) {
        const auto path = entry.request.text_of("path");
        if (!path.starts_with("/lockapi/")) continue;
        ++calls;
        BOOST_TEST_CONTEXT(entry.name) {
            lockapi_world world;
            world.box.put_card();
            // What queryGuestPwd and queryManagePwd then find.
            world.call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}, {"operatorGuid", "op-0"}});
            world.call("enableManagePwd", {{"roomId", "rm301"}, {"pwd", "771204"}, {"operatorGuid", "op-0"}});
            world.run_for(5s);
            const auto answer = world.post(path, entry.request.text_of("raw"));
            BOOST_TEST(answer.status == 200);
            const auto& expected = *entry.expected.find("response");
            // 丁盯 keeps the one management password there is (15013).
            const bool kept = path.ends_with("/disableManagePwd.do");
            BOOST_TEST(answer.code() == (kept ? -1 : expected.integer_of("code").value()), answer.body);
            if (!kept) must_have(answer.json, expected, entry.name);
            if (expected.find("data") == nullptr && expected.find("msg") != nullptr && !kept)
                BOOST_TEST(answer.message() == expected.text_of("msg"));
        }
    }
    BOOST_TEST(calls == 20u);
}

BOOST_AUTO_TEST_CASE(a_caller_is_checked_in_the_order_of_the_document) {
    lockapi_world world;
    const simulators::text_fields good{{"version", "1.1.0"},
                                       {"pmsId", "demopms"},
                                       {"hotelNo", "H10086"},
                                       {"operatorGuid", "op-1"},
                                       {"operatorName", "前台甲"}};
    const auto with = [&good](const std::string& name, const std::string& value) {
        auto fields = good;
        for (auto& [known, text] : fields)
            if (known == name) text = value;
        return fields;
    };
    const struct {
        std::string path;
        std::string body;
        int code;
    } cases[] = {
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(good), 0},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("pmsId", "")), -1000},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("pmsId", "other")), -2012},
        {"/lockapi/other/lock/queryReadCard.do", signed_body(with("pmsId", "other")), -2012},
        {"/lockapi/offpms/lock/queryReadCard.do", signed_body(with("pmsId", "offpms"), "k"), -2013},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("version", "")), -1022},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("version", "9.9")), -5002},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("hotelNo", "")), -1002},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("operatorGuid", "")), -1016},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("operatorName", "")), -1017},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(good, "another key"), -5000},
        {"/lockapi/demopms/lock/queryReadCard.do", signed_body(with("hotelNo", "H404")), -2000},
        {"/lockapi/demopms/lock/disableRoomCard.do", signed_body(good), -8001},
        {"/lockapi/demopms/lock/queryRoomCard.do", signed_body(good), -8004},
        {"/lockapi/demopms/lock/noSuchMethod.do", signed_body(good), -10001},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.path << " " << one.body) {
            BOOST_TEST(world.post(one.path, one.body).code() == one.code);
            world.run_for(10s);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_log_has_codes_of_its_own_for_times_and_pages) {
    lockapi_world world;
    const simulators::text_fields good{{"roomIds", "rm301"},
                                       {"startTime", "2026-11-21 00:00:00"},
                                       {"endTime", "2026-11-22 00:00:00"},
                                       {"pageNum", "1"},
                                       {"pageSize", "20"}};
    const struct {
        std::string name, value;
        int code;
    } cases[] = {{"roomIds", "", -8001},           {"startTime", "", -1009},
                 {"endTime", "", -1010},           {"startTime", "x", -8009},
                 {"endTime", "2026-11-22", -8009}, {"pageNum", "", -8010},
                 {"pageNum", "one", -8010},        {"pageSize", "", -8011},
                 {"pageSize", "-1", -8011},        {"startTime", "2026-11-23 00:00:00", -1013}};
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.name << "=" << one.value) {
            auto fields = good;
            for (auto& [name, value] : fields)
                if (name == one.name) value = one.value;
            BOOST_TEST(world.call("queryLockLog", fields).code() == one.code);
            world.run_for(10s);
        }
    }
}

BOOST_AUTO_TEST_CASE(too_many_calls_are_told_to_wait) {
    lockapi_world world;
    for (int i = 0; i < 4; ++i) BOOST_TEST(world.call("queryRoomLockInfo", {}).code() == 0);
    const auto identical = world.call("queryRoomLockInfo", {});
    BOOST_TEST(identical.code() == -4002);
    BOOST_TEST(identical.status == 200);
    BOOST_TEST(identical.retry_after_seconds > 0u);
    BOOST_TEST(world.call("queryRoomLockInfo", {{"roomIds", "rm301"}}).code() == 0, "another request may come");
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_store_means_503_and_when_to_come_again) {
    lockapi_world world;
    world.store().close();
    const auto refused = world.call("enableGuestPwd", {{"roomId", "rm301"}, {"pwd", "482913"}});
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.code() == -4002);
    BOOST_TEST(refused.retry_after_seconds > 0u);
}

BOOST_AUTO_TEST_SUITE_END()
