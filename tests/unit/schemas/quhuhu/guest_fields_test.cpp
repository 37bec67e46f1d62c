// What lockhub's own methods take beyond the document's fields.
#include "schemas/quhuhu/guest_fields.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

#include "schemas/core/limits.hpp"
#include "schemas/wire/bytes_text.hpp"

using namespace lockhub;
using namespace lockhub::quhuhu;

namespace {

using field_map = std::map<std::string, std::string>;

const std::string jpeg = wire::encode_base64("\xFF\xD8\xFF\xE0 a face");
const std::string png = wire::encode_base64(std::string("\x89PNG\r\n\x1A\n", 8) + std::string("\0\0\0\x0DIHDR", 8));

const field_map everything{{"hmac", "0123456789ABCDEF0123456789ABCDEF"},
                           {"version", "1.1.0"},
                           {"pmsId", "demopms"},
                           {"hotelNo", "H10086"},
                           {"roomId", "rm301"},
                           {"guestId", "guest-7"},
                           {"guestName", "客人乙"},
                           {"mobile", "13000000001"},
                           {"face", jpeg},
                           {"fingerprint", "AB-cd-ef"},
                           {"startTime", "2026-11-21 15:00:00"},
                           {"endTime", "2026-11-22 12:00:00"},
                           {"pageNum", "1"},
                           {"pageSize", "20"},
                           {"operatorGuid", "op-77"},
                           {"operatorName", "前台甲"}};

std::variant<request, refusal> parse(method what, const field_map& values) {
    wire::form fields;
    for (const auto& [name, value] : values) fields.add(name, value);
    return parse_request(what, "demopms", fields);
}

field_map with(const std::string& name, const std::string& value) {
    auto values = everything;
    values[name] = value;
    return values;
}

field_map without(const std::string& name) {
    auto values = everything;
    values.erase(name);
    return values;
}

request accepted(method what, const field_map& values) {
    const auto outcome = parse(what, values);
    const auto* no = std::get_if<refusal>(&outcome);
    BOOST_REQUIRE_MESSAGE(no == nullptr, (no == nullptr ? std::string() : no->message));
    return std::get<request>(outcome);
}

// "-9001 缺少参数 guestId", "" when accepted
std::string said(method what, const field_map& values) {
    const auto outcome = parse(what, values);
    const auto* no = std::get_if<refusal>(&outcome);
    return no == nullptr ? "" : std::to_string(std::to_underlying(no->code)) + " " + no->message;
}

struct required_fields {
    const char* method;
    std::vector<const char*> fields;
};
const std::vector<required_fields> own{
    {"openDoor", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"freezeGuestPwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"unfreezeGuestPwd", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"enableFace", {"hotelNo", "roomId", "guestId", "face", "endTime", "operatorGuid", "operatorName"}},
    {"disableFace", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"enableFingerprint", {"hotelNo", "roomId", "guestId", "fingerprint", "endTime", "operatorGuid", "operatorName"}},
    {"disableFingerprint", {"hotelNo", "roomId", "operatorGuid", "operatorName"}},
    {"grantAccess", {"hotelNo", "roomId", "mobile", "endTime", "operatorGuid", "operatorName"}},
    {"revokeAccess", {"hotelNo", "roomId", "mobile", "operatorGuid", "operatorName"}},
    {"queryOperationLog",
     {"hotelNo", "roomId", "startTime", "endTime", "pageNum", "pageSize", "operatorGuid", "operatorName"}},
    {"queryRoomAbilities", {"hotelNo", "operatorGuid", "operatorName"}},
};

const std::map<std::string, std::string> said_when_missing{{"hotelNo", "-1002 缺少 PMS 酒店代码"},
                                                           {"roomId", "-8001 缺少 PMS 房间代码"},
                                                           {"startTime", "-1009 缺少起始日期"},
                                                           {"endTime", "-1010 缺少结束日期"},
                                                           {"pageNum", "-8010 查询页码不能为空,且必须为数字"},
                                                           {"pageSize", "-8011 查询数量不能为空,且必须为数字"},
                                                           {"operatorGuid", "-1016 缺少操作人 ID"},
                                                           {"operatorName", "-1017 缺少操作人姓名"},
                                                           {"guestId", "-9001 缺少参数 guestId"},
                                                           {"face", "-9001 缺少参数 face"},
                                                           {"fingerprint", "-9001 缺少参数 fingerprint"},
                                                           {"mobile", "-9001 缺少参数 mobile"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(quhuhu_guest_fields)

BOOST_AUTO_TEST_CASE(lockhubs_own_methods_stand_after_the_documents) {
    BOOST_TEST(own.size() == method_count - documented_method_count);
    for (std::size_t i = 0; i < own.size(); ++i) {
        const auto what = static_cast<method>(documented_method_count + i);
        BOOST_TEST(wire_name(what) == own[i].method);
        BOOST_TEST((method_from(own[i].method) == what));
    }
}

BOOST_AUTO_TEST_CASE(exactly_the_required_fields_are_enough_and_each_missing_one_has_its_code) {
    for (const auto& entry : own) {
        const auto what = method_from(entry.method).value();
        field_map values;
        for (const auto* name : {"hmac", "version", "pmsId"}) values[name] = everything.at(name);
        for (const auto* name : entry.fields) values[name] = everything.at(name);
        BOOST_TEST(said(what, values) == "", entry.method);
        for (const auto* name : entry.fields) {
            BOOST_TEST(said(what, without(name)) == said_when_missing.at(name), entry.method);
            BOOST_TEST(said(what, with(name, "")) == said_when_missing.at(name), entry.method);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_request_carries_whose_access_it_is_and_from_when_to_when) {
    const auto face = accepted(method::enable_face, everything);
    BOOST_TEST(face.guest_id == "guest-7");
    BOOST_TEST((face.face == secret(jpeg)));
    BOOST_TEST((face.start_time == parse_china_time("2026-11-21 15:00:00")));
    BOOST_TEST((face.end_time == parse_china_time("2026-11-22 12:00:00")));
    const auto access = accepted(method::grant_access, everything);
    BOOST_TEST(access.mobile == "13000000001");
    BOOST_TEST(access.guest_name == "客人乙");
    BOOST_TEST(accepted(method::disable_face, without("guestId")).guest_id == "");
    BOOST_TEST(!accepted(method::grant_access, without("startTime")).start_time.has_value());
}

BOOST_AUTO_TEST_CASE(an_access_cannot_end_before_it_starts) {
    for (const auto what : {method::enable_face, method::enable_fingerprint, method::grant_access}) {
        BOOST_TEST(said(what, with("startTime", "2026-11-22 12:00:01")) == "-1013 开始日期不能大于结束日期");
        BOOST_TEST(said(what, with("startTime", "2026-11-22 12:00:00")) == "");
        BOOST_TEST(said(what, with("startTime", "2026-11-21")) == "-8009 日期格式错误");
        BOOST_TEST(said(what, with("endTime", "x")) == "-8009 日期格式错误");
    }
}

BOOST_AUTO_TEST_CASE(a_face_is_a_picture_in_base64) {
    BOOST_TEST((accepted(method::enable_face, with("face", png)).face == secret(png)));
    for (const std::string& shortest : {std::string("/9j/"), wire::encode_base64("\x89PNG\r\n\x1A\n")})
        BOOST_TEST(said(method::enable_face, with("face", shortest)) == "");
    const std::string wrong[] = {"iVBORw0KGg",
                                 "iVBORw0KGgk=",  // its eighth byte is another
                                 "/9j",
                                 "/9j/ ",
                                 "/9j/\r\n/9j/",
                                 "/9j/====",
                                 "data:image/jpeg;base64,/9j/",
                                 wire::encode_base64("GIF89a"),
                                 wire::encode_base64("\xFF\xD8\xFE\xE0"),
                                 wire::encode_base64("BM"),
                                 "_9j_"};
    for (const auto& text : wrong)
        BOOST_TEST(said(method::enable_face, with("face", text)) == "-9002 参数 face 必须为 JPEG 或 PNG 图片的 base64",
                   text);
}

BOOST_AUTO_TEST_CASE(a_picture_is_bounded_by_its_bytes_and_not_by_its_digits) {
    for (std::size_t padding = 0; padding < 3; ++padding) {
        std::string bytes = "\xFF\xD8\xFF" + std::string(limits::face_picture_bytes - 3, 'x');
        bytes.resize(bytes.size() - padding);
        BOOST_TEST(said(method::enable_face, with("face", wire::encode_base64(bytes))) == "", padding);
        bytes.append(padding + 1, 'x');
        BOOST_TEST(said(method::enable_face, with("face", wire::encode_base64(bytes))) ==
                   "-9002 参数 face 图片不能超过 1048576 字节");
    }
}

BOOST_AUTO_TEST_CASE(a_fingerprint_is_pairs_of_hexadecimal_digits_with_or_without_dashes) {
    for (const auto& [text, digits] : {std::pair{"AB-cd-ef", "ABcdef"}, {"ABcdef", "ABcdef"}, {"00", "00"}}) {
        BOOST_TEST((accepted(method::enable_fingerprint, with("fingerprint", text)).fingerprint ==
                    secret(std::string(digits))),
                   text);
    }
    for (const auto* text : {"a", "abc", "ab-c", "ab--cd", "ab-cd-", "-ab", "ab cd", "gh", "0xab", "abcd-ef"}) {
        BOOST_TEST(said(method::enable_fingerprint, with("fingerprint", text)) ==
                       "-9002 参数 fingerprint 必须为成对的十六进制字符",
                   text);
    }
    const std::string most(limits::fingerprint_bytes * 2, 'a');
    BOOST_TEST(said(method::enable_fingerprint, with("fingerprint", most)) == "");
    BOOST_TEST(said(method::enable_fingerprint, with("fingerprint", most + "aa")) ==
               "-9002 参数 fingerprint 不能超过 16384 字节");
}

BOOST_AUTO_TEST_CASE(a_mobile_number_is_6_to_20_digits_and_may_begin_with_a_plus) {
    for (const auto* text : {"130000", "13000000001", "+8613000000001", "12345678901234567890"})
        BOOST_TEST(accepted(method::grant_access, with("mobile", text)).mobile == text);
    for (const auto* text :
         {"13000", "123456789012345678901", "+", "+13000", "130 0000 0001", "130-0000", "１３００００"}) {
        for (const auto what : {method::grant_access, method::revoke_access})
            BOOST_TEST(said(what, with("mobile", text)) == "-9002 参数 mobile 必须为 6 至 20 位数字，可带前缀 +", text);
    }
}

BOOST_AUTO_TEST_CASE(names_are_bounded_and_without_control_characters) {
    const std::string longest(limits::id_bytes, 'x');
    const std::pair<method, const char*> fields[] = {{method::enable_face, "guestId"},
                                                     {method::disable_fingerprint, "guestId"},
                                                     {method::grant_access, "guestName"}};
    for (const auto& [what, name] : fields) {
        BOOST_TEST(said(what, with(name, longest)) == "");
        BOOST_TEST(said(what, with(name, longest + "x")) ==
                   "-9002 参数 " + std::string(name) + " 长度不能超过 128 字节");
        BOOST_TEST(said(what, with(name, "a\nb")) == "-9002 参数 " + std::string(name) + " 不能包含控制字符");
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_never_shows_what_was_sent) {
    const std::string picture = wire::encode_base64("GIF89a made-up picture");
    BOOST_TEST(said(method::enable_face, with("face", picture)).find(picture) == std::string::npos);
    BOOST_TEST(said(method::enable_fingerprint, with("fingerprint", "abadfingerprint")).find("abad") ==
               std::string::npos);
    BOOST_TEST(said(method::grant_access, with("mobile", "1300000000x")).find("130000") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
