#include "tests/simulators/yeeuu_cloud.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/yeeuu/cloud.hpp"
#include "schemas/yeeuu/openings.hpp"
#include "schemas/yeeuu/reply.hpp"
#include "schemas/yeeuu/requests.hpp"
#include "tests/simulators/signatures.hpp"

using namespace lockhub;
using namespace lockhub::simulators;
using yeeuu::api_reply;
using outcome = yeeuu::api_reply::outcome;

namespace {

const time_point noon = *parse_china_time("2026-11-22 12:00:00");

// One partner with one apartment of two doors, called by the codec the hub uses.
struct partner {
    yeeuu_cloud cloud{{}};
    yeeuu::account_settings account{.account = account_id("yy-main"),
                                    .base_url = "",
                                    .partner_id = cloud.registration().partner_id,
                                    .key = secret(cloud.registration().secret),
                                    .guest_mobile = "13000000001",
                                    .manage_mobile = "13000000002",
                                    .operator_mobile = "13000000003"};
    yeeuu::place room{"B01", {"x0001", "甲"}};
    time_point now = noon;
    random_source random{7};
    std::string nonce;
    int nonces = 0;

    partner() {
        cloud.add_door("x0001", "B01");
        cloud.add_door("x0001/甲", "B01");
    }

    yeeuu::signing sign() {
        nonce = "n" + std::to_string(++nonces);
        return {now, nonce};
    }
    std::optional<wire::http_response> send(const wire::http_request& request) {
        return cloud.handle(request, now, random).response;
    }
    api_reply call(const wire::http_request& request) {
        const auto response = send(request);
        BOOST_REQUIRE(response);
        return yeeuu::read_reply(*response, {});
    }
    yeeuu::grant grant(std::string mobile = "13000000001") const {
        return {.from = noon,
                .until = noon + std::chrono::hours(24),
                .author = "管家",
                .holder_name = "action-1",
                .holder_mobile = std::move(mobile)};
    }
    wire::http_request set_pin(const char* digits, std::string mobile = "13000000001") {
        return yeeuu::generate_password(account, sign(), room, grant(std::move(mobile)), secret(digits));
    }
    bool opens(const char* digits, const char* lock = "x0001/甲") { return cloud.open_by_pin(lock, digits, now).opens; }
    std::vector<reported_opening> log(std::size_t page, std::size_t size) {
        return yeeuu::read_openings(call(yeeuu::get_device_logs(account, sign(), room.door, {page, size})).body);
    }
    void turn(std::string_view assignment) { BOOST_REQUIRE(cloud.board().set_assignment(assignment)); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(yeeuu_simulator_test, partner)

BOOST_AUTO_TEST_CASE(its_token_is_the_one_of_the_public_example) {
    BOOST_CHECK_EQUAL(yeeuu_token("1760000000", "madeUp8x", "83920174"), "730149e6af1c126e98e838197853b9d750ea98bd");
}

BOOST_AUTO_TEST_CASE(a_pin_opens_its_door_alone_until_it_ends_or_is_removed) {
    BOOST_CHECK(call(set_pin("482913")).kind == outcome::done);
    BOOST_CHECK(opens("482913"));
    BOOST_CHECK(!opens("482913", "x0001"));
    BOOST_CHECK(!opens("482914"));
    now = noon + std::chrono::hours(25);
    BOOST_CHECK(!opens("482913"));
    now = noon;
    BOOST_CHECK(call(yeeuu::remove_password(account, sign(), room, "13000000001")).kind == outcome::done);
    BOOST_CHECK(!opens("482913"));
    BOOST_CHECK(call(yeeuu::remove_password(account, sign(), room, "13000000001")).kind == outcome::done);
}

BOOST_AUTO_TEST_CASE(a_number_has_one_pin_a_door_and_two_numbers_have_two) {
    call(set_pin("111111"));
    call(set_pin("222222"));
    call(set_pin("333333", "13000000002"));
    BOOST_CHECK(!opens("111111"));
    BOOST_CHECK(opens("222222"));
    BOOST_CHECK(opens("333333"));
    BOOST_CHECK_EQUAL(cloud.times_sent("action-1"), 3U);
}

BOOST_AUTO_TEST_CASE(a_wrong_signature_of_any_kind_is_a_token_error) {
    const auto refused = [&](const wire::http_request& request) {
        return call(request).kind == outcome::token_refused;
    };
    auto stranger = account;
    stranger.key = secret("other");
    BOOST_CHECK(refused(yeeuu::remove_password(stranger, sign(), room, "1")));
    stranger = account;
    stranger.partner_id = "other";
    BOOST_CHECK(refused(yeeuu::remove_password(stranger, sign(), room, "1")));
    const auto once = set_pin("482913");
    BOOST_CHECK(!refused(once));
    BOOST_CHECK_MESSAGE(refused(once), "the same nonce again");
    turn("nonce_reuse=allow");
    BOOST_CHECK(!refused(once));
    now = noon + std::chrono::minutes(6);
    BOOST_CHECK_MESSAGE(refused(once), "an old timestamp");
    turn("timestamp_window_ms=0");
    BOOST_CHECK(!refused(once));
}

BOOST_AUTO_TEST_CASE(apartments_come_by_synchronization_and_a_bad_list_changes_nothing) {
    yeeuu::apartment entry{
        .building_id = "B02", .code = "x0002", .door = "乙", .type = yeeuu::door_type::inner, .name = "2501"};
    yeeuu::apartment nameless = entry;
    nameless.name.clear();
    BOOST_CHECK(call(yeeuu::synchronize_apartments(account, sign(), {entry, nameless})).kind == outcome::refused);
    BOOST_CHECK(!cloud.find_door("x0002/乙"));
    BOOST_CHECK(call(yeeuu::synchronize_apartments(account, sign(), {entry})).kind == outcome::done);
    BOOST_REQUIRE(cloud.find_door("x0002/乙"));
    BOOST_CHECK_EQUAL(cloud.find_door("x0002/乙")->building_id, "B02");
    cloud.find_door("x0002/乙")->online = false;
    BOOST_CHECK(call(yeeuu::synchronize_apartments(account, sign(), {entry})).kind == outcome::done);
    BOOST_CHECK(!cloud.find_door("x0002/乙")->online);
}

BOOST_AUTO_TEST_CASE(a_list_takes_the_place_of_the_one_before) {
    const yeeuu::apartment one{.building_id = "B02", .code = "x0002", .name = "2501"};
    const yeeuu::apartment other{.building_id = "B02", .code = "x0003", .name = "2502"};
    BOOST_CHECK(call(yeeuu::synchronize_apartments(account, sign(), {one})).kind == outcome::done);
    BOOST_CHECK(call(yeeuu::synchronize_apartments(account, sign(), {other})).kind == outcome::done);
    BOOST_CHECK(!cloud.find_door("x0002"));
    BOOST_CHECK(cloud.find_door("x0003"));
    BOOST_CHECK(cloud.find_door("x0001"));  // never part of a list
}

BOOST_AUTO_TEST_CASE(every_opening_is_in_the_log_page_by_page) {
    call(set_pin("482913"));
    for (int minute = 0; minute < 3; ++minute) {
        BOOST_CHECK(opens("482913"));
        now += std::chrono::minutes(1);
    }
    BOOST_CHECK(call(yeeuu::remote_action(account, sign(), room, "13000000003")).kind == outcome::done);
    const auto first = log(1, 3);
    BOOST_REQUIRE_EQUAL(first.size(), 3U);
    BOOST_CHECK_EQUAL(first[0].source_id, "13000000003");
    BOOST_CHECK_EQUAL(first[1].source, 2);
    BOOST_CHECK(first[1].occurred_at == noon + std::chrono::minutes(2));
    BOOST_CHECK_EQUAL(log(2, 3).size(), 1U);
    BOOST_CHECK(log(3, 3).empty());
    const auto count = call(yeeuu::get_device_logs_page_count(account, sign(), room.door, {1, 3}));
    BOOST_CHECK(yeeuu::read_page_count(count.body) == 2);
    turn("log_order=oldest");
    BOOST_CHECK(log(1, 3)[0].occurred_at == noon);
}

BOOST_AUTO_TEST_CASE(who_opens_from_afar_may_need_a_grant) {
    turn("remote=granted");
    const auto open = [&] { return call(yeeuu::remote_action(account, sign(), room, "13900000000")).kind; };
    BOOST_CHECK(open() == outcome::refused);
    BOOST_CHECK(call(yeeuu::auth(account, sign(), room, grant("13900000000"))).kind == outcome::done);
    BOOST_CHECK(open() == outcome::done);
    BOOST_CHECK(call(yeeuu::delete_auth(account, sign(), room, "13900000000")).kind == outcome::done);
    BOOST_CHECK(open() == outcome::refused);
}

BOOST_AUTO_TEST_CASE(a_door_off_line_refuses_or_stays_silent) {
    cloud.find_door("x0001/甲")->online = false;
    BOOST_CHECK_EQUAL(call(set_pin("482913")).message, "门锁离线");
    BOOST_CHECK(call(yeeuu::auth(account, sign(), room, grant())).kind == outcome::done);
    turn("offline=silent");
    BOOST_CHECK(!send(set_pin("482913")));
}

BOOST_AUTO_TEST_CASE(each_fault_does_what_it_says) {
    turn("drop=1x1");
    BOOST_CHECK(!send(set_pin("111111")));
    turn("lose_reply=1x1");
    BOOST_CHECK(!send(set_pin("222222")));
    BOOST_CHECK(!opens("111111"));
    BOOST_CHECK(opens("222222"));
    turn("lie=1x1");
    BOOST_CHECK(call(set_pin("333333")).kind == outcome::done);
    BOOST_CHECK(!opens("333333"));
    turn("html=1x1");
    BOOST_CHECK(call(set_pin("444444")).kind == outcome::unavailable);
    BOOST_CHECK(opens("444444"));
    turn("server_error=1x1");
    BOOST_CHECK(call(set_pin("555555")).kind == outcome::unavailable);
    turn("error=1x1");
    BOOST_CHECK_EQUAL(call(set_pin("555555")).message, "操作失败");
    turn("only_method=auth");
    turn("drop=1");
    BOOST_CHECK(call(set_pin("666666")).kind == outcome::done);
    turn("quotes=typographic");
    const auto spoken = send(set_pin("777777"));
    BOOST_CHECK_EQUAL(spoken->body, "{“success”:true,“desc”:“操作成功”}");
}

BOOST_AUTO_TEST_CASE(what_the_document_does_not_have_is_refused) {
    auto request = set_pin("482913");
    request.method = "GET";
    BOOST_CHECK(call(request).kind == outcome::refused);
    request = set_pin("482913");
    request.headers = {{"Content-Type", "application/json"}};
    BOOST_CHECK(call(request).kind == outcome::refused);
    request = set_pin("482913");
    request.url = "/apartments/x0002/generate_password";
    BOOST_CHECK_EQUAL(call(request).message, "参数错误: code");
    for (const auto* url : {"/apartments/x0001/open", "/apartments/generate_password", "/v1/locks", "/"}) {
        request.url = url;
        BOOST_CHECK_EQUAL(send(request)->status, 404);
    }
    room.building_id = "B09";
    BOOST_CHECK_EQUAL(call(set_pin("482913")).message, "参数错误: buildingId");
    room.door.inner = "丙";
    BOOST_CHECK_EQUAL(call(set_pin("482913")).message, "房源不存在");
    BOOST_CHECK_EQUAL(call(yeeuu::get_device_logs(account, sign(), {"x0001", ""}, {0, 10})).message,
                      "参数错误: page, pageSize");
}

BOOST_AUTO_TEST_CASE(a_cloud_that_is_started_again_remembers_its_pins) {
    call(set_pin("482913"));
    yeeuu_cloud later{{}};
    later.restore(wire::json_value::parse(cloud.state_json()).value());
    BOOST_CHECK(later.open_by_pin("x0001/甲", "482913", now).opens);
}

BOOST_FIXTURE_TEST_CASE(a_phone_that_was_granted_access_opens_the_door_and_is_in_its_log_with_its_type, partner) {
    const char* mobile = "13900000000";
    const auto open = [&](yeeuu_opened_by by) { return cloud.open_by_phone("x0001/甲", mobile, by, now); };
    BOOST_CHECK(!open(yeeuu_opened_by::app).opens);
    BOOST_CHECK(call(yeeuu::auth(account, sign(), room, grant(mobile))).kind == outcome::done);
    BOOST_CHECK(open(yeeuu_opened_by::wechat).opens);
    now += std::chrono::minutes(1);
    BOOST_CHECK(open(yeeuu_opened_by::app).opens);
    BOOST_CHECK(!cloud.open_by_phone("x0001", mobile, yeeuu_opened_by::app, now).opens);
    const auto openings = log(1, 10);
    BOOST_REQUIRE_EQUAL(openings.size(), 2U);
    BOOST_CHECK_EQUAL(openings[0].source, opened_remotely + 2);
    BOOST_CHECK_EQUAL(openings[1].source, opened_remotely + 1);
    BOOST_CHECK_EQUAL(openings[0].source_id, mobile);
    now += std::chrono::hours(48);
    BOOST_CHECK_EQUAL(open(yeeuu_opened_by::app).why, "not valid any more");
    now = noon;
    BOOST_CHECK(call(yeeuu::delete_auth(account, sign(), room, mobile)).kind == outcome::done);
    BOOST_CHECK(!open(yeeuu_opened_by::app).opens);
    BOOST_CHECK_EQUAL(log(1, 10).size(), 2U);
}

BOOST_AUTO_TEST_SUITE_END()
