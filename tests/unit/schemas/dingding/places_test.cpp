#include "schemas/dingding/places.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/dingding/cloud.hpp"
#include "schemas/domain/method_fields.hpp"

using namespace lockhub;

namespace {

using kind = place_outcome::kind;

const dingding::places codec;
const place_home home{
    .id = "H1", .name = "示范酒店", .details = wire::form({{"location", "西湖区1号"}, {"city", "杭州"}}), .rooms = {}};

place_step room_step(place_change change, std::string description = "标准间 8层") {
    return {.what = place_step::kind::room,
            .change = change,
            .room = {"a", "a", "801", std::move(description)},
            .list = {},
            .gone = {}};
}

place_step home_step(place_change change) {
    return {.what = place_step::kind::home, .change = change, .room = {}, .list = {}, .gone = {}};
}

std::string text_of(const place_call& call) {
    std::string out = call.method;
    for (const auto& [name, value] : call.fields.fields()) out += " " + name + "=" + value;
    return out;
}

method_answer answered(method_answer::outcome what, std::int64_t code, std::string_view body = "{}") {
    method_answer out;
    out.what = what;
    out.code = code;
    out.message = "text";
    out.body = wire::json_value::parse(body).value();
    return out;
}

method_answer refusal(std::int64_t code) {
    return answered(method_answer::outcome::refused, code);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dingding_places_test)

BOOST_AUTO_TEST_CASE(each_step_is_a_call_the_method_table_takes) {
    using enum place_change;
    const struct {
        place_step step;
        std::string call;
    } cases[] = {
        {home_step(add), "add_home home_id=H1 home_name=示范酒店 location=西湖区1号 city=杭州"},
        // update_home takes no city.
        {home_step(change), "update_home home_id=H1 home_name=示范酒店 location=西湖区1号"},
        {room_step(add), "add_room home_id=H1 room_id=a room_name=801 room_description=标准间 8层"},
        {room_step(add, ""), "add_room home_id=H1 room_id=a room_name=801 room_description=801"},
        {room_step(change), "update_room home_id=H1 room_id=a room_name=801 room_description=标准间 8层"},
        {room_step(place_change::remove), "del_room home_id=H1 room_id=a"},
    };
    const auto cloud = dingding::make_cloud({.account = account_id("dd"),
                                             .event_url = "https://hub.example.com/e",
                                             .result_url = "https://hub.example.com/r",
                                             .sign = dingding::sign_policy::required,
                                             .base_url = "https://lockapi.example.com/openapi/v1",
                                             .client_id = "c",
                                             .client_secret = secret("made-up-secret")});
    BOOST_REQUIRE(cloud->places() != nullptr);
    for (const auto& each : cases) {
        const auto call = cloud->places()->call(each.step, home, {});
        BOOST_TEST(text_of(call) == each.call);
        const auto encoded = cloud->encode_method(**find_method(cloud->methods(), call.method), call.fields,
                                                  {secret("token"), {}}, {}, "");
        BOOST_TEST(encoded.has_value(), (encoded ? "" : encoded.error().message));
    }
}

BOOST_AUTO_TEST_CASE(an_answer_says_whether_the_place_was_there) {
    using enum place_change;
    const struct {
        place_change change;
        method_answer answer;
        kind expected;
    } cases[] = {
        {add, answered(method_answer::outcome::done, 0), kind::done},
        {add, refusal(11000), kind::there_already},
        {change, refusal(11000), kind::refused},
        {change, refusal(15012), kind::not_there},
        {change, refusal(15006), kind::not_there},
        {place_change::remove, refusal(15012), kind::not_there},
        {add, refusal(15006), kind::refused},
        {add, refusal(15014), kind::refused},
        {change, refusal(14001), kind::refused},
    };
    for (const auto& each : cases) {
        const auto said = codec.outcome(room_step(each.change), each.answer);
        BOOST_TEST((said.what == each.expected), to_string(each.change) << ' ' << each.answer.code);
    }
}

BOOST_AUTO_TEST_CASE(the_cloud_is_asked_for_the_home_and_what_stands_in_it) {
    const auto questions = codec.questions("H1");
    BOOST_REQUIRE(questions.size() == 2u);
    BOOST_TEST(text_of(questions[0]) == "find_home_state home_id=H1");
    BOOST_TEST(text_of(questions[1]) == "find_home_device home_id=H1");

    seen_places seen;
    BOOST_TEST(codec.read(questions[0], refusal(15006), seen).has_value());
    BOOST_TEST(seen.home.value() == false);
    const auto state = answered(method_answer::outcome::done, 0, R"({"result":{"sp_state":2,"install_state":5}})");
    BOOST_TEST(codec.read(questions[0], state, seen).has_value());
    BOOST_TEST(seen.home.value() == true);
    BOOST_TEST(seen.note == "sp_state 2 可管理 (manageable), install_state 5 已完成安装 (installed)");
    const auto devices = answered(method_answer::outcome::done, 0, R"({"result":[
        {"type":"gateway","uuid":"g","room_id":""},{"type":"room_lock","uuid":"u1","room_id":"a"}]})");
    BOOST_TEST(codec.read(questions[1], devices, seen).has_value());
    BOOST_REQUIRE(seen.locks.size() == 1u);
    BOOST_TEST(seen.locks[0].cloud_room_id == "a");
}

BOOST_AUTO_TEST_CASE(an_answer_that_tells_nothing_is_no_empty_home) {
    const auto questions = codec.questions("H1");
    seen_places seen;
    BOOST_CHECK(codec.read(questions[0], refusal(15014), seen).error().code == errc::conflict);
    BOOST_CHECK(codec.read(questions[1], refusal(15006), seen).error().code == errc::conflict);
    BOOST_CHECK(!codec.read(questions[1], answered(method_answer::outcome::done, 0), seen));
    BOOST_TEST(!seen.home.has_value());
}

BOOST_AUTO_TEST_CASE(a_room_keeps_the_name_its_lock_knows_it_by) {
    directory_row row;
    row.room_id = "a";
    BOOST_TEST(codec.room_id(row) == "a");
    row.lock_uuid = "u1";
    row.cloud_room_id = "6500aa11";
    BOOST_TEST(codec.room_id(row) == "6500aa11");
}

BOOST_AUTO_TEST_SUITE_END()
