// lockhub's own methods: doors, frozen PINs, faces, fingerprints, access by mobile number, operations, abilities.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "tests/integration/lockapi_world.hpp"

using namespace lockhub;
using namespace std::chrono_literals;
using test::lockapi_world;

namespace {

const simulators::text_fields face{
    {"guestId", "guest-7"}, {"face", "/9j/4AAQSkZJRgA="}, {"endTime", "2026-11-24 12:00:00"}};
const simulators::text_fields fingerprint{
    {"guestId", "guest-7"}, {"fingerprint", "4f-4e-01-02-03"}, {"endTime", "2026-11-24 12:00:00"}};
const simulators::text_fields of_a_phone{{"mobile", "13000000007"}, {"endTime", "2026-11-24 12:00:00"}};
const simulators::text_fields range{
    {"startTime", "2026-11-21 00:00:00"}, {"endTime", "2026-11-24 00:00:00"}, {"pageNum", "1"}, {"pageSize", "20"}};

struct hotel : lockapi_world {
    using lockapi_world::lockapi_world;

    answered in_room(const std::string& method, const std::string& room, simulators::text_fields fields = {}) {
        fields.emplace_back("roomId", room);
        fields.emplace_back("operatorGuid", "op-" + std::to_string(++calls_));  // keeps calls apart
        return call(method, std::move(fields));
    }
    void set_pins(int count) {
        for (int i = 0; i < count; ++i) {
            in_room("enableGuestPwd", "rm301", {{"pwd", std::to_string(482'913 + i)}});
            run_for(2s);
        }
    }
    answered operations(int page, int size) {
        return in_room("queryOperationLog", "rm301",
                       {{"startTime", "2026-11-21 00:00:00"},
                        {"endTime", "2026-11-24 00:00:00"},
                        {"pageNum", std::to_string(page)},
                        {"pageSize", std::to_string(size)}});
    }

  private:
    int calls_ = 0;
};

struct method_call {
    const char* method;
    simulators::text_fields fields;
};
const std::vector<method_call> in_a_room{{"openDoor", {}},
                                         {"freezeGuestPwd", {}},
                                         {"unfreezeGuestPwd", {}},
                                         {"enableFace", face},
                                         {"disableFace", {}},
                                         {"enableFingerprint", fingerprint},
                                         {"disableFingerprint", {}},
                                         {"grantAccess", of_a_phone},
                                         {"revokeAccess", of_a_phone},
                                         {"queryOperationLog", range}};

// What `member` says in each row.
std::string each(const wire::json_value& rows, const std::string& member) {
    std::string out;
    for (const auto& row : rows.items()) out += (out.empty() ? "" : " ") + row.text_of(member);
    return out;
}

std::string abilities(const lockapi_world::answered& answer) {
    std::string out;
    for (const auto& room : answer.data().find("roomList")->items()) {
        out += (out.empty() ? "" : "; ") + room.text_of("roomId") + ":";
        for (const auto& ability : room.find("abilities")->items()) out += " " + ability.text();
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_access_test)

BOOST_FIXTURE_TEST_CASE(a_room_without_a_lock_and_one_nobody_knows_are_named, hotel) {
    for (const auto& [method, fields] : in_a_room) {
        BOOST_TEST(
            in_room(method, "rm303", fields).body == R"({"code":-8105,"msg":"无直连门锁服务：房间 rm303 未绑定门锁"})",
            method);
        BOOST_TEST(
            in_room(method, "rm999", fields).body == R"({"code":-8105,"msg":"无直连门锁服务：房间 rm999 不在目录中"})",
            method);
        run_for(1s);
    }
}

BOOST_FIXTURE_TEST_CASE(what_a_rooms_lock_cloud_cannot_do_is_answered_with_the_room, hotel) {
    for (const auto& [method, fields] : in_a_room) {
        const std::string name = method;
        const bool of_dingding = name.contains("freeze") || name == "queryOperationLog";
        const std::string room = of_dingding ? "rm302" : "rm304";
        BOOST_TEST(in_room(name, room, fields).body ==
                       R"({"code":-8105,"msg":"无直连门锁服务：房间 )" + room + R"( 的门锁不支持此操作"})",
                   name);
    }
    BOOST_TEST(in_room("grantAccess", "rm302", of_a_phone).code() == -8105);
}

BOOST_FIXTURE_TEST_CASE(what_the_password_lock_cannot_do_is_done_by_the_card_lock_of_the_same_door, hotel) {
    BOOST_TEST(in_room("openDoor", "rm301").code() == 0);
    BOOST_TEST(box.find_room(gate_301)->opened_remotely == 1U);
    BOOST_TEST(in_room("enableFace", "rm301", face).code() == 0);
    run_for(2s);
    BOOST_TEST(box.find_room(gate_301)->faces.by_number.size() == 1U);
    BOOST_TEST(in_room("disableFace", "rm301").code() == 0);
    BOOST_TEST(box.find_room(gate_301)->faces.by_number.empty());
}

BOOST_FIXTURE_TEST_CASE(fields_of_their_own_have_codes_of_their_own, hotel) {
    BOOST_TEST(in_room("enableFace", "rm302").message() == "缺少参数 guestId");
    BOOST_TEST(in_room("enableFace", "rm302", {{"guestId", "g"}}).message() == "缺少参数 face");
    BOOST_TEST(in_room("enableFace", "rm302", {{"guestId", "g"}, {"face", "/9j/"}}).code() == -1010);
    auto bad = face;
    bad[1].second = "R0lGODlh";
    BOOST_TEST(in_room("enableFace", "rm302", bad).body ==
               R"({"code":-9002,"msg":"参数 face 必须为 JPEG 或 PNG 图片的 base64"})");
    BOOST_TEST(in_room("revokeAccess", "rm302").message() == "缺少参数 mobile");
}

// --- operations

BOOST_FIXTURE_TEST_CASE(operations_are_asked_of_the_lock_cloud_and_come_newest_first, hotel) {
    set_pins(2);
    const auto answer = operations(1, 20);
    BOOST_TEST(answer.code() == 0, answer.body);
    const auto& rows = *answer.data().find("operationLogList");
    BOOST_TEST(each(rows, "operationId") == "20004 20002");
    BOOST_TEST(answer.data().text_of("rowCount") == "2");
    const auto& first = rows.items().back();
    BOOST_TEST(first.text_of("roomId") == "rm301");
    BOOST_TEST(first.text_of("operatorName") == "sim operator");
    BOOST_TEST(first.text_of("target").starts_with("room 301 password "), first.text_of("target"));
    BOOST_TEST(first.text_of("createTime") < rows.items().front().text_of("createTime"));
    BOOST_TEST(cloud.calls("search_device_op_log") == 1U);
}

BOOST_FIXTURE_TEST_CASE(operations_come_in_pages, hotel) {
    set_pins(5);
    BOOST_TEST(each(*operations(1, 2).data().find("operationLogList"), "operationId") == "20004 20004");
    BOOST_TEST(each(*operations(3, 2).data().find("operationLogList"), "operationId") == "20002");
    const auto beyond = operations(4, 2);
    BOOST_TEST(beyond.data().find("operationLogList")->items().empty());
    BOOST_TEST(beyond.data().text_of("rowCount") == "5");
}

BOOST_FIXTURE_TEST_CASE(the_whole_range_is_asked_for_page_by_page_within_a_bound, hotel) {
    auto& lock = *cloud.find_lock(lock_301);
    const auto fill = [&](std::size_t count) {
        lock.operations.clear();
        for (std::size_t i = 0; i < count; ++i) {
            simulators::lock_operation one;
            one.at_ms = to_unix_ms(time.now()) - static_cast<std::int64_t>(count - i) * 1000;
            one.op_id = std::to_string(i);
            lock.operated(std::move(one));
        }
    };
    fill(150);
    const auto whole = operations(1, 20);
    BOOST_TEST(whole.data().text_of("rowCount") == "150");
    BOOST_TEST(whole.message() == "处理成功");
    BOOST_TEST(cloud.calls("search_device_op_log") == 2U);
    fill(limits::log_pages * limits::log_page_openings + 50);
    const auto much = operations(1, 1);
    BOOST_TEST(much.data().text_of("rowCount") == "1000");
    BOOST_TEST(much.message() == "处理成功（操作记录较多，仅取得其中一部分，请缩小查询时间范围）");
    BOOST_TEST(each(*much.data().find("operationLogList"), "operationId") == "1049");
    BOOST_TEST(cloud.calls("search_device_op_log") == 2U + limits::log_pages);
}

BOOST_FIXTURE_TEST_CASE(operations_of_another_time_are_not_told, hotel) {
    set_pins(1);
    const auto answer = in_room("queryOperationLog", "rm301",
                                {{"startTime", "2026-11-20 00:00:00"},
                                 {"endTime", "2026-11-21 00:00:00"},
                                 {"pageNum", "1"},
                                 {"pageSize", "20"}});
    BOOST_TEST(answer.body == R"({"code":0,"msg":"处理成功","data":{"operationLogList":[],"rowCount":0}})");
}

BOOST_FIXTURE_TEST_CASE(operations_that_cannot_be_had_are_no_empty_list, hotel) {
    cloud.knobs.error.chance = 1;
    const auto refused = operations(1, 20);
    BOOST_TEST(refused.code() == -1);
    BOOST_TEST(refused.message().starts_with("未能取得操作记录："), refused.message());
    cloud.knobs.error.chance = 0;
    intercept = [](const wire::http_request& request) -> std::optional<test::scripted_answer> {
        if (!request.url.contains("search_device_op_log")) return std::nullopt;
        return test::never_answer();
    };
    const auto begun_at = time.now();
    const auto late = operations(1, 20);
    BOOST_TEST((late.code() == -1 || late.code() == -4002), late.body);
    BOOST_TEST((late.at - begun_at <= limits::lockapi_request_timeout));
}

BOOST_FIXTURE_TEST_CASE(queries_about_an_unknown_hotel_answer_2000, hotel) {
    const std::string expected = R"({"code":-2000,"msg":"没有进行酒店级渠道匹配"})";
    auto fields = range;
    fields.emplace_back("hotelNo", "H404");
    BOOST_TEST(in_room("queryOperationLog", "rm301", fields).body == expected);
    BOOST_TEST(call("queryRoomAbilities", {{"hotelNo", "H404"}}).body == expected);
}

// --- abilities

BOOST_FIXTURE_TEST_CASE(abilities_are_those_of_both_locks_of_a_room, hotel) {
    const auto some = call("queryRoomAbilities", {{"roomIds", "rm304,rm301,rm303,rm999"}});
    BOOST_TEST(some.data().text_of("hotelNo") == "H10086");
    BOOST_TEST(abilities(some) ==
               "rm301: guestPwd managePwd freezePwd offlinePwd openDoor face fingerprint roomCard lockState lockLog "
               "operationLog; rm303:; "
               "rm304: guestPwd managePwd freezePwd offlinePwd lockState lockLog operationLog");
}

BOOST_FIXTURE_TEST_CASE(without_rooms_named_every_room_of_the_hotel_is_told, hotel) {
    const auto all = call("queryRoomAbilities", {});
    BOOST_TEST(each(*all.data().find("roomList"), "roomId") == "rm301 rm302 rm303 rm304");
}

// A room says what it can do, and only that is not refused for want of a lock cloud that can.
BOOST_FIXTURE_TEST_CASE(what_is_no_ability_is_refused_and_what_is_one_is_not, hotel) {
    const std::pair<const char*, method_call> calls[] = {
        {"openDoor", {"openDoor", {}}},
        {"freezePwd", {"freezeGuestPwd", {}}},
        {"face", {"disableFace", {}}},
        {"fingerprint", {"disableFingerprint", {}}},
        {"access", {"revokeAccess", of_a_phone}},
        {"operationLog", {"queryOperationLog", range}},
    };
    const auto all = call("queryRoomAbilities", {});
    for (const auto& room : all.data().find("roomList")->items()) {
        for (const auto& [ability, one] : calls) {
            const auto able = room.find("abilities")->items();
            const bool named = std::ranges::find(able, ability, &wire::json_value::text) != able.end();
            const auto answer = in_room(one.method, room.text_of("roomId"), one.fields);
            BOOST_TEST((answer.code() != -8105) == named, room.text_of("roomId") << " " << ability << answer.body);
            run_for(1s);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
