// The codes of document 001, section 3.1, and those PROTOCOLS 2.4 adds: a sentence in two languages and an advice each.
#include <boost/test/unit_test.hpp>

#include <map>

#include "schemas/core/utf8.hpp"
#include "schemas/dingding/error_codes.hpp"

using namespace lockhub;
using namespace lockhub::dingding;

namespace {

const std::map<std::int64_t, std::string_view> document{
    {0, "成功"},
    {101, "Token 无效"},
    {102, "Token 过期"},
    {11000, "无法添加重复对象"},
    {14001, "参数有误"},
    {14003, "数据库操作错误"},
    {15000, "内部错误"},
    {15006, "记录不存在"},
    {15007, "方法未实现"},
    {15008, "该房间已存在绑定的门锁"},
    {15009, "该公寓已存在绑定的中心"},
    {15010, "设备记录已存在"},
    {15011, "设备已被别人绑定"},
    {15012, "房间信息不存在"},
    {15013, "管理员密码不能被删除或冻结"},
    {15014, "权限受限"},
};
constexpr std::int64_t from_practice[] = {1000, 422, 4018, 5006, 5039, 5101, 14015, 15001, 15051, 15605};

bool is_chinese(std::string_view text) {
    return is_utf8(text) && text.find_first_of("\xe4\xe5\xe6\xe7\xe8\xe9") != std::string_view::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(error_codes_test)

BOOST_AUTO_TEST_CASE(the_codes_of_the_document_have_its_own_words) {
    for (const auto& [code, words] : document) BOOST_TEST(meaning_of_code(code).chinese == words, code);
}

BOOST_AUTO_TEST_CASE(every_code_has_a_sentence_in_both_languages_and_every_failure_an_advice) {
    std::vector<std::int64_t> all(std::begin(from_practice), std::end(from_practice));
    for (const auto& [code, words] : document) all.push_back(code);
    for (const auto code : all) {
        BOOST_TEST_CONTEXT(code) {
            const auto meaning = meaning_of_code(code);
            BOOST_CHECK(is_chinese(meaning.chinese));
            BOOST_CHECK(!meaning.english.empty() && !is_chinese(meaning.english));
            const bool failed = code != 0 && code != 1000;
            BOOST_CHECK((meaning.advice != code_advice::none) == failed);
            BOOST_CHECK_EQUAL(in_english(meaning.advice).empty(), !failed);
            BOOST_CHECK_EQUAL(is_chinese(in_chinese(meaning.advice)), failed);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_code_nobody_published_has_no_meaning) {
    for (const std::int64_t code : {-1, 1, 103, 15002, 424242}) BOOST_CHECK(!meaning_of_code(code).is_known());
}

BOOST_AUTO_TEST_CASE(codes_that_ask_for_a_token_are_mended_by_the_hub) {
    for (const std::int64_t code : {101, 102, 4018, 15001}) {
        BOOST_CHECK(asks_for_token(code));
        BOOST_CHECK(meaning_of_code(code).advice == code_advice::wait);
    }
}

BOOST_AUTO_TEST_SUITE_END()
