#include "schemas/quhuhu/pms_directory.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/hmac.hpp"

using namespace lockhub;
using namespace lockhub::quhuhu;

namespace {

wire::http_response said(std::string body, int status = 200) {
    return {.status = status, .headers = {}, .body = std::move(body)};
}

template <class T>
std::string refusal_of(const directory_answer<T>& answer) {
    return answer ? "nothing was refused" : answer.error().message;
}

// What document 000 prints for the room list (section 六.3), as far as it is complete, a comma missing after roomNo.
constexpr std::string_view documents_rooms = R"({
  "code":0,
  "msg":"处理成功",
  "data":[
    {
      "hotelNo":"酒店代码",
      "roomTypeList":[
        {
          "roomTypeCode":"房型代码",
          "roomList":[
            {
                "roomId":"房间代码",
                "roomNo":"房间号"
                "floorNo":"楼层"
            }
          ]
        }
      ]
    }
  ]
}
)";

}  // namespace

BOOST_AUTO_TEST_SUITE(pms_directory_test)

BOOST_AUTO_TEST_CASE(a_request_names_hotels_and_room_types_as_the_document_has_them_and_is_signed) {
    const secret key("made-up-sign-key");
    const directory_question question{{"H10086", "H10087"}, {{"RT1", "RT2"}, {"RT9"}}};
    BOOST_TEST(directory_fields(question).encode() == "hotelNos=H10086%2CH10087&roomTypeCodes=RT1%7CRT2%2CRT9");
    const auto fields = wire::form::parse(directory_form(question, pms_id("demopms"), key)).value();
    BOOST_TEST(fields.find("hotelNos").value() == "H10086,H10087");
    BOOST_TEST(fields.find("version").value() == "1.1.0");
    BOOST_TEST(fields.find("pmsId").value() == "demopms");
    BOOST_TEST(verify_hmac(fields, fields.find("hmac").value(), key));
}

BOOST_AUTO_TEST_CASE(a_question_about_all_hotels_has_no_field_for_them) {
    const auto fields = wire::form::parse(directory_form({}, pms_id("demopms"), secret("k"))).value();
    BOOST_TEST(!fields.find("hotelNos").has_value());
    BOOST_TEST(!fields.find("roomTypeCodes").has_value());
    BOOST_TEST(verify_hmac(fields, fields.find("hmac").value(), secret("k")));
}

