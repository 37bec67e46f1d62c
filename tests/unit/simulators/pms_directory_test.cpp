#include "tests/simulators/pms_directory.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace lockhub::simulators;

namespace {

struct telling {
    pms_directory pms;
    random_source random{1};

    std::string ask(const std::string& service, text_fields fields = {}, bool hmac_ok = true) {
        const auto out = pms.handle("/api/demopms/" + service + "/queryList.do", fields, hmac_ok, random);
        return out.response ? out.response->body : "no answer";
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pms_directory_simulator_test)

BOOST_AUTO_TEST_CASE(only_the_three_documented_paths_are_the_directorys) {
    for (const auto* path : {"/api/p/hotel/queryList.do", "/api/p/roomType/queryList.do", "/api/p/room/queryList.do"})
        BOOST_TEST(pms_directory::serves(path), path);
    for (const auto* path : {"/callback/password", "/api/p/guest/queryList.do", "/api/room/queryList.do", "/"})
        BOOST_TEST(!pms_directory::serves(path), path);
}

BOOST_FIXTURE_TEST_CASE(hotels_room_types_and_rooms_are_told_as_the_document_has_them, telling) {
    pms.generate(2, 1);
    BOOST_TEST(ask("hotel", {{"hotelNos", "H10087"}}) ==
               R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"H10087","hotelName":"示范酒店2","provinceCode":"P1",)"
               R"("addr":"示例路1号"}]})");
    BOOST_TEST(ask("roomType", {{"hotelNos", "H10086"}}) ==
               R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"H10086","roomTypeList":[{"roomTypeCode":"STD",)"
               R"("roomTypeName":"标准间"}]}]})");
    BOOST_TEST(ask("room", {{"hotelNos", "H10086"}, {"roomTypeCodes", "STD"}}) ==
               R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"H10086","roomTypeList":[{"roomTypeCode":"STD",)"
               R"("roomList":[{"roomId":"rm300","roomNo":"300","floorNo":"3"}]}]}]})");
    BOOST_TEST(ask("room", {{"hotelNos", "H10086"}, {"roomTypeCodes", "VIP"}}).contains(R"("roomTypeList":[])"));
    BOOST_TEST(ask("room") == R"({"code":-1002,"msg":"酒店代码不能为空"})");
}

BOOST_FIXTURE_TEST_CASE(a_request_with_a_wrong_hmac_is_refused, telling) {
    BOOST_TEST(ask("hotel", {}, false) == R"({"code":-5000,"msg":"HMAC 校验失败"})");
    BOOST_TEST(pms.seen().at(0).answered == "-5000");
}

BOOST_FIXTURE_TEST_CASE(knobs_break_it_in_the_ways_that_occur, telling) {
    pms.generate(1, 1);
    pms.knobs.broken_json = {1, 1};
    BOOST_TEST(ask("hotel").starts_with(R"({"code":0)"));
    BOOST_TEST(ask("room", {{"hotelNos", "H10086"}}).contains("\"roomNo\":\"300\"\n\"floorNo\""));
    pms.knobs.code = "string";
    BOOST_TEST(ask("hotel").starts_with(R"({"code":"0")"));
    pms.knobs.refuse = {1, 1};
    BOOST_TEST(ask("hotel") == R"({"code":-1,"msg":"处理失败"})");
    pms.knobs.html = {1, 1};
    BOOST_TEST(ask("hotel").starts_with("<html>"));
    pms.knobs.drop = {1, 1};
    BOOST_TEST(ask("hotel") == "no answer");
}

BOOST_FIXTURE_TEST_CASE(rooms_are_given_and_given_back, telling) {
    const std::string given =
        R"({"hotels":[{"hotelNo":"H1","hotelName":"h","roomTypeList":[{"roomTypeCode":"T","roomTypeName":"t",)"
        R"("roomList":[{"roomId":"r1","roomNo":"1-101","floorNo":"1"}]}]}]})";
    BOOST_TEST(pms.set(given).has_value());
    BOOST_TEST(pms.to_json() == given);
    BOOST_TEST(!pms.set("{}").has_value());
    BOOST_TEST(!pms.set("[").has_value());
    BOOST_TEST(pms.to_json() == given);
}

BOOST_AUTO_TEST_SUITE_END()
