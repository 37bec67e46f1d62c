#include <boost/test/unit_test.hpp>

#include "schemas/dingding/cloud.hpp"
#include "schemas/wire/json_value.hpp"

using namespace lockhub;
using namespace lockhub::dingding;

namespace {

using enum command_verb;

const time_point now = from_unix_ms(1760000000500);
const access_token token{secret("token-1"), now};

std::unique_ptr<lock_cloud> make() {
    return make_cloud({.account = account_id("dd-main"),
                       .event_url = "https://hub.example.com/e",
                       .result_url = "https://hub.example.com/r",
                       .sign = sign_policy::required,
                       .base_url = "https://lockapi.example.com/openapi/v1",
                       .client_id = "demo",
                       .client_secret = secret("demo-secret")});
}

vendor_command command(command_verb verb) {
    vendor_command out;
    out.verb = verb;
    out.lock_uuid = "uuid-1";
    out.cloud_home_id = "home-1";
    out.page = {.from = from_unix_ms(1760000000999), .until = from_unix_ms(1760600000001), .offset = 100, .count = 50};
    return out;
}

command_reply replied(command_verb verb, const std::string& members) {
    return make()->decode(command(verb), {.status = 200, .headers = {}, .body = R"({"ErrNo":0)" + members + "}"}, now);
}

command_facts facts(command_verb verb, const std::string& members) {
    const auto reply = replied(verb, members);
    BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::done>(reply), members);
    return std::get<reply::done>(reply).facts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(readings_test)

BOOST_AUTO_TEST_CASE(a_dynamic_pin_comes_with_its_end_in_seconds_or_milliseconds) {
    for (const std::string stamp : {"1760003600", "1760003600000", "\"1760003600\""}) {
        const auto read = facts(read_dynamic_pin, R"(,"password":"135790","invalid_time":)" + stamp);
        BOOST_CHECK_EQUAL(read.pin.reveal(), "135790");
        BOOST_CHECK(read.pin_valid_until == from_unix_ms(1760003600000));
    }
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(read_dynamic_pin, "")));
}

BOOST_AUTO_TEST_CASE(lock_info_tells_line_battery_and_signal_where_they_are_known) {
    BOOST_CHECK(facts(read_lock, R"(,"onoff_line":1,"power":88)").online == true);
    BOOST_CHECK(facts(read_lock, R"(,"onoff_line":"2","power":"88")").online == false);
    BOOST_CHECK(facts(read_lock, R"(,"onoff_line":"2","power":"88")").battery_percent == 88);
    BOOST_CHECK(!facts(read_lock, R"(,"power":-1)").battery_percent);
    BOOST_CHECK(!facts(read_lock, R"(,"onoff_line":7)").online);
    BOOST_CHECK(!facts(read_lock, "").signal_percent);
}

BOOST_AUTO_TEST_CASE(the_signal_is_a_link_quality_of_0_to_255) {
    for (const auto& [lqi, percent] : {std::pair{"0", 0}, {"\"128\"", 50}, {"254", 99}, {"255", 100}}) {
        BOOST_CHECK_MESSAGE(facts(read_lock, R"(,"lqi":)" + std::string(lqi)).signal_percent == percent, lqi);
    }
    for (const std::string lqi : {"-1", "256", "null", "\"x\""}) {
        BOOST_CHECK_MESSAGE(!facts(read_lock, R"(,"lqi":)" + lqi).signal_percent, lqi);
    }
}

