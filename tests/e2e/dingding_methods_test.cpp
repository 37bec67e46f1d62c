// Every method of document 001 by its own name, against a running hub and the simulated 丁盯 cloud.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_print.hpp"
#include "tests/e2e/vendor_hotel.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

struct dingding_hotel : vendor_hotel {
    wire::json_value does(const std::string& method, std::vector<std::string> fields = {}) const {
        return done("dd-main", method, std::move(fields));
    }
    bool opens(const std::string& pin) const {
        const auto said =
            http_post(cloud(), "/sim/door", fmt::format(R"({{"uuid":"{}","pin":"{}"}})", uuid(0), pin)).json();
        return said.text_of("opens") == "true";
    }
    // What was taken is done at the lock a little later.
    void in_the_end(const std::string& what, const std::string& pin, bool expected) const {
        eventually(what.c_str(), [&] { return opens(pin) == expected; });
    }
    const std::string lock = "uuid=" + uuid(0);
    const std::string home = "home_id=H-77";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dingding_methods_test, dingding_hotel)

BOOST_AUTO_TEST_CASE(a_dingding_home_is_made_changed_and_taken_away) {
    does("add_home", {home, "home_name=示范公寓", "location=杭州", "home_type=1"});
    does("add_room", {home, "room_id=R-301", "room_name=301", "room_description=大床"});
    refused("dd-main", "add_room", {home, "room_id=R-301", "room_name=301", "room_description=大床"});
    does("update_room", {home, "room_id=R-301", "room_name=301A", "room_description=双床"});
    does("update_home", {home, "sp_state=2", "home_name=示范公寓二期"});
    does("find_home_state", {home});
    const auto made = wire::compact(cloud_state());
    for (const auto* name : {"301A", "示范公寓二期"}) BOOST_TEST(made.find(name) != std::string::npos, name);
    BOOST_TEST(wire::compact(does("find_home_states", {home})).find("H-77") != std::string::npos);
    does("find_home_device", {home});
    BOOST_TEST(wire::compact(does("find_home_devices", {"home_id=sim-home"})).find(uuid(0)) != std::string::npos);
    does("get_center_info", {"home_id=sim-home"});
    does("del_room", {home, "room_id=R-301"});
    does("del_home", {home});
    refused("dd-main", "find_home_state", {home});
}

BOOST_AUTO_TEST_CASE(a_dingding_password_goes_through_all_its_lock_can_do) {
    does("access_token");
    BOOST_TEST(does("get_lock_info", {lock}).integer_of("power").has_value());
    const auto id = does("add_password", {lock, "is_default=0", "password=482913", "name=by hand"}).text_of("id");
    const auto it = "password_id=" + id;
    in_the_end("it opens", "482913", true);
    BOOST_TEST(does("fetch_passwords", {lock}).find("passwords")->find(id) != nullptr);
    does("frozen_password", {lock, it});
    in_the_end("it is frozen", "482913", false);
    does("unfrozen_password", {lock, it});
    in_the_end("it opens again", "482913", true);
    does("update_password", {lock, it, "password=135790"});
    in_the_end("the new one opens", "135790", true);
    BOOST_TEST(!opens("482913"));
    does("delete_password", {lock, it});
    in_the_end("it is gone", "135790", false);

    does("add_password", {lock, "is_default=1", "password=975310"});
    in_the_end("the staff's opens", "975310", true);
    BOOST_TEST(does("get_default_password_plaintext", {lock}).text_of("password") == "******");
    BOOST_TEST(does("get_dynamic_password_plaintext", {lock}).text_of("password") == "******");
}

BOOST_AUTO_TEST_CASE(what_was_done_at_a_dingding_lock_can_be_read_again) {
    does("add_password", {lock, "is_default=0", "password=482913"});
    in_the_end("it opens", "482913", true);
    BOOST_TEST(does("count_lock_events", {lock}).text_of("count") != "0");
    BOOST_TEST(!does("get_lock_events", {lock, "offset=0", "count=10"}).find("lock_events")->items().empty());
    BOOST_TEST(does("count_device_op_log", {lock}).text_of("count") != "0");
    BOOST_TEST(!does("search_device_op_log", {lock}).find("op_list")->items().empty());
}

BOOST_AUTO_TEST_CASE(a_dingding_installation_is_ordered_changed_and_found) {
    does("add_home", {home, "home_name=示范公寓"});
    does("order_add", {home, "date=2026-12-01 00:00:00", "time=101", "name=王", "phone=13700000009"});
    does("order_update", {home, "time=102", "note=带梯子"});
    const auto orders = wire::compact(does("find_orders", {home}));
    BOOST_TEST(orders.find("102") != std::string::npos);
    BOOST_TEST(orders.find("带梯子") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_dingding_lock_off_line_refuses) {
    cloud_does("online", fmt::format(R"({{"uuid":"{}","online":false}})", uuid(0)));
    BOOST_TEST(refused("dd-main", "add_password", {lock, "is_default=0", "password=482913"}).find("离线") !=
               std::string::npos);
    BOOST_TEST(!opens("482913"));
}

BOOST_AUTO_TEST_SUITE_END()
