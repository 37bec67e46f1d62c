#include "dispatch/core/directory_pull.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "schemas/wire/form.hpp"

using namespace lockhub;
using namespace lockhub::dispatch;

namespace {

directory_source source() {
    return {.pms = pms_id("demopms"),
            .key = secret("k"),
            .private_addresses = false,
            .hotels_url = "http://pms/hotels",
            .room_types_url = "http://pms/types",
            .rooms_url = "http://pms/rooms"};
}

std::string hotel_no(std::size_t i) {
    return fmt::format("H{}", i);
}

// A PMS with so many hotels, each with one room type and one room.
std::string tell(std::string_view url, const std::vector<std::string>& hotels) {
    std::vector<std::string> items;
    for (const auto& hotel : hotels) {
        if (url.ends_with("hotels"))
            items.push_back(fmt::format(R"({{"hotelNo":"{}","hotelName":"Hotel {}"}})", hotel, hotel));
        else if (url.ends_with("types"))
            items.push_back(fmt::format(
                R"({{"hotelNo":"{}","roomTypeList":[{{"roomTypeCode":"T","roomTypeName":"Twin"}}]}})", hotel));
        else
            items.push_back(fmt::format(
                R"({{"hotelNo":"{}","roomTypeList":[{{"roomTypeCode":"T","roomList":[{{"roomId":"r1","roomNo":"301"}}]}}]}})",
                hotel));
    }
    return fmt::format(R"({{"code":0,"data":[{}]}})", fmt::join(items, ","));
}

std::vector<std::string> asked(const wire::http_request& request) {
    const auto fields = wire::form::parse(request.body).value();
    std::vector<std::string> hotels;
    std::string_view list = fields.find("hotelNos").value_or("");
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        hotels.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return hotels;
}

transport_result ok(std::string body) {
    return wire::http_response{200, {}, std::move(body)};
}

transport_result broken(error_class why) {
    return std::unexpected(transport_error{why, "as the test has it", true});
}

std::vector<std::string> hotel_numbers(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(hotel_no(i));
    return all;
}

// Answers everything; gives what was asked, "hotels 0", "types 20", ….
std::vector<std::string> answer_all(directory_pull& pull, std::size_t hotels) {
    std::vector<std::string> calls;
    while (const auto request = pull.next()) {
        const auto wanted = asked(*request);
        calls.push_back(fmt::format("{} {}", request->url.substr(request->url.rfind('/') + 1), wanted.size()));
        const auto taken = pull.take(ok(tell(request->url, wanted.empty() ? hotel_numbers(hotels) : wanted)));
        BOOST_REQUIRE(taken.has_value());
    }
    return calls;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(directory_pull_test)

BOOST_AUTO_TEST_CASE(hotels_then_room_types_then_rooms_of_a_few_hotels_a_call) {
    directory_pull pull(source());
    const std::vector<std::string> expected{"hotels 0", "types 20", "types 20", "types 3",
                                            "rooms 20", "rooms 20", "rooms 3"};
    BOOST_TEST(answer_all(pull, 43) == expected, boost::test_tools::per_element());
    const auto all = pull.finish();
    BOOST_REQUIRE(all.has_value());
    BOOST_TEST(all->hotels == 43U);
    BOOST_TEST(all->room_types == 43U);
    BOOST_TEST(all->calls == 7U);
    BOOST_REQUIRE(all->rows.size() == 43U);
    BOOST_TEST(all->rows[42].hotel_no == "H42");
    BOOST_TEST(all->rows[42].hotel_name == "Hotel H42");
    BOOST_TEST(all->rows[42].room_type_name == "Twin");
    BOOST_TEST(all->rows[42].lock_uuid == "");
    BOOST_TEST(all->hotels_without_rooms.empty());
}

BOOST_AUTO_TEST_CASE(a_request_is_a_signed_form) {
    const auto request = directory_pull(source()).next().value();
    BOOST_TEST(request.method == "POST");
    BOOST_TEST(request.url == "http://pms/hotels");
    BOOST_TEST(request.body.starts_with("version=1.1.0&pmsId=demopms&hmac="));
}

BOOST_AUTO_TEST_CASE(a_pms_without_hotels_is_asked_once) {
    directory_pull pull(source());
    BOOST_REQUIRE(pull.take(ok(R"({"code":0,"data":[]})")).has_value());
    BOOST_TEST(!pull.next().has_value());
    BOOST_TEST(pull.finish().value().rows.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_too_large_for_several_hotels_is_asked_for_in_halves) {
    directory_pull pull(source());
    BOOST_REQUIRE(pull.take(ok(tell("hotels", hotel_numbers(5)))).has_value());
    std::vector<std::string> seen;
    while (const auto request = pull.next()) {
        const auto wanted = asked(*request);
        const bool too_large = wanted.size() > 2;
        if (!too_large) seen.insert(seen.end(), wanted.begin(), wanted.end());
        const auto answer = too_large ? broken(error_class::response_too_large) : ok(tell(request->url, wanted));
        BOOST_REQUIRE(pull.take(answer).has_value());
    }
    const auto twice = std::vector<std::string>{"H0", "H1", "H2", "H3", "H4", "H0", "H1", "H2", "H3", "H4"};
    BOOST_TEST(seen == twice, boost::test_tools::per_element());
    BOOST_TEST(pull.finish().value().rows.size() == 5U);
}

BOOST_AUTO_TEST_CASE(one_hotel_that_is_too_large_ends_the_pull) {
    directory_pull pull(source());
    BOOST_REQUIRE(pull.take(ok(tell("hotels", {"H1"}))).has_value());
    const auto taken = pull.take(broken(error_class::response_too_large));
    BOOST_REQUIRE(!taken.has_value());
    BOOST_TEST(taken.error().why == "response_too_large");
    BOOST_TEST(taken.error().message == "room types: as the test has it");
}

BOOST_AUTO_TEST_CASE(a_failure_names_the_service_and_its_class) {
    const struct {
        transport_result answer;
        std::string_view why, message;
    } cases[] = {
        {broken(error_class::timeout), "timeout", "hotels: as the test has it"},
        {ok(R"({"code":-5000,"msg":"HMAC 校验失败"})"), "refused_by_pms", "hotels: code -5000: HMAC 校验失败"},
        {ok("{\"code\":0\n\"data\":[]}"), "refused_by_pms",
         "hotels: the answer is not JSON: line 2, column 1: expected ',' or '}' after the value of \"code\", found "
         "'\"'"},
        {wire::http_response{503, {}, ""}, "http_5xx", "hotels: HTTP 503"},
        {ok(R"({"code":0,"data":[{"hotelNo":"H1","hotelName":"a"},{"hotelNo":"H1","hotelName":"b"}]})"), "invalid",
         "hotels: hotel H1 is there twice, as a and as b"},
    };
    for (const auto& [answer, why, message] : cases) {
        directory_pull pull(source());
        const auto taken = pull.take(answer);
        BOOST_REQUIRE(!taken.has_value());
        BOOST_TEST(taken.error().why == why);
        BOOST_TEST(taken.error().message == message);
    }
}

BOOST_AUTO_TEST_CASE(hotels_nobody_asked_for_are_passed_over) {
    directory_pull pull(source());
    BOOST_REQUIRE(pull.take(ok(tell("hotels", {"H1"}))).has_value());
    BOOST_REQUIRE(pull.take(ok(tell("types", {"H1", "H9"}))).has_value());
    BOOST_REQUIRE(pull.take(ok(tell("rooms", {"H9", "H1"}))).has_value());
    const auto all = pull.finish().value();
    BOOST_TEST(all.room_types == 1U);
    BOOST_REQUIRE(all.rows.size() == 1U);
    BOOST_TEST(all.rows[0].hotel_no == "H1");
}

BOOST_AUTO_TEST_CASE(a_hotel_without_rooms_is_named) {
    directory_pull pull(source());
    BOOST_REQUIRE(pull.take(ok(tell("hotels", {"H1", "H2"}))).has_value());
    BOOST_REQUIRE(pull.take(ok(tell("types", {"H1", "H2"}))).has_value());
    BOOST_REQUIRE(pull.take(ok(tell("rooms", {"H2"}))).has_value());
    const std::vector<std::string> expected{"H1"};
    BOOST_TEST(pull.finish().value().hotels_without_rooms == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(more_hotels_than_are_taken_end_the_pull) {
    directory_pull pull(source());
    const auto taken = pull.take(ok(tell("hotels", hotel_numbers(limits::directory_hotels + 1))));
    BOOST_REQUIRE(!taken.has_value());
    BOOST_TEST(taken.error().why == "too_large");
}

BOOST_AUTO_TEST_SUITE_END()