BOOST_AUTO_TEST_CASE(a_log_is_asked_for_by_page_in_whole_seconds_around_the_range) {
    const auto request = make()->encode(command(read_log), token, now, "");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->method, "GET");
    BOOST_CHECK_EQUAL(request->url,
                      "https://lockapi.example.com/openapi/v1/get_lock_events?access_token=token-1&uuid=uuid-1"
                      "&offset=100&count=50&start_time=1760000000&end_time=1760600001");
    auto as_many_as_it_gives = command(read_log);
    as_many_as_it_gives.page.count = 0;
    BOOST_CHECK(make()->encode(as_many_as_it_gives, token, now, "")->url.find("count=") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(openings_come_in_milliseconds_under_either_spelling_in_a_list_or_an_object) {
    const reported_opening opening{
        .occurred_at = from_unix_ms(1760000000123), .source = 2, .source_id = "1001", .source_name = "租客乙"};
    const std::string head = R"({"time":1760000000123,"eventid":1,"source":2,"source_name":"租客乙",)";
    for (const auto& events :
         {"[" + head + R"("sourceid":1001}])", "[" + head + R"("sourcid":"1001"}])",
          R"({"0":)" + head + R"("sourceid":"1001"}})", head + R"("sourceid":1001})",
          std::string(
              R"([{"time":"1760000000123","source":"2","source_name":"租客乙","sourceid":"1001"},{"eventid":1},7])")}) {
        const auto openings = facts(read_log, R"(,"lock_events":)" + events).openings;
        BOOST_REQUIRE_EQUAL(openings.size(), 1U);
        BOOST_CHECK_MESSAGE(openings[0] == opening, events);
    }
}

BOOST_AUTO_TEST_CASE(other_events_of_the_log_are_no_openings) {
    BOOST_CHECK(
        facts(read_log, R"(,"lock_events":[{"time":1760000000123,"eventid":21,"stream":[2,2]}])").openings.empty());
    BOOST_CHECK(facts(read_log, R"(,"lock_events":[])").openings.empty());
    BOOST_CHECK(facts(read_log, R"(,"lock_events":null)").openings.empty());
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(read_log, "")));
}

// Section 7.3 takes a uuid, which it calls the gateway's, before a room.
BOOST_AUTO_TEST_CASE(the_operation_log_is_asked_for_by_room_and_by_lock_where_no_room_is_known) {
    auto of_a_room = command(read_operation_log);
    of_a_room.cloud_room_id = "room-1";
    const std::string page = "&offset=100&count=50&start_time=1760000000&end_time=1760600001";
    const std::string head = "https://lockapi.example.com/openapi/v1/search_device_op_log?access_token=token-1";
    const auto request = make()->encode(of_a_room, token, now, "");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->method, "GET");
    BOOST_CHECK_EQUAL(request->url, head + "&home_id=home-1&room_id=room-1" + page);
    BOOST_CHECK_EQUAL(make()->encode(command(read_operation_log), token, now, "")->url, head + "&uuid=uuid-1" + page);
    auto of_nothing = command(read_operation_log);
    of_nothing.lock_uuid.clear();
    BOOST_CHECK(make()->encode(of_nothing, token, now, "").error().code == errc::invalid_input);
    BOOST_CHECK(make()->traits().verbs.has(read_operation_log));
}

BOOST_AUTO_TEST_CASE(an_operation_says_who_did_what_to_what_for_whom) {
    const std::string whole = R"({"op_id":"20002","operator":{"id":"7","name":"小甲"},)"
                              R"("holder":{"id":"h1","name":"示范公寓","type":"home"},)"
                              R"("target":{"id":"room-1","name":"301","type":"room"},)"
                              R"("recipient":{"id":"8","name":"小K"},"timestamp":1760000000123,"result":0,"fresh":{}})";
    const reported_operation one{.occurred_at = from_unix_ms(1760000000123),
                                 .operation = "20002",
                                 .operator_name = "小甲",
                                 .target = "home 示范公寓 room 301",
                                 .recipient = "小K"};
    for (const auto& list : {"[" + whole + "]", R"({"0":)" + whole + "}", whole, "[7,null,{}," + whole + "]"}) {
        const auto operations = facts(read_operation_log, R"(,"op_list":)" + list).operations;
        BOOST_REQUIRE_EQUAL(operations.size(), 1U);
        BOOST_CHECK_MESSAGE(operations[0] == one, list);
    }
}

BOOST_AUTO_TEST_CASE(an_operation_may_lack_names_types_and_a_recipient) {
    const reported_operation one{.occurred_at = from_unix_ms(1760000000000),
                                 .operation = "20006",
                                 .operator_name = "7",
                                 .target = "1001",
                                 .recipient = ""};
    for (const auto* entry : {R"({"op_id":20006,"operator":{"id":7},"target":{"id":"1001"},"timestamp":1760000000})",
                              R"({"op_id":"20006","operator":"7","target":"1001","timestamp":"1760000000000"})",
                              R"({"op_id":"20006","operator":{"id":"7","name":""},"holder":null,"recipient":null,)"
                              R"("target":{"name":"1001"},"timestamp":1760000000})"}) {
        const auto operations = facts(read_operation_log, R"(,"op_list":[)" + std::string(entry) + "]").operations;
        BOOST_REQUIRE_EQUAL(operations.size(), 1U);
        BOOST_CHECK_MESSAGE(operations[0] == one, entry);
    }
}

