// lockhub's own methods against the three lock clouds: every method, done and refused; every case has a room of its
// own.
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include "tests/e2e/lockapi_calls.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr const char* until = "2036-01-02 12:00:00";
constexpr std::size_t first_gateway_room = 6;
constexpr std::size_t rooms = 13;
constexpr std::string_view door = "x0001/甲";  // of rm400, at 云柚
constexpr const char* yeeuu_section = R"([[yeeuu]]
account = "yy-main"
base_url = "{yeeuu}"
partner_id = "000000000000000000000001"
secret = "demo-secret"
guest_mobile = "13000000001"
manage_mobile = "13000000002"
operator_mobile = "13000000003"
)";

// rm300 to rm305 have 丁盯 locks, rm306 to rm312 gateway locks, rm400 a door of 云柚's, rm401 none.
installation& hub() {
    static installation at({.rooms = rooms,
                            .cards = true,
                            .pms_extra = yeeuu_section,
                            .sim_arguments = {"--door", std::string(door) + "=B01"}});
    static const bool furnished = [] {
        std::string rows = fmt::format(
            "demopms,H10086,示范酒店,STD,标准间,rm400,400,4,yy-main,{},B01,\n"
            "demopms,H10086,示范酒店,STD,标准间,rm401,401,4,,,,\n",
            door);
        for (std::size_t room = first_gateway_room; room < rooms; ++room) {
            rows += fmt::format("demopms,H10086,示范酒店,STD,标准间,{},{},3,gw-main,{},,\n", at.room_id(room),
                                300 + room, at.rm_id(room));
        }
        at.import_rooms(rows);
        return true;
    }();
    static_cast<void>(furnished);
    return at;
}

// A field of no meaning keeps calls apart from those before.
wire::json_value in_room(const std::string& method, const std::string& room, text_fields fields = {}) {
    static int number = 0;
    fields.emplace_back("roomId", room);
    fields.emplace_back("number", std::to_string(++number));
    return call_with(hub(), method, std::move(fields));
}
wire::json_value in_room(const std::string& method, std::size_t room, text_fields fields = {}) {
    return in_room(method, hub().room_id(room), std::move(fields));
}

text_fields face_of(const std::string& guest) {
    return {{"guestId", guest}, {"face", "/9j/4AAQSkZJRgA="}, {"endTime", until}};
}
text_fields fingerprint_of(const std::string& guest) {
    return {{"guestId", guest}, {"fingerprint", "4f-4e-01-02-03"}, {"endTime", until}};
}

std::string action_of(const wire::json_value& answer) {
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    const std::string action = answer.find("data")->text_of("actionId");
    BOOST_TEST(action.size() == 23U, action);
    return action;
}
std::string result_of(const wire::json_value& answer) {
    return hub().final_codes(action_of(answer));
}

std::int64_t calls_of(const wire::json_value& state, const std::string& name) {
    return state.find("calls")->integer_of(name).value_or(0);
}
std::int64_t gateway_calls(const std::string& name) {
    return calls_of(hub().gateway_state(), name);
}
void gateway_knobs(const std::string& json) {
    hub().gateway_does("knobs", json);
}

std::string action_state_of(const std::string& method) {
    return sql_value(hub().database(), "SELECT state FROM actions WHERE method = '" + method +
                                           "' ORDER BY created_at_ms DESC, action_id DESC LIMIT 1");
}

// The guest's PIN as the lock cloud has it.
wire::json_value pin_at(std::size_t room) {
    const wire::json_value state = hub().cloud_state();
    for (const wire::json_value& lock : state.find("locks")->items()) {
        if (lock.text_of("uuid") != hub().uuid(room)) continue;
        if (!lock.find("passwords")->items().empty()) return lock.find("passwords")->items().front();
    }
    return wire::json_value::parse("{}").value();
}

void set_pin(std::size_t room, const std::string& pin) {
    BOOST_TEST(result_of(in_room("enableGuestPwd", room, {{"pwd", pin}, {"endTime", until}})) == "0");
}

const wire::json_value& yeeuu_door_of(const wire::json_value& state) {
    return state.find("doors")->items().front();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_access_test)

