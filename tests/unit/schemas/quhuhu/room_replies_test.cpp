// Whole texts, in the nesting and order of document 000's samples.
#include "schemas/quhuhu/room_replies.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/quhuhu/reply.hpp"

using namespace lockhub;
using namespace lockhub::quhuhu;

namespace {

time_point at(std::string_view text) {
    return parse_china_time(text).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(room_replies_test)

BOOST_AUTO_TEST_CASE(rooms_stand_under_their_type_and_hotel) {
    BOOST_TEST(reply_data(room_lock_info_data("123123", {{"123123", "room1000001", true}})) ==
               R"({"code":0,"msg":"处理成功","data":[{"hotelNo":"123123","roomTypeList":[{"roomTypeCode":"123123",)"
               R"("roomList":[{"roomId":"room1000001","installedLock":"1"}]}]}]})");
    BOOST_TEST(
        room_lock_info_data("H1", {{"RT1", "r1", true}, {"RT1", "r2", false}, {"RT2", "r3", true}}) ==
        R"([{"hotelNo":"H1","roomTypeList":[{"roomTypeCode":"RT1","roomList":[{"roomId":"r1","installedLock":"1"},)"
        R"({"roomId":"r2","installedLock":"0"}]},{"roomTypeCode":"RT2","roomList":[{"roomId":"r3",)"
        R"("installedLock":"1"}]}]}])");
    BOOST_TEST(room_lock_info_data("H1", {}) == R"([{"hotelNo":"H1","roomTypeList":[]}])");
}

BOOST_AUTO_TEST_CASE(states_have_percentages_with_two_decimals_and_errors_stand_beside_them) {
    BOOST_TEST(reply_data(lock_states_data({{"room1000001", 58, 54, lock_state::normal}},
                                           {{"12345678", "无效调用"}, {"12345699", "无效调用"}})) ==
               R"({"code":0,"msg":"处理成功","data":{"lockStates":[{"roomId":"room1000001","energy":"58.00",)"
               R"("signal":"54.00","state":"normal"}],"lockErrMsgs":[{"roomId":"12345678","msg":"无效调用"},)"
               R"({"roomId":"12345699","msg":"无效调用"}]}})");
    BOOST_TEST(lock_states_data({{"r1", 100, std::nullopt, lock_state::offline}}, {}) ==
               R"({"lockStates":[{"roomId":"r1","energy":"100.00","signal":"","state":"offline"}],"lockErrMsgs":[]})");
}

BOOST_AUTO_TEST_CASE(states_have_the_names_of_the_document) {
    BOOST_TEST(to_string(lock_state::normal) == "normal");
    BOOST_TEST(to_string(lock_state::offline) == "offline");
    BOOST_TEST(to_string(lock_state::failure) == "failure");
    BOOST_TEST(to_string(lock_state::lowpower) == "lowpower");
    BOOST_TEST(to_string(lock_state::badsignal) == "badsignal");
}

BOOST_AUTO_TEST_CASE(log_lines_carry_their_time_in_china_and_the_number_of_all_rows) {
    BOOST_TEST(reply_data(lock_log_data({{"room1000001", at("2016-08-11 12:01:12"), "远程开门", "", true},
                                         {"room1000001", at("2016-08-10 16:59:07"), "密码开门", "456232", false}},
                                        14)) ==
               R"({"code":0,"msg":"处理成功","data":{"lockLogList":[{"roomId":"room1000001",)"
               R"("createTime":"2016-08-11 12:01:12","logType":"远程开门","logParam":"","state":"1"},)"
               R"({"roomId":"room1000001","createTime":"2016-08-10 16:59:07","logType":"密码开门",)"
               R"("logParam":"456232","state":"0"}],"rowCount":14}})");
    BOOST_TEST(lock_log_data({}, 0) == R"({"lockLogList":[],"rowCount":0})");
}

BOOST_AUTO_TEST_CASE(card_readers_say_whether_they_are_on_line) {
    BOOST_TEST(reply_data(card_readers_data("123123", {{"d0000000", false, ""}, {"e92880e4", true, "前台"}})) ==
               R"({"code":0,"msg":"处理成功","data":{"hotelNo":"123123","readCardList":[{"readerId":"d0000000",)"
               R"("readerStatus":"0","nickName":""},{"readerId":"e92880e4","readerStatus":"1","nickName":"前台"}]}})");
}

BOOST_AUTO_TEST_CASE(operations_say_who_did_what_to_what_for_whom) {
    BOOST_TEST(reply_data(operation_log_data(
                   {{"room1000001", at("2016-08-11 12:01:12"), "20002", "小甲", "房间 301 密码 1001", "小K"}}, 3)) ==
               R"({"code":0,"msg":"处理成功","data":{"operationLogList":[{"roomId":"room1000001",)"
               R"("createTime":"2016-08-11 12:01:12","operationId":"20002","operatorName":"小甲",)"
               R"("target":"房间 301 密码 1001","recipient":"小K"}],"rowCount":3}})");
    BOOST_TEST(operation_log_data({}, 0) == R"({"operationLogList":[],"rowCount":0})");
}

BOOST_AUTO_TEST_CASE(abilities_are_listed_by_room) {
    BOOST_TEST(reply_data(room_abilities_data("123123", {{"rm301", {"guestPwd", "openDoor"}}, {"rm303", {}}})) ==
               R"({"code":0,"msg":"处理成功","data":{"hotelNo":"123123","roomList":[{"roomId":"rm301",)"
               R"("abilities":["guestPwd","openDoor"]},{"roomId":"rm303","abilities":[]}]}})");
}

BOOST_AUTO_TEST_SUITE_END()
