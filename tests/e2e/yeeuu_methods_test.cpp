// Every method of document 004 by its own name, against a running hub and the simulated 云柚 cloud.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/e2e/vendor_hotel.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

struct yeeuu_hotel : vendor_hotel {
    wire::json_value does(const std::string& method, std::vector<std::string> fields) const {
        return done("yy-main", method, std::move(fields));
    }
    // The fields that name the door, and those that name who may open it and how long.
    static std::vector<std::string> door(std::vector<std::string> more = {}) {
        std::vector<std::string> all{"buildingId=B01", "doorType=2", "code=x0001", "door=甲"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    static std::vector<std::string> grant(std::vector<std::string> more = {}) {
        auto all = door({"startTime=2026-01-01 12:00:00", "endTime=2036-11-22 12:00:00", "author=前台",
                         "authoredName=王", "authoredMobile=13700000009"});
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    bool opens(const std::string& pin) const {
        return yeeuu_does("door", fmt::format(R"({{"lock":"{}","pin":"{}"}})", door_of_yeeuu, pin)).text_of("opens") ==
               "true";
    }
    void turn(const std::string& knobs) const { yeeuu_does("knobs", knobs); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(yeeuu_methods_test, yeeuu_hotel)

BOOST_AUTO_TEST_CASE(a_yeeuu_apartment_is_synchronized_opened_and_its_log_read) {
    turn(R"({"remote":"granted"})");
    does("synchronize_apartments", {R"(apartmentList=[{"buildingId":"B01","code":"x0001","door":"甲","doorType":2,)"
                                    R"("name":"301","unit":"1"}])"});
    BOOST_TEST(yeeuu_state().find("apartments")->items().size() == 1U);
    const auto from_afar = door({"operator=13700000009"});
    refused("yy-main", "remote_action", from_afar);
    does("auth", grant());
    does("remote_action", from_afar);
    does("delete_auth", door({"authoredMobile=13700000009"}));
    refused("yy-main", "remote_action", from_afar);

    const std::vector<std::string> page{"doorType=2", "code=x0001", "door=甲", "page=1", "pageSize=10"};
    BOOST_TEST(does("get_device_logs_page_count", page).text_of("count") == "1");
    const auto log = does("get_device_logs", page);
    BOOST_REQUIRE(log.find("data")->items().size() == 1U);
    BOOST_TEST(log.find("data")->items()[0].text_of("opener") == "137****0009");
}

BOOST_AUTO_TEST_CASE(a_yeeuu_door_takes_a_pin_and_gives_it_back) {
    does("generate_password", grant({"password=482913"}));
    BOOST_TEST(opens("482913"));
    does("remove_password", door({"authoredMobile=13700000009"}));
    BOOST_TEST(!opens("482913"));
}

BOOST_AUTO_TEST_CASE(a_yeeuu_door_off_line_refuses) {
    yeeuu_does("online", fmt::format(R"({{"lock":"{}","online":false}})", door_of_yeeuu));
    refused("yy-main", "generate_password", grant({"password=482913"}));
    refused("yy-main", "remove_password", door({"authoredMobile=13700000009"}));
    refused("yy-main", "remote_action", door({"operator=13700000009"}));
}

BOOST_AUTO_TEST_CASE(a_door_nobody_synchronized_is_named_in_the_refusal) {
    auto fields = grant({"password=482913"});
    fields[2] = "code=x9999";
    BOOST_TEST(refused("yy-main", "generate_password", fields).find("482913") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
