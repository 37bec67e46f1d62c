#include "schemas/yeeuu/reply.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/yeeuu/openings.hpp"

using namespace lockhub;
using namespace lockhub::yeeuu;
using outcome = api_reply::outcome;

namespace {

api_reply read(std::string body, int status = 200) {
    return read_reply({.status = status, .headers = {}, .body = std::move(body)}, {secret("hidden")});
}

std::vector<reported_opening> openings(const std::string& data) {
    return read_openings(read(R"({"success":true,"data":)" + data + "}").body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_reply_test)

BOOST_AUTO_TEST_CASE(typographic_quotes_are_read_as_the_document_prints_them) {
    const auto refused = read("{“success”:false,“desc”:“房源不存在”}");
    BOOST_CHECK(refused.kind == outcome::refused);
    BOOST_CHECK_EQUAL(refused.message, "房源不存在");
    BOOST_CHECK(read_page_count(read(R"({“success”:true,"count":"2"})").body) == 2);
}

BOOST_AUTO_TEST_CASE(typographic_quotes_inside_a_proper_text_stay) {
    BOOST_CHECK_EQUAL(read(R"({"success":false,"desc":"房间“甲”不存在"})").message, "房间“甲”不存在");
}

BOOST_AUTO_TEST_CASE(success_is_a_flag_a_number_or_text) {
    for (const auto* yes : {"true", "\"true\"", "1", "\"1\""}) {
        BOOST_CHECK_MESSAGE(read(R"({"success":)" + std::string(yes) + "}").kind == outcome::done, yes);
    }
    for (const auto* no : {"false", "\"false\"", "0", "\"0\""}) {
        BOOST_CHECK_MESSAGE(read(R"({"success":)" + std::string(no) + "}").kind == outcome::refused, no);
    }
}

BOOST_AUTO_TEST_CASE(success_counts_only_with_an_http_status_of_success) {
    BOOST_CHECK(read(R"({"success":true})", 201).kind == outcome::done);
    BOOST_CHECK(read(R"({"success":true})", 302).kind == outcome::unavailable);
    BOOST_CHECK(read(R"({"success":true})", 404).kind == outcome::unavailable);
    BOOST_CHECK(read(R"({"success":false,"desc":"房源不存在"})", 404).kind == outcome::refused);
    BOOST_CHECK(read(R"({"success":false})", 500).kind == outcome::unavailable);
    BOOST_CHECK_EQUAL(read("", 404).message, "HTTP 404 with a body that is no reply of 云柚");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_between_characters_and_shows_no_secret) {
    std::string text = "hidden";
    for (int i = 0; i < 1000; ++i) text += "错";
    const auto reply = read(R"({"success":false,"desc":")" + text + R"("})");
    BOOST_CHECK(reply.message.starts_with("******错"));
    BOOST_CHECK_EQUAL(reply.message.size(), 510U);
}

BOOST_AUTO_TEST_CASE(a_page_count_is_a_number_or_text_and_never_negative) {
    const auto count = [](const std::string& value) {
        return read_page_count(read(R"({"success":true,"count":)" + value + "}").body);
    };
    BOOST_CHECK(count("\"2\"") == 2);
    BOOST_CHECK(count("2") == 2);
    BOOST_CHECK(count("0") == 0);
    BOOST_CHECK(!count("-1"));
    BOOST_CHECK(!count("\"many\""));
    BOOST_CHECK(!read_page_count(read(R"({"success":true})").body));
}

BOOST_AUTO_TEST_CASE(how_a_door_was_opened_follows_from_the_type) {
    const std::pair<std::string, std::pair<int, std::string>> types[] = {
        {"0", {100, "云柚系统"}}, {"1", {101, "微信"}},   {"\"2\"", {102, "app"}}, {"3", {2, "密码"}},
        {"4", {104, "接口"}},     {"7", {107, ""}},       {"-1", {199, ""}},       {"null", {199, ""}},
        {"\"x\"", {199, ""}},     {"1000000", {199, ""}},
    };
    for (const auto& [type, expected] : types) {
        const auto read =
            openings(R"([{"type":)" + type + R"(,"opentime":"2016-05-31 17:01:24","opener":15111101441}])");
        BOOST_REQUIRE_EQUAL(read.size(), 1U);
        BOOST_CHECK_EQUAL(read[0].source, expected.first);
        BOOST_CHECK_EQUAL(read[0].source_name, expected.second);
        BOOST_CHECK_EQUAL(read[0].source_id, "15111101441");
        BOOST_CHECK_EQUAL(format_utc(read[0].occurred_at), "2016-05-31T09:01:24.000Z");
    }
}

BOOST_AUTO_TEST_CASE(a_log_keeps_its_order_and_leaves_out_what_has_no_time) {
    const auto read = openings(R"([{"type":1,"opentime":"2016-05-31 17:01:24","opener":"b"},{"type":1,"opener":"c"},)"
                               R"({"type":1,"opentime":"yesterday","opener":"d"},null,7,)"
                               R"({"type":1,"opentime":"2016-05-31 17:01:23","opener":"a"}])");
    BOOST_REQUIRE_EQUAL(read.size(), 2U);
    BOOST_CHECK_EQUAL(read[0].source_id, "b");
    BOOST_CHECK_EQUAL(read[1].source_id, "a");
    BOOST_CHECK(openings("null").empty());
    BOOST_CHECK(openings("{}").empty());
}

BOOST_AUTO_TEST_SUITE_END()
