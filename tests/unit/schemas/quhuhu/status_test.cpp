#include "schemas/quhuhu/status.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <utility>

using namespace lockhub::quhuhu;

BOOST_AUTO_TEST_SUITE(quhuhu_status)

BOOST_AUTO_TEST_CASE(the_table_holds_both_lists_of_the_document_in_their_order) {
    std::vector<int> wanted{-1, -8001, -8004, -8009, -8010, -8011, -8105, 0, -10000, -10001};
    const auto add = [&](int first, int last) {
        for (int code = first; code >= last; --code) wanted.push_back(code);
    };
    add(-1000, -1039);
    add(-2000, -2020);
    add(-3000, -3024);
    add(-4000, -4003);
    add(-5000, -5002);

    std::vector<int> found;
    for (const auto& entry : status_table()) found.push_back(entry.code);
    BOOST_TEST(found == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(no_entry_lacks_a_text_or_repeats_one) {
    std::set<std::string_view> chinese_texts;
    std::set<std::string_view> english_texts;
    for (const auto& entry : status_table()) {
        BOOST_TEST_CONTEXT(entry.code) {
            BOOST_TEST(!entry.chinese.empty());
            BOOST_TEST(!entry.english.empty());
            BOOST_TEST(chinese_texts.insert(entry.chinese).second);
            BOOST_TEST(english_texts.insert(entry.english).second);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_code_the_program_answers_with_stands_in_the_table) {
    for (const auto code : {status::ok,
                            status::lock_error,
                            status::missing_pms_id,
                            status::missing_hotel_no,
                            status::missing_start_date,
                            status::missing_end_date,
                            status::start_after_end,
                            status::missing_operator_guid,
                            status::missing_operator_name,
                            status::missing_version,
                            status::unknown_pms,
                            status::pms_disabled,
                            status::try_again,
                            status::bad_hmac,
                            status::version_not_served,
                            status::missing_room_id,
                            status::missing_reader_id,
                            status::bad_date,
                            status::bad_page_number,
                            status::bad_page_size,
                            status::no_lock_service,
                            status::unknown_error,
                            status::system_error}) {
        BOOST_TEST(!english(code).empty());
        BOOST_TEST(std::ranges::count(status_table(), std::to_underlying(code), &status_text::code) == 1);
    }
}

BOOST_AUTO_TEST_CASE(lockhubs_own_codes_stand_in_a_table_of_their_own_beside_the_documents) {
    BOOST_TEST(own_status_table().size() == 2U);
    for (const auto& own : own_status_table()) {
        BOOST_TEST(std::ranges::count(status_table(), own.code, &status_text::code) == 0);
        BOOST_TEST(!own.chinese.empty());
        BOOST_TEST(!own.english.empty());
    }
    BOOST_TEST(chinese(status::missing_field) == "缺少参数");
    BOOST_TEST(chinese(status::bad_field) == "参数");
    BOOST_TEST(english(status::missing_field) == "a field is missing; msg names it");
}

BOOST_AUTO_TEST_CASE(texts_are_those_the_document_prints) {
    BOOST_TEST(chinese(status::ok) == "处理成功");
    BOOST_TEST(chinese(status::bad_hmac) == "HMAC 校验失败");
    BOOST_TEST(chinese(status::missing_room_id) == "缺少 PMS 房间代码");
    BOOST_TEST(chinese(status::try_again) == "系统错误，请重试");
    BOOST_TEST(chinese(status::lock_error) == "处理失败");
}

BOOST_AUTO_TEST_SUITE_END()
