// What the lockapi refuses, method by method: one installation, no call of which reaches a lock.
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include "schemas/quhuhu/method_table.hpp"
#include "schemas/quhuhu/status.hpp"
#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;
using quhuhu::hmac_variant;
using quhuhu::method;
using quhuhu::status;

namespace {

const installation& hub() {
    static const installation at({.rooms = 2,
                                  .pms_extra = R"([[pms]]
id = "closedpms"
key = "made-up-sign-key"
enabled = false
[[pms]]
id = "oldpms"
key = "made-up-sign-key"
allow_legacy_hmac = true
)",
                                  .sim_arguments = {}});
    return at;
}

std::vector<method> all_methods() {
    std::vector<method> out;
    for (std::size_t i = 0; i < quhuhu::method_count; ++i) out.push_back(static_cast<method>(i));
    return out;
}

std::string text(status code) {
    return fmt::format("{} {}", std::to_underlying(code), quhuhu::chinese(code));
}

// The two codes of lockhub's own name the field.
std::string missing_text(const quhuhu::method_field& field) {
    const bool named = field.missing == status::missing_field;
    return text(field.missing) + (named ? " " + std::string(field.wire_name) : "");
}

struct wrong_value {
    method what;
    const char* field;
    const char* value;
    const char* said;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_refusals_test)

