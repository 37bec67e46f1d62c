#include <boost/test/unit_test.hpp>

#include "hub/routes/provision_route.hpp"
#include "schemas/wire/json_value.hpp"

using namespace lockhub;
using namespace lockhub::hub;

BOOST_AUTO_TEST_SUITE(provision_requests_test)

BOOST_AUTO_TEST_CASE(a_body_says_which_hotel_goes_where) {
    const auto request = parse_provision(R"({"account":"dd-main","hotel":"H1","pms":"alpha","home":"mine",)"
                                         R"("details":{"location":"x","home_type":1},"apply":true,"prune":true,)"
                                         R"("actor":"cli:alice"})")
                             .value();
    BOOST_TEST(request.account.value == "dd-main");
    BOOST_TEST(request.hotel.value == "H1");
    BOOST_TEST(request.pms.value == "alpha");
    BOOST_TEST(request.home == "mine");
    BOOST_TEST(request.details.find("home_type").value() == "1");
    BOOST_TEST(request.apply);
    BOOST_TEST(request.prune);
    BOOST_TEST(request.actor == "cli:alice");
    const auto least = parse_provision(R"({"account":"dd-main","hotel":"H1"})").value();
    BOOST_TEST(!least.apply);
    BOOST_TEST(!least.prune);
}

BOOST_AUTO_TEST_CASE(mistakes_are_named) {
    const std::pair<const char*, const char*> cases[] = {
        {"[", "no JSON"},
        {R"({"hotel":"H1"})", "'account' is missing"},
        {R"({"account":"dd"})", "'hotel' is missing"},
        {R"({"account":"dd","hotel":"H1","prun":true})", "unknown member 'prun', did you mean 'prune'?"},
        {R"({"account":"dd","hotel":"H1","apply":"yes"})", "'apply' must be true or false"},
        {R"({"account":"dd","hotel":"H1","details":[]})", "'details' must be an object"},
    };
    for (const auto& [body, part] : cases) {
        const auto refused = parse_provision(body);
        BOOST_REQUIRE(!refused);
        BOOST_CHECK(refused.error().code == errc::invalid_input);
        BOOST_TEST(refused.error().message.find(part) != std::string::npos, refused.error().message);
    }
}

BOOST_AUTO_TEST_CASE(a_report_tells_differences_and_once_applied_what_came_of_them) {
    provision_report report;
    report.hotel = hotel_no("H1");
    report.home = "H1";
    report.differences = {{place_difference::kind::room_left, "c", "803", "", "lock u1"}};
    const auto shown = wire::json_value::parse(to_json(report)).value();
    BOOST_TEST(shown.text_of("applied") == "false");
    BOOST_TEST(shown.find("calls") == nullptr);
    const auto& line = shown.find("differences")->items().at(0);
    BOOST_TEST(line.text_of("what") == "room_left");
    BOOST_TEST(line.text_of("work") == "false");
    BOOST_TEST(line.text_of("note") == "lock u1");

    report.applied = true;
    report.calls = 3;
    report.refused = {{"n1", "add_room", 15014, "no", {"权限受限", "not allowed", code_advice::check_credentials}}};
    report.stopped = error{errc::timeout, "too late"};
    const auto done = wire::json_value::parse(to_json(report)).value();
    BOOST_TEST(done.integer_of("calls").value() == 3);
    BOOST_TEST(done.text_of("stopped") == "too late");
    const auto& refusal = done.find("refused")->items().at(0);
    BOOST_TEST(refusal.text_of("place") == "n1");
    BOOST_TEST(refusal.find("meaning")->text_of("chinese") == "权限受限");
}

BOOST_AUTO_TEST_SUITE_END()