BOOST_AUTO_TEST_CASE(loose_answers_are_read) {
    const std::vector<pms_hotel> one{{"123123", "示例酒店"}};
    for (const auto* body : {
             R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"123123","hotelName":"示例酒店","tel":"000"}]})",
             R"({"code":"0","message":"ok","data":[{"hotelNo":"123123","hotelName":"示例酒店"}]})",
             R"({"code":0,"data":{"hotelNo":"123123","hotelName":"示例酒店"}})",
             R"({"code":0,"data":[{"hotelNo":123123,"hotelName":"示例酒店"}]})",
             "\xEF\xBB\xBF{\"code\":0,\"data\":[{\"hotelNo\":\"123123\",\"hotelName\":\"示例酒店\"}]}",
         }) {
        const auto hotels = read_hotels(said(body));
        BOOST_TEST_CONTEXT(body) {
            BOOST_REQUIRE(hotels.has_value());
            BOOST_TEST((*hotels == one));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_optional_may_be_absent_or_null) {
    BOOST_TEST((read_hotels(said(R"({"code":0,"data":[{"hotelNo":"H1","hotelName":null}]})")).value() ==
                std::vector<pms_hotel>{{"H1", ""}}));
    for (const auto* body : {R"({"code":0})", R"({"code":0,"data":null})", R"({"code":0,"data":[]})"}) {
        BOOST_TEST(read_hotels(said(body)).value().empty(), body);
        BOOST_TEST(read_rooms(said(body)).value().empty(), body);
    }
    BOOST_TEST(read_room_types(said(R"({"code":0,"data":[{"hotelNo":"H1"}]})")).value().empty());
    BOOST_TEST(read_rooms(said(R"({"code":0,"data":[{"hotelNo":"H1","roomTypeList":[{"roomTypeCode":"T"}]}]})"))
                   .value()
                   .empty());
    const auto rooms = read_rooms(
        said(R"({"code":0,"data":{"hotelNo":1,"roomTypeList":{"roomTypeCode":2,"roomList":{"roomId":301}}}})"));
    BOOST_TEST((rooms.value() == std::vector<pms_room>{{"1", "2", "301", "", ""}}));
}

BOOST_AUTO_TEST_CASE(the_documents_own_missing_comma_is_refused_with_its_place) {
    const auto rooms = read_rooms(said(std::string(documents_rooms)));
    BOOST_REQUIRE(!rooms.has_value());
    BOOST_TEST((rooms.error().why == error_class::refused_by_pms));
    BOOST_TEST(rooms.error().message ==
               "the answer is not JSON: line 14, column 17: expected ',' or '}' after the value of \"roomNo\", found "
               "'\"'");
    std::string mended(documents_rooms);
    mended.insert(mended.find("\n", mended.find("房间号")), ",");
    BOOST_TEST((read_rooms(said(mended)).value() ==
                std::vector<pms_room>{{"酒店代码", "房型代码", "房间代码", "房间号", "楼层"}}));
}

BOOST_AUTO_TEST_CASE(what_is_no_directory_is_refused_and_the_refusal_says_why) {
    const struct {
        int status;
        std::string_view body, message;
        error_class why = error_class::refused_by_pms;
    } cases[] = {
        {200, R"({"code":-5000,"msg":"HMAC 校验失败"})", "code -5000: HMAC 校验失败"},
        {200, R"({"code":"-2012","message":"pmsId不存在","data":[]})", "code -2012: pmsId不存在"},
        {200, R"({"code":1})", "code 1"},
        {200, R"({"data":[]})", "the answer has no code"},
        {200, "", "the answer is empty"},
        {200, "[]", "the answer is no JSON object"},
        {200, "<html>log in</html>", "the answer is not JSON: line 1, column 1: expected a value, found '<'"},
        {500, "<html></html>", "HTTP 500", error_class::http_5xx},
        {404, R"({"code":-1,"msg":"没有"})", "HTTP 404: 没有", error_class::http_4xx},
        {302, "", "HTTP 302", error_class::http_3xx},
        {429, "", "HTTP 429", error_class::http_429},
        {200, R"({"code":0,"data":"none"})", "data must be a list of objects"},
        {200, R"({"code":0,"data":["H1"]})", "data[0] must be an object"},
        {200, R"({"code":0,"data":[{"hotelNo":"H1"},{"hotelName":"x"}]})", "data[1].hotelNo is missing or empty"},
        {200, R"({"code":0,"data":{"hotelNo":""}})", "data.hotelNo is missing or empty"},
        {200, R"({"code":0,"data":[{"hotelNo":["H1"]}]})", "data[0].hotelNo must be a text"},
        {200, R"({"code":0,"data":[{"hotelNo":"H1,H2"}]})",
         "data[0].hotelNo has a ',' or '|' in it, which separate codes in requests"},
    };
    for (const auto& [status, body, message, why] : cases) {
        const auto hotels = read_hotels(said(std::string(body), status));
        BOOST_TEST_CONTEXT(body) {
            BOOST_TEST(refusal_of(hotels) == message);
            BOOST_TEST((hotels.error().why == why));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_room_is_named_by_its_place) {
    const auto wrong = [](std::string_view room) {
        return refusal_of(read_rooms(said(R"({"code":0,"data":[{"hotelNo":"H1","roomTypeList":[{"roomTypeCode":"T",)"
                                          R"("roomList":[{"roomId":"r0"},)" +
                                          std::string(room) + "]}]}]}")));
    };
    BOOST_TEST(wrong("{}") == "data[0].roomTypeList[0].roomList[1].roomId is missing or empty");
    BOOST_TEST(wrong(R"({"roomId":"r","roomNo":{}})") == "data[0].roomTypeList[0].roomList[1].roomNo must be a text");
    BOOST_TEST(wrong(R"({"roomId":")" + std::string(limits::id_bytes + 1, 'x') + "\"}") ==
               "data[0].roomTypeList[0].roomList[1].roomId is longer than 128 bytes");
    BOOST_TEST(
        refusal_of(read_rooms(said(R"({"code":0,"data":[{"hotelNo":"H1","roomTypeList":[{"roomList":[]}]}]})"))) ==
        "data[0].roomTypeList[0].roomTypeCode is missing or empty");
}

BOOST_AUTO_TEST_CASE(a_long_name_is_clipped_between_characters) {
    std::string name;
    while (name.size() <= limits::name_bytes) name += "房";
    const auto hotels = read_hotels(said(R"({"code":0,"data":{"hotelNo":"H1","hotelName":")" + name + "\"}}"));
    BOOST_TEST(hotels.value().at(0).name == name.substr(0, limits::name_bytes / 3 * 3));
}

BOOST_AUTO_TEST_CASE(rooms_become_rows_with_the_names_of_their_hotel_and_type) {
    const auto rows = directory_rows(pms_id("demopms"), {{"H1", "一号"}, {"H2", "二号"}}, {{"H1", "T", "标准间"}},
                                     {{"H1", "T", "r1", "301", "3"}, {"H2", "T", "r1", "302", ""}});
    BOOST_REQUIRE(rows.has_value());
    BOOST_REQUIRE(rows->size() == 2U);
    const directory_row first{.pms_id = "demopms",
                              .hotel_no = "H1",
                              .hotel_name = "一号",
                              .room_type_code = "T",
                              .room_type_name = "标准间",
                              .room_id = "r1",
                              .room_no = "301",
                              .floor_no = "3",
                              .cloud_account = {},
                              .lock_uuid = {},
                              .cloud_home_id = {},
                              .cloud_room_id = {}};
    BOOST_TEST((rows->at(0) == first));
    BOOST_TEST(rows->at(1).hotel_name == "二号");
    BOOST_TEST(rows->at(1).room_type_name == "");
}

BOOST_AUTO_TEST_CASE(a_room_said_twice_counts_once_and_one_with_two_faces_is_refused) {
    const pms_room room{"H1", "T", "r1", "301", "3"};
    BOOST_TEST(directory_rows(pms_id("p"), {}, {}, {room, room}).value().size() == 1U);
    const auto refused = directory_rows(pms_id("p"), {}, {}, {room, {"H1", "U", "r1", "302", "3"}});
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().message == "room r1 of hotel H1 is there twice, as 301 (T) and as 302 (U)");
}

BOOST_AUTO_TEST_CASE(more_rooms_than_the_directory_takes_are_refused) {
    const std::vector<pms_room> rooms(limits::directory_rows + 1);
    BOOST_TEST((directory_rows(pms_id("p"), {}, {}, rooms).error().code == errc::too_large));
}

BOOST_AUTO_TEST_SUITE_END()
