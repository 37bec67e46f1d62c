// Doors opened from afar, faces and fingerprints at the simulated gateway, asked with the hub's own codec.
#include <boost/test/unit_test.hpp>

#include "schemas/gateway/cloud.hpp"
#include "tests/simulators/gateway_box.hpp"

using namespace lockhub;
using namespace lockhub::simulators;

namespace {

using enum command_verb;

const time_point noon = *parse_china_time("2026-11-21 12:00:00");
const auto day = std::chrono::hours(24);
constexpr const char* room = "775032240849920";
constexpr const char* face = "AAAA+/8=";
constexpr const char* finger = "abcdef";

struct hotel {
    gateway_box box{{}};
    random_source random{1};
    time_point now = noon;
    std::unique_ptr<lock_cloud> codec = gateway::make_cloud({.account = account_id("gw-1"),
                                                             .appid = box.registration().appid,
                                                             .appsecret = secret(box.registration().appsecret)});

    hotel() { box.add_room(room, "1-101"); }

    answer call(const vendor_command& what) { return box.handle(*codec->encode(what, {}, now, ""), now, random); }
    bool done(const vendor_command& what) {
        const auto said = call(what);
        return said.response && std::holds_alternative<reply::done>(codec->decode(what, *said.response, now));
    }
    std::string refusal(const vendor_command& what) {
        const auto reply = codec->decode(what, *call(what).response, now);
        BOOST_REQUIRE(std::holds_alternative<reply::rejected>(reply));
        return std::get<reply::rejected>(reply).message;
    }
    gateway_room& place() { return *box.find_room(room); }
    bool opens_to_face(const char* picture = face) { return box.open_by_face(room, picture, now).opens; }
    bool opens_to_finger() { return box.open_by_finger(room, "AB-CD-EF", now).opens; }
};

vendor_command command(command_verb verb, std::string number = "1", const char* data = nullptr) {
    vendor_command out;
    out.verb = verb;
    out.lock_uuid = room;
    out.credential_ref = std::move(number);
    out.valid_from = noon;
    out.valid_until = noon + day;
    out.biometric = secret(data ? data : verb == upload_fingerprint ? finger : face);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_gateway_access_test)

BOOST_FIXTURE_TEST_CASE(a_door_opened_from_afar_is_counted_and_in_the_log_of_doors, hotel) {
    BOOST_TEST(done(command(open_door)));
    BOOST_TEST(place().opened_remotely == 1U);
    BOOST_TEST(box.state_json().find(R"("with":"GatewayOpen","opens":true)") != std::string::npos);
    const auto reply = codec->decode(command(open_door), *call(command(open_door)).response, now);
    BOOST_TEST((std::get<reply::done>(reply).facts.battery_percent == 89));
}

BOOST_FIXTURE_TEST_CASE(a_face_opens_the_door_while_it_is_valid, hotel) {
    BOOST_TEST(!opens_to_face());
    BOOST_TEST(done(command(upload_face)));
    BOOST_TEST(opens_to_face());
    BOOST_TEST(!opens_to_face("BBBB"));
    now = noon - std::chrono::seconds(1);
    BOOST_TEST(!opens_to_face());
    now = noon + day + std::chrono::seconds(1);
    BOOST_TEST(!opens_to_face());
}

BOOST_FIXTURE_TEST_CASE(faces_and_fingerprints_have_numbers_of_their_own, hotel) {
    BOOST_TEST(done(command(upload_face)));
    BOOST_TEST(done(command(upload_fingerprint)));
    BOOST_TEST(done(command(stop_face)));
    BOOST_TEST(!opens_to_face());
    BOOST_TEST(opens_to_finger());
    BOOST_TEST(done(command(stop_fingerprint)));
    BOOST_TEST(!opens_to_finger());
}

BOOST_FIXTURE_TEST_CASE(a_number_used_again_takes_the_place_of_the_old_face, hotel) {
    BOOST_TEST(done(command(upload_face)));
    BOOST_TEST(done(command(upload_face, "1", "BBBB")));
    BOOST_TEST(!opens_to_face());
    BOOST_TEST(opens_to_face("BBBB"));
}

BOOST_FIXTURE_TEST_CASE(a_number_never_used_cannot_be_stopped_and_one_gone_already_can, hotel) {
    BOOST_TEST(refusal(command(stop_face)) == "序号不存在");
    BOOST_TEST(refusal(command(stop_fingerprint)) == "序号不存在");
    BOOST_TEST(done(command(upload_face)));
    BOOST_TEST(done(command(stop_face)));
    BOOST_TEST(done(command(stop_face)));
}

BOOST_FIXTURE_TEST_CASE(a_lock_off_line_refuses_or_stays_silent_and_changes_nothing, hotel) {
    place().online = false;
    for (const auto verb : {open_door, upload_face, stop_face, upload_fingerprint, stop_fingerprint})
        BOOST_TEST(refusal(command(verb)) == "门锁离线");
    box.knobs.offline = "silent";
    BOOST_TEST(!call(command(open_door)).response);
    BOOST_TEST(place().opened_remotely == 0U);
    BOOST_TEST(place().faces.by_number.empty());
}

BOOST_FIXTURE_TEST_CASE(the_knobs_turn_these_calls_as_any_other, hotel) {
    box.knobs.only_verb = "GatewayOpen";
    box.knobs.lose_reply = {.chance = 1, .times = 1};
    BOOST_TEST(done(command(upload_face)));
    BOOST_TEST(!call(command(open_door)).response);
    BOOST_TEST(place().opened_remotely == 1U);
    box.knobs.drop = {.chance = 1, .times = 1};
    BOOST_TEST(!call(command(open_door)).response);
    BOOST_TEST(place().opened_remotely == 1U);
}

BOOST_FIXTURE_TEST_CASE(what_the_document_does_not_allow_is_refused, hotel) {
    const auto send = [&](const std::string& call_name, const std::string& fields) {
        const wire::http_request request{.method = "POST",
                                         .url = "http://pc/Api/" + call_name,
                                         .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                         .body = "appid=" + box.registration().appid + "&appsecret=" +
                                                 box.registration().appsecret + "&rm_id=" + room + fields};
        return box.handle(request, now, random).response->body;
    };
    const std::string validity = "&abkp=2026-11-21 12:00:00&unValid=2026-11-22 12:00:00";
    for (const auto& [name, fields, said] :
         {std::tuple{"GatewayUploadFace", "&base64=~&m1=1" + validity, "base64"},
          std::tuple{"GatewayUploadFace", "&base64=AAAA&m1=50" + validity, "m1"},
          std::tuple{"GatewayUploadFace", std::string("&base64=AAAA&m1=1&unValid=2026-11-22 12:00:00"), "abkp"},
          std::tuple{"GatewayUploadFinger", "&hexs=abcd&m1=1" + validity, "hexs"},
          std::tuple{"GatewayUploadFinger", std::string("&hexs=ab-cd&m1=1&abkp=2026-11-21 12:00:00"), "unValid"},
          std::tuple{"GatewayStopFinger", std::string(), "m1"}})
        BOOST_TEST(send(name, fields).find(std::string("参数错误: ") + said) != std::string::npos, fields);
}

BOOST_FIXTURE_TEST_CASE(what_is_on_the_lock_survives_a_restart_of_the_simulator, hotel) {
    BOOST_TEST(done(command(upload_face, "7")));
    BOOST_TEST(done(command(upload_fingerprint)));
    gateway_box again{{}};
    again.add_room(room, "1-101");
    again.restore(*wire::json_value::parse(box.state_json()));
    BOOST_TEST(again.open_by_face(room, face, now).why == "m1 7");
    BOOST_TEST(again.open_by_finger(room, finger, now).opens);
}

BOOST_AUTO_TEST_SUITE_END()
