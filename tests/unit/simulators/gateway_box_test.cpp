#include "tests/simulators/gateway_box.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/gateway/cloud.hpp"

using namespace lockhub;
using namespace lockhub::simulators;

namespace {

using enum command_verb;

const time_point noon = *parse_china_time("2026-11-21 12:00:00");
const auto day = std::chrono::hours(24);
constexpr const char* room = "775032240849920";
constexpr const char* other_room = "775032240849921";

// The simulated gateway, asked with the hub's own codec.
struct hotel {
    gateway_box box{{}};
    random_source random{1};
    time_point now = noon;
    gateway::body_format body = gateway::body_format::form;

    hotel() {
        box.add_room(room, "1-101");
        box.add_room(other_room, "1-102");
    }

    std::unique_ptr<lock_cloud> codec(std::string appsecret = "") const {
        if (appsecret.empty()) appsecret = box.registration().appsecret;
        return gateway::make_cloud({.account = account_id("gw-1"),
                                    .appid = box.registration().appid,
                                    .appsecret = secret(appsecret),
                                    .body = body});
    }
    answer call(const vendor_command& what) { return box.handle(*codec()->encode(what, {}, now, ""), now, random); }
    command_reply ask(const vendor_command& what) { return codec()->decode(what, *call(what).response, now); }
    command_facts facts(const vendor_command& what) {
        const auto reply = ask(what);
        BOOST_REQUIRE(std::holds_alternative<reply::done>(reply));
        return std::get<reply::done>(reply).facts;
    }
    std::string refusal(const vendor_command& what) {
        const auto reply = ask(what);
        BOOST_REQUIRE(std::holds_alternative<reply::rejected>(reply));
        return std::get<reply::rejected>(reply).message;
    }
};

vendor_command command(command_verb verb, std::string lock = room) {
    vendor_command out;
    out.verb = verb;
    out.lock_uuid = std::move(lock);
    return out;
}

vendor_command pin(command_verb verb, std::string number, std::string digits = "482913") {
    auto out = command(verb);
    out.credential_ref = std::move(number);
    out.pin = secret(std::move(digits));
    out.valid_until = noon + day;
    return out;
}

vendor_command card(time_point from, std::optional<time_point> until, std::string lock = room) {
    auto out = command(make_card, std::move(lock));
    out.valid_from = from;
    out.valid_until = until;
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_box_test)

BOOST_AUTO_TEST_CASE(rooms_are_listed_in_either_body_and_every_style) {
    hotel h;
    for (const auto body : {gateway::body_format::form, gateway::body_format::json}) {
        for (const auto* style : {"strict", "document", "loose"}) {
            h.body = body;
            h.box.knobs.style = style;
            const auto rooms = h.facts(command(list_devices)).devices;
            BOOST_REQUIRE_EQUAL(rooms.size(), 2U);
            BOOST_CHECK_EQUAL(rooms[1].lock_uuid, other_room);
            BOOST_CHECK_EQUAL(rooms[1].name, "1-102");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_pin_opens_its_door_until_its_end_or_until_it_is_stopped) {
    hotel h;
    const auto facts = h.facts(pin(set_pin, "1"));
    BOOST_CHECK(facts.battery_percent == 89);
    BOOST_CHECK(h.box.open_by_pin(room, "482913", h.now).opens);
    BOOST_CHECK(!h.box.open_by_pin(other_room, "482913", h.now).opens);
    BOOST_CHECK(!h.box.open_by_pin(room, "482913", noon + day + std::chrono::seconds(1)).opens);
    h.facts(pin(remove_pin, "1"));
    BOOST_CHECK(!h.box.open_by_pin(room, "482913", h.now).opens);
    h.facts(pin(remove_pin, "1"));
    BOOST_CHECK_EQUAL(h.refusal(pin(remove_pin, "2")), "序号不存在");
}

BOOST_AUTO_TEST_CASE(a_number_used_twice_overwrites_and_a_live_pin_that_went_is_remembered) {
    hotel h;
    h.facts(pin(set_pin, "1", "111111"));
    h.facts(pin(set_pin, "1", "111111"));
    BOOST_CHECK(h.box.overwrites().empty());
    h.facts(pin(set_pin, "1", "222222"));
    BOOST_CHECK(!h.box.open_by_pin(room, "111111", h.now).opens);
    BOOST_REQUIRE_EQUAL(h.box.overwrites().size(), 1U);
    BOOST_CHECK_EQUAL(h.box.overwrites()[0].old_digits, "111111");
    h.now = noon + day + std::chrono::seconds(1);
    auto later = pin(set_pin, "1", "333333");
    later.valid_until = h.now + day;
    h.facts(later);
    BOOST_CHECK_EQUAL(h.box.overwrites().size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_computed_pin_follows_from_room_and_end_opens_off_line_and_is_stopped_on_line) {
    hotel h;
    h.box.find_room(room)->online = false;
    auto what = command(read_dynamic_pin);
    what.valid_until = noon + day;
    const auto digits = h.facts(what).pin;
    BOOST_CHECK_EQUAL(digits.reveal().size(), 7U);
    BOOST_CHECK(h.facts(what).pin == digits);
    BOOST_CHECK(h.box.open_by_pin(room, digits.reveal(), h.now).opens);

    auto stop = command(remove_pin);
    stop.offline_pin = true;
    stop.pin = digits;
    stop.valid_until = noon + day;
    BOOST_CHECK_EQUAL(h.refusal(stop), "门锁离线");
    h.box.find_room(room)->online = true;
    stop.valid_until = noon + 2 * day;
    BOOST_CHECK_EQUAL(h.refusal(stop), "密码与有效期不符");
    stop.valid_until = noon + day;
    h.facts(stop);
    h.facts(stop);
    BOOST_CHECK(!h.box.open_by_pin(room, digits.reveal(), h.now).opens);
}

BOOST_AUTO_TEST_CASE(a_lock_off_line_refuses_and_the_refusal_marks_it) {
    hotel h;
    h.box.find_room(room)->online = false;
    const auto reply = h.ask(pin(set_pin, "1"));
    BOOST_CHECK(std::get<reply::rejected>(reply).online == false);
    BOOST_CHECK(h.box.find_room(room)->pins.empty());
    h.box.knobs.offline = "silent";
    BOOST_CHECK(!h.call(pin(set_pin, "1")).response);
}

BOOST_AUTO_TEST_CASE(a_card_is_made_on_the_reader_read_there_and_opens_its_door) {
    hotel h;
    BOOST_CHECK_EQUAL(h.refusal(card(noon, noon + day)), "请放卡");
    BOOST_CHECK_EQUAL(h.refusal(command(read_card, "")), "请放卡");
    const auto id = h.box.put_card();
    BOOST_CHECK(h.facts(command(read_card, "")).card == (card_facts{.card_id = id}));
    const auto made = h.facts(card(noon, noon + day)).card;
    BOOST_CHECK(made == (card_facts{id, room, noon, noon + day}));
    BOOST_CHECK(h.facts(command(read_card, "")).card == made);
    BOOST_CHECK(h.box.open_by_card(room, id, noon).opens);
    BOOST_CHECK(!h.box.open_by_card(other_room, id, noon).opens);
    BOOST_CHECK(!h.box.open_by_card(room, id, noon + day + std::chrono::seconds(1)).opens);
    h.box.take_card();
    BOOST_CHECK_EQUAL(h.refusal(command(read_card, "")), "请放卡");
}

BOOST_AUTO_TEST_CASE(cards_of_one_stay_open_side_by_side_and_a_later_stay_displaces_them) {
    hotel h;
    const auto first = h.box.put_card();
    h.facts(card(noon, noon + day));
    const auto second = h.box.put_card();
    h.facts(card(noon, noon + day));
    for (const auto& id : {first, second, first}) BOOST_CHECK(h.box.open_by_card(room, id, noon).opens);

    const auto next_guest = h.box.put_card();
    h.facts(card(noon + std::chrono::seconds(1), noon + day));
    BOOST_CHECK(h.box.open_by_card(room, first, noon).opens);
    BOOST_CHECK(h.box.open_by_card(room, next_guest, noon).opens);
    BOOST_CHECK(!h.box.open_by_card(room, first, noon).opens);
    BOOST_CHECK(h.box.steps_back().empty());
}

BOOST_AUTO_TEST_CASE(an_abkp_that_goes_backwards_makes_a_card_that_fails_and_is_remembered) {
    hotel h;
    const auto first = h.box.put_card();
    h.facts(card(noon, noon + day));
    BOOST_CHECK(h.box.open_by_card(room, first, noon).opens);
    const auto newest = h.box.put_card();
    h.facts(card(noon - std::chrono::seconds(1), noon + day));
    BOOST_CHECK(!h.box.open_by_card(room, newest, noon).opens);
    BOOST_REQUIRE_EQUAL(h.box.steps_back().size(), 1U);
    BOOST_CHECK_EQUAL(h.box.steps_back()[0].card_id, newest);
}

BOOST_AUTO_TEST_CASE(one_card_is_cleared_and_wiped_or_all_of_a_room_are_lost) {
    hotel h;
    const auto first = h.box.put_card();
    h.facts(card(noon, noon + day));
    const auto second = h.box.put_card();
    h.facts(card(noon, noon + day));
    auto clear = command(clear_card);
    clear.card.card_id = second;
    h.facts(clear);
    h.facts(clear);
    BOOST_CHECK(h.facts(command(read_card, "")).card == (card_facts{.card_id = second}));
    BOOST_CHECK(!h.box.open_by_card(room, second, noon).opens);
    BOOST_CHECK(h.box.open_by_card(room, first, noon).opens);
    h.facts(command(lose_cards));
    BOOST_CHECK(!h.box.open_by_card(room, first, noon).opens);

    clear.card.card_id = "FFFFFFFF";
    BOOST_CHECK_EQUAL(h.refusal(clear), "卡号不存在");
    h.box.put_card(second);
    h.facts(card(noon, noon + day, other_room));
    BOOST_CHECK(h.box.open_by_card(other_room, second, noon).opens);
    clear.card.card_id = second;
    BOOST_CHECK_EQUAL(h.refusal(clear), "卡片与房间不符");
}

BOOST_AUTO_TEST_CASE(strangers_unknown_rooms_and_unknown_paths_are_refused) {
    hotel h;
    const auto stranger = h.codec("wrong");
    const auto said = h.box.handle(*stranger->encode(command(list_devices), {}, h.now, ""), h.now, h.random);
    BOOST_CHECK(std::holds_alternative<reply::rejected>(stranger->decode(command(list_devices), *said.response, {})));
    auto nowhere = pin(set_pin, "1");
    nowhere.lock_uuid = "1";
    BOOST_CHECK_EQUAL(h.refusal(nowhere), "房间不存在");
    wire::http_request request;
    request.url = "/lockapi/x";
    BOOST_CHECK_EQUAL(h.box.handle(request, h.now, h.random).response->status, 404);
    request.url = "/Api/GetRoomList";
    request.method = "GET";
    BOOST_CHECK(h.box.handle(request, h.now, h.random).response->body.find("POST") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_gateway_that_takes_one_kind_of_body_refuses_the_other) {
    hotel h;
    h.box.knobs.body = "json";
    BOOST_CHECK_EQUAL(h.refusal(command(list_devices)), "参数错误: form");
    h.body = gateway::body_format::json;
    BOOST_CHECK_EQUAL(h.facts(command(list_devices)).devices.size(), 2U);
}

BOOST_AUTO_TEST_CASE(faults_strike_as_often_as_set_and_at_the_call_named) {
    hotel h;
    BOOST_REQUIRE(h.box.board().set("only_verb", "GatewayUploadOnline"));
    const auto set = [&](const char* name) { BOOST_REQUIRE(h.box.board().set(name, "1x1")); };
    set("drop");
    BOOST_CHECK_EQUAL(h.facts(command(list_devices)).devices.size(), 2U);
    BOOST_CHECK(!h.call(pin(set_pin, "1")).response);
    BOOST_CHECK(h.box.find_room(room)->pins.empty());
    set("server_error");
    BOOST_CHECK_EQUAL(h.call(pin(set_pin, "1")).response->status, 502);
    set("error");
    BOOST_CHECK_EQUAL(h.refusal(pin(set_pin, "1")), "操作失败");
    set("lie");
    h.facts(pin(set_pin, "1"));
    BOOST_CHECK(h.box.find_room(room)->pins.empty());
    set("lose_reply");
    BOOST_CHECK(!h.call(pin(set_pin, "1")).response);
    BOOST_CHECK_EQUAL(h.box.find_room(room)->pins.size(), 1U);
    set("html");
    BOOST_CHECK(std::holds_alternative<reply::retry>(h.ask(pin(set_pin, "2"))));
    BOOST_CHECK_EQUAL(h.box.find_room(room)->pins.size(), 2U);
    h.facts(pin(set_pin, "3"));
    BOOST_CHECK_EQUAL(h.box.calls("GatewayUploadOnline"), 7U);
}

BOOST_AUTO_TEST_CASE(pins_and_cards_come_back_from_the_state_it_tells) {
    hotel before;
    const auto id = before.box.put_card();
    before.facts(card(noon, noon + day));
    before.facts(pin(set_pin, "7"));
    auto what = command(read_dynamic_pin);
    what.valid_until = noon + day;
    const auto digits = before.facts(what).pin;
    BOOST_CHECK(before.box.open_by_card(room, id, noon).opens);

    hotel after;
    const auto state = wire::json_value::parse(before.box.state_json());
    BOOST_REQUIRE(state);
    after.box.restore(*state);
    BOOST_CHECK(after.box.open_by_card(room, id, noon).opens);
    BOOST_CHECK(after.box.open_by_pin(room, "482913", noon).opens);
    BOOST_CHECK(after.box.open_by_pin(room, digits.reveal(), noon).opens);
    BOOST_CHECK_NE(after.box.put_card(), id);
}

BOOST_AUTO_TEST_SUITE_END()
