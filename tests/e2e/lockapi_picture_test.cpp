// Pictures of faces on their way from a PMS to a gateway: how large they may be, and in what they may come.
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include "schemas/core/limits.hpp"
#include "schemas/wire/bytes_text.hpp"
#include "schemas/wire/json_writer.hpp"
#include "tests/e2e/lockapi_calls.hpp"
#include "tests/simulators/signatures.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

installation& hub() {
    static installation at({.rooms = 1, .cards = true});
    static const bool tied = [] {
        at.import_rooms(
            fmt::format("demopms,H10086,示范酒店,STD,标准间,{},300,3,gw-main,{},,\n", at.room_id(0), at.rm_id(0)));
        return true;
    }();
    static_cast<void>(tied);
    return at;
}

// Bytes of every value: three in a hundred of its digits are those that a form encodes.
std::string picture_of(std::size_t bytes) {
    std::string out = "\xFF\xD8\xFF";
    while (out.size() < bytes) out += static_cast<char>(out.size() * 131 % 256);
    return wire::encode_base64(out);
}

text_fields call_fields(const std::string& picture, const std::string& guest) {
    return with(with(all_fields(hub(), quhuhu::method::enable_face), "face", picture), "guestId", guest);
}

std::string result_of(const wire::json_value& answer) {
    BOOST_REQUIRE_MESSAGE(code_of(answer) == 0, said(answer));
    return hub().final_codes(answer.find("data")->text_of("actionId"));
}

std::int64_t uploads() {
    return hub().gateway_state().find("calls")->integer_of("GatewayUploadFace").value_or(0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockapi_picture_test)

BOOST_AUTO_TEST_CASE(the_largest_picture_is_taken_by_form) {
    const auto fields = call_fields(picture_of(limits::face_picture_bytes), "guest-1");
    BOOST_TEST(result_of(call(hub(), "enableFace", signed_form(fields))) == "0");
    BOOST_TEST(uploads() == 1);
}

// A public PMS sends JSON.
BOOST_AUTO_TEST_CASE(the_largest_picture_is_taken_by_json) {
    const auto fields = call_fields(picture_of(limits::face_picture_bytes), "guest-2");
    const auto hmac = simulators::quhuhu_hmac(fields, "made-up-sign-key");
    wire::json_writer body;
    body.begin_object();
    for (const auto& [name, value] : with(fields, "hmac", hmac)) body.member(name, value);
    body.end_object();
    const auto answer = http_post(hub().hub(), "/lockapi/demopms/lock/enableFace.do", body.take());
    BOOST_TEST(result_of(answer.json()) == "0");
    BOOST_TEST(uploads() == 2);
}

BOOST_AUTO_TEST_CASE(a_picture_that_is_too_large_or_none_reaches_no_lock) {
    const auto before = uploads();
    const auto larger = call_fields(picture_of(limits::face_picture_bytes + 1), "guest-3");
    BOOST_TEST(said(call(hub(), "enableFace", signed_form(larger))) == "-9002 参数 face 图片不能超过 1048576 字节");
    const auto none = call_fields(wire::encode_base64("GIF89a"), "guest-3");
    BOOST_TEST(said(call(hub(), "enableFace", signed_form(none))) ==
               "-9002 参数 face 必须为 JPEG 或 PNG 图片的 base64");
    BOOST_TEST(uploads() == before);
}

BOOST_AUTO_TEST_SUITE_END()
