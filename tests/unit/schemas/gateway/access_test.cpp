// Doors opened from afar, faces and fingerprints.
#include <boost/test/unit_test.hpp>

#include "schemas/gateway/cloud.hpp"

using namespace lockhub;

namespace {

using enum command_verb;

std::unique_ptr<lock_cloud> make(gateway::body_format body = gateway::body_format::form) {
    return gateway::make_cloud({.account = account_id("gw-1"),
                                .base_url = "http://127.0.0.1:19952",
                                .appid = "app-1",
                                .appsecret = secret("dfd5489d0cee31f0"),
                                .body = body});
}

vendor_command command(command_verb verb) {
    vendor_command out;
    out.verb = verb;
    out.lock_uuid = "775032240849920";
    out.credential_ref = "7";
    out.valid_from = parse_china_time("2026-11-21 14:20:00");
    out.valid_until = parse_china_time("2026-11-22 12:00:00");
    out.biometric = secret(verb == upload_fingerprint ? "abcdefeeff" : "AAAA+/8=");
    return out;
}

std::string sent(const vendor_command& what) {
    const auto request = make()->encode(what, {}, {}, "");
    BOOST_REQUIRE(request);
    const std::string credentials = "appid=app-1&appsecret=dfd5489d0cee31f0&rm_id=775032240849920";
    BOOST_REQUIRE(request->body.starts_with(credentials));
    return request->url.substr(request->url.rfind('/') + 1) + " " + request->body.substr(credentials.size());
}

bool lacks_something(const vendor_command& what) {
    const auto request = make()->encode(what, {}, {}, "");
    return !request && request.error().code == errc::invalid_input;
}

command_reply replied(const vendor_command& what, std::string body) {
    return make()->decode(what, {.status = 200, .headers = {}, .body = std::move(body)}, {});
}

std::string refusal(const vendor_command& what, const std::string& msg) {
    const std::string body = R"({"code":0,"msg":")" + msg + R"("})";
    const auto reply = replied(what, body);
    const auto asked = make()->decode_probe(what, {.status = 200, .headers = {}, .body = body});
    BOOST_REQUIRE(std::holds_alternative<reply::rejected>(reply) && std::holds_alternative<probe::undecided>(asked));
    BOOST_CHECK_EQUAL(std::get<probe::undecided>(asked).message, std::get<reply::rejected>(reply).message);
    return std::get<reply::rejected>(reply).message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gateway_access_test)

BOOST_AUTO_TEST_CASE(a_door_is_opened_by_its_room) {
    BOOST_CHECK_EQUAL(sent(command(open_door)), "GatewayOpen ");
}

BOOST_AUTO_TEST_CASE(faces_and_fingerprints_are_put_under_their_numbers_and_taken_from_them) {
    constexpr std::string_view validity = "&m1=7&abkp=2026-11-21+14%3A20%3A00&unValid=2026-11-22+12%3A00%3A00";
    BOOST_CHECK_EQUAL(sent(command(upload_face)), "GatewayUploadFace &base64=AAAA%2B%2F8%3D" + std::string(validity));
    BOOST_CHECK_EQUAL(sent(command(upload_fingerprint)),
                      "GatewayUploadFinger &hexs=ab-cd-ef-ee-ff" + std::string(validity));
    BOOST_CHECK_EQUAL(sent(command(stop_face)), "GatewayStopFace &m1=7");
    BOOST_CHECK_EQUAL(sent(command(stop_fingerprint)), "GatewayStopFinger &m1=7");
}

BOOST_AUTO_TEST_CASE(a_fingerprint_is_written_as_the_document_has_it_however_it_came) {
    auto what = command(upload_fingerprint);
    for (const auto* given : {"abcdefeeff", "ab-cd-ef-ee-ff"}) {
        what.biometric = secret(given);
        BOOST_CHECK_MESSAGE(sent(what).starts_with("GatewayUploadFinger &hexs=ab-cd-ef-ee-ff&"), given);
    }
}

BOOST_AUTO_TEST_CASE(a_face_without_an_end_ends_with_2099) {
    auto what = command(upload_face);
    what.valid_until.reset();
    BOOST_CHECK(sent(what).ends_with("&unValid=2099-12-31+23%3A59%3A59"));
}

BOOST_AUTO_TEST_CASE(in_a_json_body_the_number_is_one) {
    const auto request = make(gateway::body_format::json)->encode(command(stop_face), {}, {}, "");
    BOOST_REQUIRE(request);
    BOOST_CHECK(request->body.ends_with(R"("rm_id":"775032240849920","m1":7})"));
}

BOOST_AUTO_TEST_CASE(what_lacks_a_part_is_not_sent_and_the_reason_quotes_no_biometric) {
    for (const auto verb : {open_door, upload_face, stop_face, upload_fingerprint, stop_fingerprint}) {
        auto roomless = command(verb);
        roomless.lock_uuid.clear();
        BOOST_CHECK_MESSAGE(lacks_something(roomless), to_string(verb));
        for (const auto* number : {"", "0", "50", "07", "x"}) {
            auto what = command(verb);
            what.credential_ref = number;
            BOOST_CHECK_MESSAGE(lacks_something(what) == (verb != open_door), number);
        }
    }
    for (const auto verb : {upload_face, upload_fingerprint}) {
        auto timeless = command(verb);
        timeless.valid_from.reset();
        BOOST_CHECK(lacks_something(timeless));
        for (const auto* data : {"", "no base64 ~ 4711", "abcde~4711"}) {
            auto what = command(verb);
            what.biometric = secret(data);
            BOOST_CHECK_MESSAGE(lacks_something(what), data);
            BOOST_CHECK(make()->encode(what, {}, {}, "").error().message.find("4711") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_answer_tells_that_the_lock_was_reached_and_its_battery) {
    for (const auto verb : {open_door, upload_face, stop_face, upload_fingerprint, stop_fingerprint}) {
        const auto reply = replied(command(verb), R"({"code":1,"msg":"操作成功","data":{"ce":89,"d2":1702979380980}})");
        BOOST_REQUIRE_MESSAGE(std::holds_alternative<reply::done>(reply), to_string(verb));
        BOOST_CHECK(std::get<reply::done>(reply).facts.online == true);
        BOOST_CHECK(std::get<reply::done>(reply).facts.battery_percent == 89);
        const auto refused = replied(command(verb), R"({"code":0,"msg":"门锁离线"})");
        BOOST_CHECK_MESSAGE(std::get<reply::rejected>(refused).online == false, to_string(verb));
    }
}

BOOST_AUTO_TEST_CASE(numbered_ones_are_asked_about_by_the_same_call_and_a_door_is_not_asked_about) {
    for (const auto verb : {upload_face, stop_face, upload_fingerprint, stop_fingerprint}) {
        const auto question = make()->encode_probe(command(verb), {}, {}, "");
        const auto call = make()->encode(command(verb), {}, {}, "");
        BOOST_REQUIRE_MESSAGE(question, to_string(verb));
        BOOST_CHECK_EQUAL(question->url, call->url);
        BOOST_CHECK_EQUAL(question->body, call->body);
        const auto said = make()->decode_probe(command(verb), {.status = 200, .headers = {}, .body = R"({"code":1})"});
        BOOST_CHECK_EQUAL(std::get<probe::done>(said).credential_ref, "7");
        const auto away =
            make()->decode_probe(command(verb), {.status = 200, .headers = {}, .body = R"({"code":0,"msg":"离线"})"});
        BOOST_CHECK(std::holds_alternative<probe::unclear>(away));
    }
    BOOST_CHECK(!make()->encode_probe(command(open_door), {}, {}, ""));
}

BOOST_AUTO_TEST_CASE(no_message_repeats_a_face_or_a_finger_in_whole_in_part_or_written_otherwise) {
    BOOST_CHECK_EQUAL(refusal(command(upload_face), "base64 AAAA+/8= 无法识别"), "base64 ****** 无法识别");
    BOOST_CHECK_EQUAL(refusal(command(upload_fingerprint), "hexs ab-cd-ef-ee-ff 与 abcdefeeff"),
                      "hexs ****** 与 ******");
    std::string picture;
    for (int i = 0; i < 400; ++i) picture += "Qk1+";
    auto large = command(upload_face);
    large.biometric = secret(picture);
    BOOST_CHECK_EQUAL(refusal(large, "图片 " + picture.substr(4, 300) + "… 无法识别"), "图片 ******… 无法识别");
    BOOST_CHECK_EQUAL(refusal(large, picture.substr(0, 900)), "******");
    BOOST_CHECK_EQUAL(refusal(large, "GatewayUploadFace 775032240849920 失败"),
                      "GatewayUploadFace 775032240849920 失败");
}

BOOST_AUTO_TEST_SUITE_END()