// An empty form, then one field more at a time, as the document lists them: each answer asks for the next.
BOOST_AUTO_TEST_CASE(missing_fields_are_named_in_the_documents_order) {
    for (const method what : all_methods()) {
        BOOST_TEST_CONTEXT(quhuhu::wire_name(what)) {
            const text_fields whole = all_fields(hub(), what);
            text_fields sent;
            BOOST_TEST(said(call(hub(), what, signed_form(sent))) == text(status::missing_pms_id));
            sent = with(sent, "pmsId", "demopms");
            BOOST_TEST(said(call(hub(), what, signed_form(sent))) == text(status::missing_version));
            sent = with(sent, "version", "1.1.0");
            for (const auto& field : quhuhu::describe(what).fields) {
                if (!field.required()) continue;
                BOOST_TEST(said(call(hub(), what, signed_form(sent))) == missing_text(field), field.wire_name);
                sent = with(sent, field.wire_name, simulators::field(whole, field.wire_name));
            }
            BOOST_TEST(said(call(hub(), what, simulators::encode_form(sent))) == text(status::bad_hmac));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_empty_field_is_a_missing_one) {
    for (const method what : all_methods()) {
        for (const auto& field : quhuhu::describe(what).fields) {
            if (!field.required()) continue;
            const auto fields = with(all_fields(hub(), what), field.wire_name, "");
            BOOST_TEST(said(call(hub(), what, signed_form(fields))) == missing_text(field),
                       quhuhu::wire_name(what) << " " << field.wire_name);
        }
    }
}

BOOST_AUTO_TEST_CASE(values_that_are_wrong_are_refused_with_the_code_of_their_field) {
    const wrong_value cases[] = {
        {method::query_lock_log, "startTime", "2026-11-22", "-8009 日期格式错误"},
        {method::query_lock_log, "startTime", "2026-02-30 00:00:00", "-8009 日期格式错误"},
        {method::query_lock_log, "endTime", "tomorrow", "-8009 日期格式错误"},
        {method::query_lock_log, "startTime", "2036-01-03 00:00:00", "-1013 开始日期不能大于结束日期"},
        {method::query_lock_log, "pageNum", "one", "-8010 查询页码不能为空,且必须为数字"},
        {method::query_lock_log, "pageNum", "0", "-8010 查询页码不能为空,且必须为数字"},
        {method::query_lock_log, "pageSize", "20x", "-8011 查询数量不能为空,且必须为数字"},
        {method::query_lock_log, "pageSize", "1001", "-8011 查询数量不能为空,且必须为数字"},
        {method::enable_guest_pwd, "endTime", "2026-11-22 24:00:00", "-8009 日期格式错误"},
        {method::enable_manage_pwd, "endTime", "2026/11/22 12:00:00", "-8009 日期格式错误"},
        {method::add_room_card, "endTime", "12:00", "-8009 日期格式错误"},
        {method::enable_guest_pwd, "pwd", "12345", "-1 pwd 必须为 6 位数字"},
        {method::enable_guest_pwd, "pwd", "12345a", "-1 pwd 必须为 6 位数字"},
        {method::enable_manage_pwd, "pwd", "1234567", "-1 pwd 必须为 6 位数字"},
        {method::enable_face, "face", "R0lGODlh", "-9002 参数 face 必须为 JPEG 或 PNG 图片的 base64"},
        {method::enable_face, "endTime", "tomorrow", "-8009 日期格式错误"},
        {method::enable_face, "startTime", "2036-01-03 00:00:00", "-1013 开始日期不能大于结束日期"},
        {method::enable_face, "guestId", "a\tb", "-9002 参数 guestId 不能包含控制字符"},
        {method::enable_fingerprint, "fingerprint", "abc", "-9002 参数 fingerprint 必须为成对的十六进制字符"},
        {method::grant_access, "mobile", "13000", "-9002 参数 mobile 必须为 6 至 20 位数字，可带前缀 +"},
        {method::revoke_access, "mobile", "none", "-9002 参数 mobile 必须为 6 至 20 位数字，可带前缀 +"},
        {method::query_operation_log, "pageSize", "1001", "-8011 查询数量不能为空,且必须为数字"},
    };
    for (const wrong_value& one : cases) {
        const auto fields = with(all_fields(hub(), one.what), one.field, one.value);
        BOOST_TEST(said(call(hub(), one.what, signed_form(fields))) == one.said,
                   quhuhu::wire_name(one.what) << " " << one.field << "=" << one.value);
    }
}

BOOST_AUTO_TEST_CASE(a_caller_must_be_known_and_enabled) {
    for (const method what : all_methods()) {
        const auto name = quhuhu::wire_name(what);
        const auto fields = all_fields(hub(), what);
        const std::string nobody = signed_form(with(fields, "pmsId", "nobody"));
        BOOST_TEST(said(call(hub(), name, nobody, "nobody")) == text(status::unknown_pms), name);
        BOOST_TEST(said(call(hub(), name, nobody, "demopms")) == text(status::unknown_pms), name);
        const std::string closed = signed_form(with(fields, "pmsId", "closedpms"));
        BOOST_TEST(said(call(hub(), name, closed, "closedpms")) == text(status::pms_disabled), name);
    }
}

BOOST_AUTO_TEST_CASE(a_version_that_is_not_served_is_refused) {
    for (const method what : all_methods()) {
        const auto fields = with(all_fields(hub(), what), "version", "2.0");
        BOOST_TEST(said(call(hub(), what, signed_form(fields))) == text(status::version_not_served));
    }
}

BOOST_AUTO_TEST_CASE(a_forged_signature_is_refused_everywhere) {
    for (const method what : all_methods()) {
        const auto fields = all_fields(hub(), what);
        BOOST_TEST(said(call(hub(), what, signed_form(fields, "another key"))) == text(status::bad_hmac));
        const std::string honest = signed_form(fields);
        const std::string altered =
            simulators::encode_form(with(with(fields, "operatorName", "前台乙"), "hmac",
                                         simulators::field(simulators::decode_form(honest), "hmac")));
        BOOST_TEST(said(call(hub(), what, altered)) == text(status::bad_hmac));
    }
}

BOOST_AUTO_TEST_CASE(of_the_three_signatures_the_third_needs_permission) {
    const auto fields = with(all_fields(hub(), method::query_room_lock_info), "roomIds", "");
    const auto code = [&](std::string_view pms, hmac_variant variant) {
        const auto own = with(fields, "pmsId", std::string(pms));
        return code_of(call(hub(), "queryRoomLockInfo", signed_form(own, variant), pms));
    };
    const auto refused = static_cast<std::int64_t>(status::bad_hmac);
    BOOST_TEST(code("demopms", hmac_variant::demo) != refused);
    BOOST_TEST(code("demopms", hmac_variant::keep_empty_byte12) != refused);
    BOOST_TEST(code("demopms", hmac_variant::legacy_sorted_values) == refused);
    BOOST_TEST(code("oldpms", hmac_variant::legacy_sorted_values) != refused);
}

BOOST_AUTO_TEST_CASE(the_case_of_a_signature_does_not_matter) {
    const auto form = simulators::decode_form(signed_form(all_fields(hub(), method::query_room_lock_info)));
    std::string lower = simulators::field(form, "hmac");
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto answer = call(hub(), "queryRoomLockInfo", simulators::encode_form(with(form, "hmac", lower)));
    BOOST_TEST(code_of(answer) != std::to_underlying(status::bad_hmac), said(answer));
}

BOOST_AUTO_TEST_CASE(the_fifth_identical_call_in_30_s_is_refused_and_told_when_to_come_again) {
    const std::string form = signed_form(with(all_fields(hub(), method::query_read_card), "operatorGuid", "op-rate"));
    const auto post = [&] {
        return http_post(hub().hub(), "/lockapi/demopms/lock/queryReadCard.do", form,
                         "application/x-www-form-urlencoded");
    };
    for (int i = 0; i < 4; ++i) {
        // The calls a second allows may be used up by the cases before.
        eventually("the call is admitted",
                   [&] { return post().head.find("\r\nRetry-After: 1\r\n") == std::string::npos; });
    }
    const call_answer fifth = post();
    BOOST_TEST(fifth.status == 200);
    BOOST_TEST(said(fifth.json()) == "-4002 请求过于频繁，请稍后重试");
    BOOST_TEST(fifth.head.find("\r\nRetry-After: ") != std::string::npos);
}

// A burst on a slow machine may take longer than the second it must fall into: then another one is made.
BOOST_AUTO_TEST_CASE(the_thirtieth_call_in_a_second_is_refused) {
    int number = 0;
    const auto refused_in_a_burst = [&] {
        std::size_t refused = 0;
        for (int i = 0; i < 40; ++i) {
            const auto fields =
                with(all_fields(hub(), method::query_room_lock_info), "operatorGuid", fmt::format("op-{}", ++number));
            const auto answer = http_post(hub().hub(), "/lockapi/demopms/lock/queryRoomLockInfo.do",
                                          signed_form(fields), "application/x-www-form-urlencoded");
            refused += said(answer.json()) == "-4002 请求过于频繁，请稍后重试" ? 1 : 0;
        }
        return refused;
    };
    BOOST_TEST(eventually("a call too many is refused", refused_in_a_burst) <= 40U);
}

BOOST_AUTO_TEST_CASE(what_is_no_call_at_all_gets_an_http_error) {
    const auto form = signed_form(all_fields(hub(), method::query_read_card));
    const auto status_of = [&](const std::string& target, const std::string& body) {
        return http_post(hub().hub(), target, body, "application/x-www-form-urlencoded").status;
    };
    BOOST_TEST(status_of("/lockapi/demopms/lock/openWindow.do", form) == 404);
    BOOST_TEST(status_of("/lockapi/demopms/lock/queryReadCard", form) == 404);
    BOOST_TEST(status_of("/lockapi/demopms/lock/queryReadCard.do", std::string(70'000, 'a')) == 413);
    BOOST_TEST(http_get(hub().hub(), "/lockapi/demopms/lock/queryReadCard.do").status == 405);
}

BOOST_AUTO_TEST_CASE(only_pictures_of_a_known_pms_may_be_larger_than_64_kib) {
    const auto status_of = [&](const std::string& target, std::size_t bytes) {
        return http_post(hub().hub(), target, std::string(bytes, 'a'), "application/x-www-form-urlencoded").status;
    };
    BOOST_TEST(status_of("/lockapi/demopms/lock/enableFace.do", 1'900'000) == 200);
    BOOST_TEST(status_of("/lockapi/demopms/lock/enableFace.do", 2'100'000) == 413);
    BOOST_TEST(status_of("/lockapi/nobody/lock/enableFace.do", 70'000) == 413);
    BOOST_TEST(status_of("/lockapi/demopms/lock/disableFace.do", 70'000) == 413);
    BOOST_TEST(status_of("/lockapi/demopms/lock/enableFingerprint.do", 70'000) == 413);
}

BOOST_AUTO_TEST_CASE(nothing_of_all_this_reached_a_lock) {
    BOOST_TEST(sql_value(hub().database(), "SELECT COUNT(*) FROM actions") == "0");
}

BOOST_AUTO_TEST_SUITE_END()