// --- doors

BOOST_AUTO_TEST_CASE(a_door_is_opened_within_the_call_and_no_callback_follows) {
    const auto before = gateway_calls("GatewayOpen");
    const std::string action = action_of(in_room("openDoor", 6));
    BOOST_TEST(gateway_calls("GatewayOpen") == before + 1);
    BOOST_TEST(sql_value(hub().database(), "SELECT state FROM actions WHERE action_id = '" + action + "'") ==
               "succeeded");
    const std::string again = action_of(in_room("openDoor", 6));
    BOOST_TEST(again != action);
    BOOST_TEST(gateway_calls("GatewayOpen") == before + 2);
    BOOST_TEST(!hub().told_of_action(action).has_value());
}

BOOST_AUTO_TEST_CASE(a_door_of_another_cloud_is_opened_the_same_way) {
    action_of(in_room("openDoor", "rm400"));
    const wire::json_value state = hub().yeeuu_state();
    BOOST_TEST(calls_of(state, "remote_action") == 1);
    BOOST_TEST(yeeuu_door_of(state).find("openings")->items().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_door_whose_lock_is_off_line_is_told_to_be_shut) {
    hub().gateway_does("online", fmt::format(R"({{"rm_id":"{}","online":false}})", hub().rm_id(7)));
    const wire::json_value answer = in_room("openDoor", 7);
    BOOST_TEST(code_of(answer) == -1, said(answer));
    BOOST_TEST(answer.text_of("msg") != "");
    BOOST_TEST(action_state_of("openDoor") == "failed");
}

// A door that opens later by itself serves nobody.
BOOST_AUTO_TEST_CASE(an_order_to_open_whose_reply_was_lost_is_never_sent_again) {
    const auto before = gateway_calls("GatewayOpen");
    gateway_knobs(R"({"lose_reply":"1x1","only_verb":"GatewayOpen"})");
    const wire::json_value answer = in_room("openDoor", 8);
    gateway_knobs(R"({"only_verb":""})");
    BOOST_TEST(said(answer) == "-1 门锁服务的应答丢失，门是否打开未知");
    BOOST_TEST(action_state_of("openDoor") == "unverifiable");
    // Whatever else the lock is asked to do comes after it.
    BOOST_TEST(result_of(in_room("enableFace", 8, face_of("guest-7"))) == "0");
    BOOST_TEST(gateway_calls("GatewayOpen") == before + 1);
}

// --- frozen PINs

BOOST_AUTO_TEST_CASE(a_frozen_pin_stays_the_rooms_and_opens_again_when_it_is_unfrozen) {
    set_pin(0, "482913");
    BOOST_TEST(result_of(in_room("freezeGuestPwd", 0)) == "0");
    BOOST_TEST(pin_at(0).text_of("frozen") == "true");
    const wire::json_value frozen = in_room("queryGuestPwd", 0);
    BOOST_TEST(said(frozen) == "0 处理成功（密码已冻结）");
    BOOST_TEST(frozen.find("data")->text_of("pwd") == "482913");
    BOOST_TEST(result_of(in_room("unfreezeGuestPwd", 0)) == "0");
    BOOST_TEST(pin_at(0).text_of("frozen") == "false");
    BOOST_TEST(said(in_room("queryGuestPwd", 0)) == "0 处理成功");
}

BOOST_AUTO_TEST_CASE(a_new_pin_in_place_of_a_frozen_one_opens_and_a_frozen_one_can_be_taken_back) {
    set_pin(1, "482913");
    BOOST_TEST(result_of(in_room("freezeGuestPwd", 1)) == "0");
    set_pin(1, "775533");
    BOOST_TEST(pin_at(1).text_of("digits") == "775533");
    BOOST_TEST(pin_at(1).text_of("frozen") == "false");
    BOOST_TEST(result_of(in_room("freezeGuestPwd", 1)) == "0");
    BOOST_TEST(said(in_room("disableGuestPwd", 1)) == "0 处理成功");
    eventually("the PIN is gone", [] { return pin_at(1).members().empty(); });
    eventually("the hub knows",
               [] { return sql_value(hub().database(), "SELECT COUNT(*) FROM actions WHERE state = 'open'") == "0"; });
    BOOST_TEST(said(in_room("queryGuestPwd", 1)) == "-1 该房间没有有效的客人密码");
}

BOOST_AUTO_TEST_CASE(without_a_pin_there_is_nothing_to_freeze) {
    BOOST_TEST(said(in_room("freezeGuestPwd", 2)) == "-1 该房间没有有效的客人密码");
    BOOST_TEST(said(in_room("unfreezeGuestPwd", 2)) == "-1 该房间没有有效的客人密码");
}

BOOST_AUTO_TEST_CASE(a_freeze_the_lock_fails_on_is_told_as_failed) {
    set_pin(3, "482913");
    hub().cloud_does("knobs", R"({"fail_operation":"1x1"})");
    BOOST_TEST(result_of(in_room("freezeGuestPwd", 3)) == "-1");
    hub().cloud_does("knobs", R"({"fail_operation":"0"})");
    BOOST_TEST(said(in_room("queryGuestPwd", 3)) == "0 处理成功");
}

// --- faces and fingerprints

BOOST_AUTO_TEST_CASE(faces_and_fingerprints_are_put_on_the_lock_and_taken_back_by_guest) {
    const struct {
        const char* enable;
        const char* disable;
        text_fields (*of)(const std::string&);
        const char* upload;
        const char* stop;
    } kinds[] = {
        {"enableFace", "disableFace", face_of, "GatewayUploadFace", "GatewayStopFace"},
        {"enableFingerprint", "disableFingerprint", fingerprint_of, "GatewayUploadFinger", "GatewayStopFinger"}};
    for (const auto& kind : kinds) {
        BOOST_TEST_CONTEXT(kind.enable) {
            const auto uploads = gateway_calls(kind.upload), stops = gateway_calls(kind.stop);
            BOOST_TEST(result_of(in_room(kind.enable, 9, kind.of("guest-7"))) == "0");
            BOOST_TEST(result_of(in_room(kind.enable, 9, kind.of("guest-8"))) == "0");
            BOOST_TEST(gateway_calls(kind.upload) == uploads + 2);

            action_of(in_room(kind.disable, 9, {{"guestId", "guest-7"}}));
            BOOST_TEST(gateway_calls(kind.stop) == stops + 1);
            action_of(in_room(kind.disable, 9, {{"guestId", "guest-7"}}));
            action_of(in_room(kind.disable, 9, {{"guestId", "nobody"}}));
            BOOST_TEST(gateway_calls(kind.stop) == stops + 1, "nothing is left to take back");
            action_of(in_room(kind.disable, 9, {{"guestId", "guest-8"}}));
            BOOST_TEST(gateway_calls(kind.stop) == stops + 2);
        }
    }
}

BOOST_AUTO_TEST_CASE(without_a_guest_everybodys_are_taken_back) {
    for (const char* guest : {"guest-1", "guest-2", "guest-3"})
        BOOST_TEST(result_of(in_room("enableFace", 10, face_of(guest))) == "0");
    BOOST_TEST(result_of(in_room("enableFingerprint", 10, fingerprint_of("guest-1"))) == "0");
    const auto faces = gateway_calls("GatewayStopFace"), fingerprints = gateway_calls("GatewayStopFinger");
    action_of(in_room("disableFace", 10));
    BOOST_TEST(gateway_calls("GatewayStopFace") == faces + 3);
    BOOST_TEST(gateway_calls("GatewayStopFinger") == fingerprints, "fingerprints are no faces");
    action_of(in_room("disableFace", 10));
    BOOST_TEST(gateway_calls("GatewayStopFace") == faces + 3);
}

BOOST_AUTO_TEST_CASE(what_the_lock_refuses_is_told_as_failed_and_a_lost_reply_is_settled) {
    gateway_knobs(R"({"error":"1x1","only_verb":"GatewayUploadFace"})");
    BOOST_TEST(result_of(in_room("enableFace", 11, face_of("guest-7"))) == "-1");
    gateway_knobs(R"({"lose_reply":"1x1","only_verb":"GatewayUploadFinger"})");
    BOOST_TEST(result_of(in_room("enableFingerprint", 11, fingerprint_of("guest-7"))) == "0");
    gateway_knobs(R"({"error":"1x1","only_verb":"GatewayStopFinger"})");
    const wire::json_value refused = in_room("disableFingerprint", 11);
    BOOST_TEST(code_of(refused) == -1, said(refused));
    gateway_knobs(R"({"only_verb":""})");
    action_of(in_room("disableFingerprint", 11));
}

BOOST_AUTO_TEST_CASE(the_same_call_while_its_action_is_open_is_the_same_action) {
    gateway_knobs(R"({"answer_delay_ms":"1500"})");
    const auto uploads = gateway_calls("GatewayUploadFace");
    auto fields = face_of("guest-7");
    fields.emplace_back("roomId", hub().room_id(12));
    const std::string first = action_of(call_with(hub(), "enableFace", fields));
    const std::string second = action_of(call_with(hub(), "enableFace", fields));
    gateway_knobs(R"({"answer_delay_ms":"0"})");
    BOOST_TEST(first == second);
    BOOST_TEST(hub().final_codes(first) == "0");
    BOOST_TEST(gateway_calls("GatewayUploadFace") == uploads + 1);
}

// --- access by mobile number

BOOST_AUTO_TEST_CASE(a_mobile_number_gets_access_and_loses_it) {
    const text_fields access{{"mobile", "13911112222"}, {"guestName", "客人乙"}, {"endTime", until}};
    BOOST_TEST(result_of(in_room("grantAccess", "rm400", access)) == "0");
    const wire::json_value granted = hub().yeeuu_state();
    const auto& grants = yeeuu_door_of(granted).find("grants")->items();
    BOOST_REQUIRE(grants.size() == 1U);
    BOOST_TEST(grants.front().text_of("mobile") == "13911112222");
    BOOST_TEST(grants.front().text_of("name") == "客人乙");
    BOOST_TEST(grants.front().text_of("until") == until);

    action_of(in_room("revokeAccess", "rm400", {{"mobile", "13911112222"}}));
    const wire::json_value revoked = hub().yeeuu_state();
    BOOST_TEST(yeeuu_door_of(revoked).find("grants")->items().empty());
    const auto calls = calls_of(revoked, "delete_auth");
    action_of(in_room("revokeAccess", "rm400", {{"mobile", "13911112222"}}));
    BOOST_TEST(calls_of(hub().yeeuu_state(), "delete_auth") == calls, "nothing is left to take back");
}

BOOST_AUTO_TEST_CASE(access_the_cloud_refuses_is_told_as_failed_and_a_lost_reply_is_settled) {
    const text_fields access{{"mobile", "13911113333"}, {"endTime", until}};
    hub().yeeuu_does("knobs", R"({"error":"1x1","only_method":"auth"})");
    BOOST_TEST(result_of(in_room("grantAccess", "rm400", access)) == "-1");
    hub().yeeuu_does("knobs", R"({"lose_reply":"1x1","only_method":"auth"})");
    BOOST_TEST(result_of(in_room("grantAccess", "rm400", access)) == "0");
    hub().yeeuu_does("knobs", R"({"error":"1x1","only_method":"delete_auth"})");
    BOOST_TEST(code_of(in_room("revokeAccess", "rm400", {{"mobile", "13911113333"}})) == -1);
    hub().yeeuu_does("knobs", R"({"only_method":""})");
    action_of(in_room("revokeAccess", "rm400", {{"mobile", "13911113333"}}));
}

// --- operations and abilities

BOOST_AUTO_TEST_CASE(what_was_done_to_a_lock_is_read_from_its_cloud) {
    set_pin(4, "482913");
    set_pin(4, "775533");
    const auto page = [](const char* number) {
        return in_room(
            "queryOperationLog", 4,
            {{"startTime", "2026-01-01 00:00:00"}, {"endTime", until}, {"pageNum", number}, {"pageSize", "1"}});
    };
    const wire::json_value newest = page("1"), oldest = page("2"), beyond = page("3");
    BOOST_REQUIRE_MESSAGE(code_of(newest) == 0, said(newest));
    const auto row = [](const wire::json_value& answer) {
        return answer.find("data")->find("operationLogList")->items().front();
    };
    BOOST_TEST(row(newest).text_of("operationId") == "20004");
    BOOST_TEST(row(oldest).text_of("operationId") == "20002");
    BOOST_TEST(row(oldest).text_of("roomId") == hub().room_id(4));
    BOOST_TEST(newest.find("data")->text_of("rowCount") == "2");
    BOOST_TEST(beyond.find("data")->find("operationLogList")->items().empty());
}

BOOST_AUTO_TEST_CASE(operations_that_cannot_be_read_are_told_to_be_so) {
    hub().cloud_does("knobs", R"({"error":"1x1","only_verb":"search_device_op_log"})");
    const wire::json_value answer =
        in_room("queryOperationLog", 5,
                {{"startTime", "2026-01-01 00:00:00"}, {"endTime", until}, {"pageNum", "1"}, {"pageSize", "20"}});
    hub().cloud_does("knobs", R"({"error":"0","only_verb":""})");
    BOOST_TEST(code_of(answer) == -1, said(answer));
    BOOST_TEST(answer.text_of("msg").starts_with("未能取得操作记录："));
}

BOOST_AUTO_TEST_CASE(rooms_say_what_they_can_do) {
    const wire::json_value answer = call_with(hub(), "queryRoomAbilities", {{"roomIds", "rm300,rm306,rm400,rm401"}});
    std::string told;
    for (const wire::json_value& room : answer.find("data")->find("roomList")->items()) {
        told += room.text_of("roomId") + ":";
        for (const wire::json_value& ability : room.find("abilities")->items()) told += " " + ability.text();
        told += "\n";
    }
    BOOST_TEST(told ==
               "rm300: guestPwd managePwd freezePwd offlinePwd openDoor face fingerprint roomCard lockState lockLog "
               "operationLog\n"
               "rm306: guestPwd managePwd offlinePwd openDoor face fingerprint roomCard\n"
               "rm400: guestPwd managePwd openDoor access lockLog\n"
               "rm401:\n");
    const wire::json_value all = call_with(hub(), "queryRoomAbilities", {});
    BOOST_TEST(all.find("data")->find("roomList")->items().size() == rooms + 2);
}

BOOST_AUTO_TEST_CASE(a_door_with_two_locks_is_opened_by_the_one_whose_cloud_can) {
    BOOST_TEST(said(in_room("openDoor", 0)) == "0 处理成功");
    BOOST_TEST(hub().gateway_state().find("calls")->integer_of("GatewayOpen").value_or(0) > 0);
}

BOOST_AUTO_TEST_CASE(what_a_rooms_lock_cannot_do_is_refused_with_the_room) {
    const text_fields access{{"mobile", "13911112222"}, {"endTime", until}};
    const struct {
        const char* method;
        const char* room;
        text_fields fields;
    } cases[] = {{"freezeGuestPwd", "rm306", {}},
                 {"unfreezeGuestPwd", "rm400", {}},
                 {"enableFace", "rm400", face_of("guest-7")},
                 {"disableFace", "rm400", {}},
                 {"enableFingerprint", "rm400", fingerprint_of("guest-7")},
                 {"disableFingerprint", "rm400", {}},
                 {"grantAccess", "rm306", access},
                 {"revokeAccess", "rm300", access},
                 {"queryOperationLog",
                  "rm400",
                  {{"startTime", "2026-01-01 00:00:00"}, {"endTime", until}, {"pageNum", "1"}, {"pageSize", "20"}}}};
    for (const auto& one : cases) {
        BOOST_TEST(said(in_room(one.method, std::string(one.room), one.fields)) ==
                       fmt::format("-8105 无直连门锁服务：房间 {} 的门锁不支持此操作", one.room),
                   one.method);
        BOOST_TEST(said(in_room(one.method, std::string("rm401"), one.fields)) ==
                       "-8105 无直连门锁服务：房间 rm401 未绑定门锁",
                   one.method);
    }
}

BOOST_AUTO_TEST_SUITE_END()
