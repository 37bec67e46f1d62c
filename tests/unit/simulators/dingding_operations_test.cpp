// What the simulated 丁盯 account remembers of what was done to its locks.
#include "tests/simulators/dingding_operations.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_value.hpp"
#include "tests/simulators/dingding_cloud.hpp"

using namespace lockhub;
using namespace lockhub::simulators;
using wire::json_value;

namespace {

struct operated_account {
    dingding_cloud cloud{{}};
    random_source random{1};
    time_point now = from_unix_ms(1'760'000'000'000);
    std::string token;

    operated_account() {
        cloud.add_lock("lock-1", "home-1", "room-1", "301");
        cloud.add_lock("lock-2", "home-1", "room-2", "302");
        token = post("access_token", R"("client_id":"demo","client_secret":"demo-secret")").text_of("access_token");
    }

    json_value answered(const wire::http_request& request) {
        now += std::chrono::seconds(1);
        return json_value::parse(cloud.handle(request, now, random).response->body).value();
    }
    json_value post(const std::string& verb, const std::string& members) {
        return answered({.method = "POST",
                         .url = "http://sim/openapi/v1/" + verb,
                         .headers = {},
                         .body = fmt::format(R"({{"access_token":"{}",{}}})", token, members)});
    }
    json_value get(const std::string& verb, const std::string& query) {
        return answered({.method = "GET",
                         .url = fmt::format("http://sim/openapi/v1/{}?access_token={}&{}", verb, token, query),
                         .headers = {},
                         .body = {}});
    }
    void add() {
        post("add_password",
             R"("uuid":"lock-1","phonenumber":"13800000000","is_default":0,"password":"482913","name":"stay-1")");
    }
    void change(const std::string& verb) { post(verb, R"("uuid":"lock-1","password_id":1001)"); }

    // "20006 20002": newest first.
    std::string operations(const std::string& query) {
        std::string out;
        const json_value answer = get("search_device_op_log", query);
        for (const json_value& one : answer.find("op_list")->items())
            out += (out.empty() ? "" : " ") + one.text_of("op_id");
        return out;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(dingding_operations_test)

BOOST_FIXTURE_TEST_CASE(what_was_done_to_a_pin_is_remembered_newest_first, operated_account) {
    add();
    change("frozen_password");
    change("unfrozen_password");
    change("delete_password");
    BOOST_TEST(operations("uuid=lock-1") == "20003 20007 20006 20002");
    BOOST_TEST(operations("room_id=room-1&home_id=home-1") == "20003 20007 20006 20002");
    BOOST_TEST(operations("uuid=lock-2") == "");
    BOOST_TEST(get("count_device_op_log", "uuid=lock-1").text_of("count") == "4");
}

BOOST_FIXTURE_TEST_CASE(an_entry_names_operator_target_and_recipient, operated_account) {
    add();
    const json_value answer = get("search_device_op_log", "uuid=lock-1");
    BOOST_REQUIRE(answer.find("op_list")->items().size() == 1U);
    const json_value& one = answer.find("op_list")->items().front();
    BOOST_TEST(one.find("operator")->text_of("id") == "demo");
    BOOST_TEST(one.find("target")->text_of("name") == "stay-1");
    BOOST_TEST(one.find("holder")->text_of("id") == "room-1");
    BOOST_TEST(one.find("recipient")->text_of("name") == "13800000000");
    BOOST_TEST(one.integer_of("timestamp").value() == 1'760'000'002'000);
}

BOOST_FIXTURE_TEST_CASE(a_range_of_times_a_kind_and_a_page_can_be_asked_for, operated_account) {
    add();
    change("frozen_password");
    change("unfrozen_password");
    BOOST_TEST(operations("uuid=lock-1&op_id=20006") == "20006");
    BOOST_TEST(operations("uuid=lock-1&operator=nobody") == "");
    BOOST_TEST(operations("uuid=lock-1&offset=1&count=1") == "20006");
    BOOST_TEST(operations("uuid=lock-1&offset=9") == "");
    BOOST_TEST(operations("uuid=lock-1&start_time=1760000003&end_time=1760000003") == "20006");
    BOOST_TEST(get("count_device_op_log", "uuid=lock-1&end_time=1760000002").text_of("count") == "1");
    BOOST_TEST(get("search_device_op_log", "uuid=lock-1&count=x").text_of("ErrNo") == "14001");
    BOOST_TEST(get("count_device_op_log", "uuid=lock-1&start_time=x").text_of("ErrNo") == "14001");
}

BOOST_FIXTURE_TEST_CASE(what_was_refused_was_not_done, operated_account) {
    change("frozen_password");
    BOOST_TEST(operations("uuid=lock-1") == "");
    BOOST_TEST(get("search_device_op_log", "uuid=lock-9").text_of("ErrNo") == "14015");
}

BOOST_AUTO_TEST_SUITE_END()