BOOST_AUTO_TEST_CASE(an_operation_without_a_time_is_left_out_and_an_answer_without_a_list_asked_for_again) {
    for (const auto* list : {"[]", "null", R"([{"op_id":"20002"}])", R"([{"op_id":"20002","timestamp":-1}])", "7"}) {
        BOOST_CHECK_MESSAGE(facts(read_operation_log, R"(,"op_list":)" + std::string(list)).operations.empty(), list);
    }
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(read_operation_log, "")));
}

BOOST_AUTO_TEST_CASE(devices_are_asked_for_by_home_under_the_documents_name_and_todays) {
    const auto request = make()->encode(command(list_devices), token, now, "");
    BOOST_REQUIRE(request);
    BOOST_CHECK_EQUAL(request->method, "POST");
    BOOST_CHECK_EQUAL(request->url, "https://lockapi.example.com/openapi/v1/find_home_devices");
    BOOST_CHECK_EQUAL(request->body, R"({"access_token":"token-1","home_id":["home-1"],"home_ids":["home-1"]})");
    auto nowhere = command(list_devices);
    nowhere.cloud_home_id.clear();
    BOOST_CHECK(make()->encode(nowhere, token, now, "").error().code == errc::invalid_input);
}

// The document's own sample (5.7.2), with the quotes JSON wants.
BOOST_AUTO_TEST_CASE(locks_are_picked_out_of_the_devices_of_each_home) {
    const auto locks =
        facts(list_devices,
              R"(,"result":{"home-1":[{"type":"gateway","sn":"x","uuid":"g1","room_id":""},)"
              R"({"type":"home_lock","sn":"x","uuid":"u1","room_id":"home-1"},)"
              R"({"type":"room_lock","sn":"x","uuid":"u2","room_id":"room-2","name":"302","center_uuid":"g1"}],)"
              R"("home-2":[{"type":" lock","sn":"x","uuid":"u3","room_id":"room-3","nickname":"303"},)"
              R"({"type":4,"uuid":"u4","room_id":"room-4"},{"type":5,"uuid":"m1"}]})")
            .devices;
    BOOST_REQUIRE_EQUAL(locks.size(), 4U);
    BOOST_CHECK(locks[0] == (reported_device{"u1", "home-1", "home-1", ""}));
    BOOST_CHECK(locks[1] == (reported_device{"u2", "home-1", "room-2", "302", "g1"}));
    BOOST_CHECK(locks[2] == (reported_device{"u3", "home-2", "room-3", "303"}));
    BOOST_CHECK(locks[3] == (reported_device{"u4", "home-2", "room-4", ""}));
}

BOOST_AUTO_TEST_CASE(devices_without_a_home_belong_to_the_one_asked_about) {
    const auto locks = facts(list_devices, R"(,"result":[{"type":"room_lock","uuid":"u1","room_id":"r1"}])").devices;
    BOOST_REQUIRE_EQUAL(locks.size(), 1U);
    BOOST_CHECK_EQUAL(locks[0].cloud_home_id, "home-1");
    BOOST_CHECK(facts(list_devices, R"(,"result":{"home-1":[]})").devices.empty());
    BOOST_CHECK(facts(list_devices, R"(,"result":{"home-1":[{"type":"room_lock"},7]})").devices.empty());
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(list_devices, "")));
}

BOOST_AUTO_TEST_CASE(an_inventory_has_what_stands_on_the_lock_and_says_what_is_frozen) {
    const auto pins = facts(command_verb::read_pins,
                            R"(,"passwords":{"999":{"id":999,"pwd_state":2},"1001":{"id":1001,"pwd_state":5},)"
                            R"("2":{"id":2,"pwd_state":2},"2015":{"id":2015},"3000":{"id":3000},"3007":{"id":3007}})")
                          .credentials;
    std::vector<std::string> told;
    for (const auto& pin : pins) told.push_back(pin.credential_ref + (pin.frozen ? " frozen" : ""));
    BOOST_TEST(told == (std::vector<std::string>{"999", "1001 frozen", "2"}), boost::test_tools::per_element());
    for (const auto* none : {R"(,"passwords":{})", R"(,"passwords":[])", R"(,"passwords":null)"})
        BOOST_TEST(facts(command_verb::read_pins, none).credentials.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_without_passwords_is_no_empty_lock) {
    BOOST_CHECK(std::holds_alternative<reply::retry>(replied(command_verb::read_pins, "")));
}

BOOST_AUTO_TEST_SUITE_END()
