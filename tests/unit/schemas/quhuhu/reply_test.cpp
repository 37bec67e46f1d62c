#include "schemas/quhuhu/reply.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub::quhuhu;

BOOST_AUTO_TEST_SUITE(quhuhu_reply)

BOOST_AUTO_TEST_CASE(success_has_the_code_and_text_of_the_document) {
    BOOST_TEST(reply_ok() == R"({"code":0,"msg":"处理成功"})");
}

BOOST_AUTO_TEST_CASE(data_follows_code_and_msg) {
    BOOST_TEST(reply_data(R"("A16081241669752728")") == R"({"code":0,"msg":"处理成功","data":"A16081241669752728"})");
    BOOST_TEST(reply_data("[]") == R"({"code":0,"msg":"处理成功","data":[]})");
}

BOOST_AUTO_TEST_CASE(data_may_come_with_a_message_of_ours) {
    BOOST_TEST(reply_data("[]", "处理成功（密码变更正在下发）") ==
               R"({"code":0,"msg":"处理成功（密码变更正在下发）","data":[]})");
}

BOOST_AUTO_TEST_CASE(a_bare_action_id_is_data_of_its_own) {
    BOOST_TEST(reply_data(action_data("A16081241669752728")) ==
               R"({"code":0,"msg":"处理成功","data":"A16081241669752728"})");
}

BOOST_AUTO_TEST_CASE(an_error_has_the_text_of_the_document_unless_another_is_given) {
    BOOST_TEST(reply_error(status::bad_hmac) == R"({"code":-5000,"msg":"HMAC 校验失败"})");
    BOOST_TEST(reply_error(status::lock_error) == R"({"code":-1,"msg":"处理失败"})");
    BOOST_TEST(reply_error(status::lock_error, "门锁\"301\"离线") == R"({"code":-1,"msg":"门锁\"301\"离线"})");
}

BOOST_AUTO_TEST_CASE(password_data_names_its_action_where_there_is_one) {
    BOOST_TEST(password_data("123123", "room1000001", "123456", "20160812152823269041358") ==
               R"({"hotelNo":"123123","roomId":"room1000001","pwd":"123456","actionId":"20160812152823269041358"})");
    BOOST_TEST(password_data("123123", "room1000001", "123456", "") ==
               R"({"hotelNo":"123123","roomId":"room1000001","pwd":"123456"})");
}

BOOST_AUTO_TEST_CASE(lockhubs_own_methods_name_room_and_action) {
    BOOST_TEST(room_action_data("123123", "room1000001", "20160812152823269041358") ==
               R"({"hotelNo":"123123","roomId":"room1000001","actionId":"20160812152823269041358"})");
}

BOOST_AUTO_TEST_SUITE_END()
