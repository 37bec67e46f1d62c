#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "schemas/dingding/cloud.hpp"

using namespace lockhub;
using namespace lockhub::dingding;

namespace {

std::unique_ptr<lock_cloud> make(std::string account = "dd-main", sign_policy policy = sign_policy::if_present) {
    return make_cloud({.account = account_id(std::move(account)),
                       .event_url = "https://hub.example.com/in/event",
                       .result_url = "https://hub.example.com/in/result",
                       .sign = policy,
                       .base_url = "https://lockapi.example.com/openapi/v1/",
                       .client_id = "demo",
                       .client_secret = secret("demo-secret")});
}

result<parsed_push> parse(std::string_view body, std::string_view content_type = "application/json") {
    return make()->parse_push({"https://hub.example.com/in/event", content_type, body});
}

parsed_push parsed(std::string_view body, std::string_view content_type = "application/json") {
    auto out = parse(body, content_type);
    BOOST_REQUIRE_MESSAGE(out.has_value(), body);
    return std::move(*out);
}

std::vector<lock_event> events(std::string_view body) {
    return std::get<std::vector<lock_event>>(parsed(body).content);
}

lock_event event(std::string_view body) {
    auto all = events(body);
    BOOST_REQUIRE_EQUAL(all.size(), 1U);
    return all.front();
}

command_result outcome(std::string_view body) {
    return std::get<command_result>(parsed(body).content);
}

bool refused(std::string_view body, std::string_view content_type = "application/json") {
    const auto out = parse(body, content_type);
    return !out && out.error().code == errc::invalid_input;
}

std::string with_detail(std::string_view name, std::string_view detail) {
    return R"({"event":")" + std::string(name) + R"(","uuid":"u","time":1760000000123,"detail":)" +
           std::string(detail) + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(push_test)

BOOST_AUTO_TEST_CASE(every_known_name_has_its_unified_kind) {
    const std::pair<std::string_view, event_kind> table[] = {
        {"batteryAlarm", event_kind::battery_low},
        {"clearBattryAlarm", event_kind::battery_ok},
        {"clearBatteryAlarm", event_kind::battery_ok},
        {"batteryAsync", event_kind::battery_level},
        {"brokenAlarm", event_kind::tampered},
        {"fpBrokenAlarm", event_kind::tampered},
        {"wrongPwdAlarm", event_kind::wrong_password},
        {"wrongFpAlarm", event_kind::wrong_password},
        {"lockerOpenAlarm", event_kind::opened},
        {"lockOfflineAlarm", event_kind::lock_offline},
        {"clearLockOfflineAlarm", event_kind::lock_online},
        {"centerOfflineAlarm", event_kind::gateway_offline},
        {"clearCenterOfflineAlarm", event_kind::gateway_online},
        {"pwdSync", event_kind::password_synced},
        {"pwdAddLocal", event_kind::password_added_locally},
        {"pwdDelLocal", event_kind::password_deleted_locally},
        {"pwdUpdateLocal", event_kind::password_updated_locally},
        {"rtcError", event_kind::lock_fault},
        {"hwRTCAlarm", event_kind::lock_fault},
        {"hwLEDAlarm", event_kind::lock_fault},
        {"hwFpAlarm", event_kind::lock_fault},
        {"hwTouchAlarm", event_kind::lock_fault},
        {"lockerReset", event_kind::other},
        {"bleReset", event_kind::other},
        {"clearRenterAuthenCode", event_kind::other},
        {"clearAllCommonAuthenCode", event_kind::other},
        {"doorSensorOpen", event_kind::other},
        {"voiceDownloadFinish", event_kind::other},
        {"aNameNobodyHasMetYet", event_kind::other},
    };
    for (const auto& [name, kind] : table) {
        BOOST_TEST_CONTEXT(name) {
            const auto read = event(with_detail(name, "{}"));
            BOOST_CHECK_EQUAL(to_string(read.kind), to_string(kind));
            BOOST_CHECK(read.about_lock);
        }
    }
}

BOOST_AUTO_TEST_CASE(meters_and_installation_news_are_about_no_lock) {
    for (const auto* name :
         {"elemeterPowerAsync", "elemeterHistory", "watermeterAmountAsync", "waterGatewayOfflineAlarm", "deviceInstall",
          "deviceUninstall", "deviceReplace", "installerSubmit", "installSubmit"}) {
        BOOST_CHECK_MESSAGE(!event(with_detail(name, "{}")).about_lock, name);
    }
}

BOOST_AUTO_TEST_CASE(two_spellings_have_one_canonical_name_and_the_push_keeps_the_one_that_came) {
    BOOST_CHECK_EQUAL(event(with_detail("clearBattryAlarm", "{}")).vendor_name, "clearBatteryAlarm");
    BOOST_CHECK_EQUAL(parsed(with_detail("clearBattryAlarm", "{}")).name, "clearBattryAlarm");
    BOOST_CHECK_EQUAL(event(with_detail("installSubmit", "{}")).vendor_name, "installerSubmit");
}

BOOST_AUTO_TEST_CASE(the_battery_level_is_found_under_each_of_its_names_and_types) {
    BOOST_CHECK(event(with_detail("batteryAlarm", R"({"battery_level":9})")).battery_percent == 9);
    BOOST_CHECK(event(with_detail("batteryAsync", R"({"battery":"87"})")).battery_percent == 87);
    BOOST_CHECK(event(with_detail("batteryAsync", R"({"battery":99.0})")).battery_percent == 99);
    BOOST_CHECK(event(with_detail("batteryAsync", R"({"detail":{"battery":42}})")).battery_percent == 42);
    for (const auto* detail :
         {R"({"battery":-1})", R"({"battery":101})", R"({"battery":null})", R"({"battery":[9]})", R"({"battery":1e30})",
          R"({"battery":true})", R"({"battery":9.5})", "{}", "null", "[]", "7", "\"text\""}) {
        BOOST_CHECK_MESSAGE(!event(with_detail("batteryAsync", detail)).battery_percent, detail);
    }
}

BOOST_AUTO_TEST_CASE(the_lock_gateway_is_named_where_the_push_has_one) {
    const auto through = [](std::string_view gateway) {
        return parsed(R"({"event":"batteryAlarm","uuid":"u","time":1760000000123,"center_uuid":)" +
                      std::string(gateway) + "}")
            .gateway_uuid;
    };
    BOOST_TEST(through(R"("0a1b2c3d4e5f60718293a4b5c6d7e8f9")") == "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
    BOOST_TEST(through("null") == "");
    BOOST_TEST(through(R"({"uuid":"x"})") == "");
    BOOST_TEST(parsed(with_detail("batteryAlarm", "{}")).gateway_uuid == "");
}

BOOST_AUTO_TEST_CASE(time_comes_as_a_number_or_a_string_and_may_be_0_or_missing) {
    const auto time_of = [](std::string_view time) {
        return event(R"({"event":"brokenAlarm","time":)" + std::string(time) + "}").occurred_at;
    };
    for (const auto* time : {"1760000000123", "\"1760000000123\"", "1760000000123.0"}) {
        BOOST_REQUIRE_MESSAGE(time_of(time).has_value(), time);
        BOOST_CHECK_EQUAL(to_unix_ms(*time_of(time)), 1760000000123);
    }
    for (const auto* time : {"0", "\"0\"", "\"\"", "null", "-5", "\"soon\"", "99999999999999999999", "1e300", "{}",
                             "[1760000000123]", "true"}) {
        BOOST_CHECK_MESSAGE(!time_of(time), time);
    }
    BOOST_CHECK(!event(R"({"event":"brokenAlarm"})").occurred_at);
}

BOOST_AUTO_TEST_CASE(the_source_of_an_opening_is_read_in_both_spellings) {
    const auto opened = event(
        with_detail("lockerOpenAlarm", R"({"source_name":"租客\"甲\"","eventid":1,"source":"2","sourceid":1006})"));
    BOOST_CHECK(opened.source == 2);
    BOOST_CHECK_EQUAL(opened.source_id, "1006");
    BOOST_CHECK_EQUAL(opened.source_name, "租客\"甲\"");
    BOOST_CHECK_EQUAL(event(with_detail("lockerOpenAlarm", R"({"source":2,"sourcid":"1007"})")).source_id, "1007");
    const auto stream = event(with_detail("lockerOpenAlarm", R"({"eventid":21,"stream":[2,2,2]})"));
    BOOST_CHECK(stream.kind == event_kind::opened);
    BOOST_CHECK(!stream.source);
    BOOST_CHECK_EQUAL(stream.source_id, "");
}

BOOST_AUTO_TEST_CASE(a_history_is_one_event_an_opening_with_its_own_time_and_lock) {
    const auto all = events(with_detail(
        "lockOpenHistoryAlarm",
        R"({"events":[{"uuid":"v","time":1759999940123,"source":2,"sourceid":"1002","source_name":"乙"},{"lock_time":"1759999930000"},{"time":0},7]})"));
    BOOST_REQUIRE_EQUAL(all.size(), 4U);
    BOOST_CHECK(all[0].kind == event_kind::opened);
    BOOST_CHECK_EQUAL(all[0].device_uuid, "v");
    BOOST_CHECK(all[0].occurred_at == from_unix_ms(1759999940123));
    BOOST_CHECK_EQUAL(all[0].source_id, "1002");
    BOOST_CHECK_EQUAL(all[1].device_uuid, "u");
    BOOST_CHECK(all[1].occurred_at == from_unix_ms(1759999930000));
    BOOST_CHECK(!all[2].occurred_at);
    BOOST_CHECK(!all[3].occurred_at);
}

BOOST_AUTO_TEST_CASE(a_history_without_openings_is_kept_and_told_to_nobody) {
    for (const auto* detail : {"{}", R"({"events":[]})", R"({"events":null})", "null"}) {
        const auto read = event(with_detail("lockOpenHistoryAlarm", detail));
        BOOST_CHECK(read.kind == event_kind::other);
        BOOST_CHECK(!read.about_lock);
    }
}

BOOST_AUTO_TEST_CASE(a_history_has_at_most_as_many_openings_as_the_limit) {
    const auto body = [](std::size_t records) {
        std::string list = "0";
        for (std::size_t i = 1; i < records; ++i) list += ",0";
        return with_detail("lockOpenHistoryAlarm", R"({"events":[)" + list + "]}");
    };
    BOOST_CHECK_EQUAL(events(body(limits::push_records)).size(), limits::push_records);
    BOOST_CHECK(refused(body(limits::push_records + 1)));
}

BOOST_AUTO_TEST_CASE(local_passwords_name_their_id_and_pushes_that_can_carry_a_pin_say_so) {
    const std::string pin_detail = R"({"password":{"id":2,"password":"b64"}})";
    BOOST_CHECK_EQUAL(event(with_detail("pwdAddLocal", pin_detail)).source_id, "2");
    BOOST_CHECK_EQUAL(event(with_detail("pwdDelLocal", R"({"password":{"id":"2"}})")).source_id, "2");
    BOOST_CHECK(parsed(with_detail("pwdAddLocal", pin_detail)).may_carry_pin);
    BOOST_CHECK(parsed(with_detail("pwdUpdateLocal", pin_detail)).may_carry_pin);
    BOOST_CHECK(parsed(with_detail("pwdSync", "null")).may_carry_pin);
    BOOST_CHECK(!parsed(with_detail("pwdDelLocal", R"({"password":{"id":2}})")).may_carry_pin);
    BOOST_CHECK(!parsed(with_detail("lockerOpenAlarm", "{}")).may_carry_pin);
    BOOST_CHECK(parsed(with_detail("pwdSomethingNew", pin_detail)).may_carry_pin);
}

BOOST_AUTO_TEST_CASE(a_sync_is_one_event_a_password) {
    const auto all =
        events(with_detail("pwdSync", R"({"passwords":[{"id":999,"password":"a"},{"id":"1001","password":"b"}]})"));
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_CHECK_EQUAL(all[0].source_id, "999");
    BOOST_CHECK_EQUAL(all[1].source_id, "1001");
}

BOOST_AUTO_TEST_CASE(a_gateway_names_the_locks_behind_it) {
    const auto read = event(with_detail("centerOfflineAlarm", R"({"subdevices":["a",null,"b",{"c":1}]})"));
    BOOST_CHECK((read.subdevices == std::vector<std::string>{"a", "b"}));
}

BOOST_AUTO_TEST_CASE(results_are_told_by_their_field_whichever_url_they_came_to) {
    const auto read = outcome(
        R"({"service":"Password_Add_Service","uuid":"u","result":{"id":1015,"ErrNo":"1000"},"serviceid":700000100})");
    BOOST_CHECK(read.ok);
    BOOST_CHECK_EQUAL(read.ref, "700000100");
    BOOST_CHECK_EQUAL(read.credential_ref, "1015");
    BOOST_CHECK_EQUAL(read.device_uuid, "u");
    BOOST_CHECK(read.about_lock);
}

BOOST_AUTO_TEST_CASE(a_result_says_failure_with_any_code_but_1000_and_0_is_no_success) {
    for (const auto code : {0, 5101, -1}) {
        const auto read = outcome(R"({"service":"Password_Add_Service","serviceid":"7","result":{"ErrNo":)" +
                                  std::to_string(code) + "}}");
        BOOST_CHECK(!read.ok);
        BOOST_CHECK_EQUAL(read.code, code);
        BOOST_CHECK(read.about_lock);
        BOOST_CHECK_EQUAL(read.credential_ref, "");
    }
}

BOOST_AUTO_TEST_CASE(a_result_without_a_code_settles_nothing) {
    for (const auto* content : {"null", "{}", "[]", R"({"ErrNo":"?"})", "1000"}) {
        const auto read =
            outcome(R"({"service":"Password_Add_Service","serviceid":"7","result":)" + std::string(content) + "}");
        BOOST_CHECK_MESSAGE(!read.about_lock, content);
        BOOST_CHECK(!read.ok);
    }
    BOOST_CHECK(!outcome(R"({"service":"Password_Add_Service","serviceid":"7"})").about_lock);
}

BOOST_AUTO_TEST_CASE(a_message_with_both_names_is_an_event) {
    BOOST_CHECK(!parsed(R"({"event":"brokenAlarm","service":"Password_Add_Service"})").is_result());
    BOOST_CHECK(parsed(R"({"event":null,"service":"Password_Add_Service"})").is_result());
    BOOST_CHECK(parsed(R"({"event":"","service":"Password_Add_Service"})").is_result());
}

BOOST_AUTO_TEST_CASE(what_is_neither_event_nor_result_is_refused_with_the_reason) {
    for (const auto* body : {"{}", R"({"event":null})", R"({"event":""})", R"({"event":{"a":1}})",
                             R"({"service":["x"]})", R"({"uuid":"u"})"}) {
        const auto out = parse(body);
        BOOST_REQUIRE_MESSAGE(!out, body);
        BOOST_CHECK(out.error().code == errc::invalid_input);
        BOOST_CHECK_EQUAL(out.error().message, "body is neither an event nor a result: no 'event' and no 'service'");
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_parsed_is_refused) {
    const std::string good = with_detail("batteryAlarm", R"({"battery_level":9})");
    for (std::size_t i = 0; i < good.size(); ++i) BOOST_CHECK_MESSAGE(refused(good.substr(0, i)), "cut at " << i);
    for (const auto* body :
         {"[]", "7", "null", "\"event\"", R"([{"event":"x"}])", R"({"event":"x"}})", R"({"event":"x"} {})",
          R"({"event":"x","detail":{"a":tru}})", R"({"event":"x","unknown":[01]})", R"({"event":"x","a":"\ud800"})",
          "{\"event\":\"\xff\"}", "event=batteryAlarm&uuid=u"}) {
        BOOST_CHECK_MESSAGE(refused(body), body);
    }
    BOOST_CHECK(refused(with_detail("x", std::string(limits::json_depth, '[') + std::string(limits::json_depth, ']'))));
    BOOST_CHECK(!refused(
        with_detail("x", std::string(limits::json_depth - 1, '[') + std::string(limits::json_depth - 1, ']'))));
}

BOOST_AUTO_TEST_CASE(a_body_beyond_the_limit_is_too_large) {
    const auto out = parse(std::string(limits::push_body_bytes + 1, ' '));
    BOOST_REQUIRE(!out);
    BOOST_CHECK(out.error().code == errc::too_large);
}

BOOST_AUTO_TEST_CASE(wild_values_are_accepted) {
    for (const auto* body :
         {R"({"event":"x","uuid":null,"detail":{"a":null,"b":[null,[[]],{}],"c":1.25,"d":-0.0e-9}})",
          R"({"event":"x","histories":[1,2,[3]]})", R"({"event":"x","n":123456789012345678901234567890,"e":1e999})",
          R"({"event":"x","uuid":17,"home_id":4.5,"room_id":true})", R"({"event":7})", "\xEF\xBB\xBF{\"event\":\"x\"}",
          " \r\n{\"event\":\"x\"}\t "}) {
        BOOST_CHECK_MESSAGE(parse(body).has_value(), body);
    }
    BOOST_CHECK_EQUAL(parsed(R"({"event":"x","uuid":17})").device_uuid, "17");
}

BOOST_AUTO_TEST_CASE(forms_are_told_by_their_type_or_by_how_they_begin) {
    const std::string form = "event=batteryAlarm&uuid=u&time=1760000000123&detail=%7B%22battery_level%22%3A9%7D";
    for (const auto* type :
         {"application/x-www-form-urlencoded", "Application/X-WWW-Form-UrlEncoded; charset=utf-8", ""}) {
        const auto read = parsed(form, type);
        BOOST_CHECK_EQUAL(read.device_uuid, "u");
        BOOST_CHECK(std::get<std::vector<lock_event>>(read.content)[0].battery_percent == 9);
        BOOST_CHECK_EQUAL(read.key.order, 1760000000123);
    }
    for (const auto* type : {"application/x-www-form-urlencoded", "", "text/plain", "application/json"}) {
        BOOST_CHECK_EQUAL(parsed(" {\"event\":\"x\"}", type).name, "x");
    }
    const auto result = parsed("service=Password_Add_Service&serviceid=7&result=%7B%22ErrNo%22%3A1000%7D",
                               "application/x-www-form-urlencoded");
    BOOST_CHECK(std::get<command_result>(result.content).ok);
}

BOOST_AUTO_TEST_SUITE_END()
