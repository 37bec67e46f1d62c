#include "tests/simulators/dingding_readings.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/dingding/cloud.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/simulators/dingding_cloud.hpp"

using namespace lockhub;
using namespace lockhub::simulators;
using wire::json_value;

namespace {

const time_point start = from_unix_ms(1'760'000'000'123);

// The simulated account, asked with the hub's own codec.
struct asked_account {
    dingding_cloud cloud{{}};
    random_source random{1};
    time_point now = start;
    std::unique_ptr<lock_cloud> codec = dingding::make_cloud({.account = account_id("dd-main"),
                                                              .event_url = "https://hub.example.com/e",
                                                              .result_url = "https://hub.example.com/r",
                                                              .sign = dingding::sign_policy::required,
                                                              .base_url = "http://127.0.0.1:9101/openapi/v1",
                                                              .client_id = "demo",
                                                              .client_secret = secret("demo-secret")});
    access_token token;

    asked_account() {
        cloud.add_lock("lock-1", "home-1", "room-1", "301");
        cloud.add_lock("lock-2", "home-1", "room-2", "302");
        cloud.add_lock("lock-3", "home-2", "room-3", "401");
        token = *codec->decode_token(*cloud.handle(*codec->encode_token_request(now), now, random).response, now);
    }

    command_facts read(vendor_command what) {
        const auto request = codec->encode(what, token, now, "");
        BOOST_REQUIRE(request);
        const auto reply = codec->decode(what, *cloud.handle(*request, now, random).response, now);
        BOOST_REQUIRE(std::holds_alternative<reply::done>(reply));
        return std::get<reply::done>(reply).facts;
    }
    std::vector<reported_opening> log(std::size_t offset, std::size_t count) {
        vendor_command what;
        what.verb = command_verb::read_log;
        what.lock_uuid = "lock-1";
        what.page = {.from = start - std::chrono::hours(24), .until = now, .offset = offset, .count = count};
        return read(what).openings;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(dingding_readings_test)

BOOST_AUTO_TEST_CASE(pins_are_made_and_taken_away_at_the_door_with_their_pushes_or_without) {
    asked_account a;
    vendor_command what;
    what.verb = command_verb::read_pins;
    what.lock_uuid = "lock-1";
    BOOST_TEST(a.cloud.add_at_door("lock-1", "111222", "Mr Li", true, a.now, a.random).at(0).name == "pwdAddLocal");
    BOOST_TEST(a.cloud.add_at_door("lock-1", "333444", "", false, a.now, a.random).empty());
    BOOST_REQUIRE_EQUAL(a.read(what).credentials.size(), 2U);
    BOOST_TEST(a.read(what).credentials.at(0).label == "Mr Li");
    const auto deleted = a.cloud.delete_at_door("lock-1", 2, true, a.now, a.random);
    BOOST_TEST(deleted.at(0).name == "pwdDelLocal");
    BOOST_TEST(deleted.at(0).body.find(R"("detail":{"password":{"id":2}})") != std::string::npos);
    BOOST_TEST(a.cloud.delete_at_door("lock-1", 3, false, a.now, a.random).empty());
    BOOST_TEST(a.read(what).credentials.empty());
    BOOST_TEST(a.cloud.delete_at_door("lock-1", 3, true, a.now, a.random).empty());
}

BOOST_AUTO_TEST_CASE(an_opening_stands_in_the_log_with_the_time_its_push_had) {
    asked_account a;
    const auto pushes = a.cloud.open_by_pin("lock-1", 1001, a.now, a.random);
    const auto openings = a.log(0, 10);
    BOOST_REQUIRE_EQUAL(openings.size(), 1U);
    BOOST_CHECK_EQUAL(json_value::parse(pushes[0].body)->integer_of("time").value(),
                      to_unix_ms(openings[0].occurred_at));
    BOOST_CHECK_EQUAL(openings[0].source, 2);
    BOOST_CHECK_EQUAL(openings[0].source_id, "1001");
}

BOOST_AUTO_TEST_CASE(the_log_comes_newest_first_page_by_page_late_openings_in_their_place) {
    asked_account a;
    a.cloud.open_by_pin("lock-1", 1003, a.now, a.random);
    a.cloud.upload_history("lock-1", {1001, 1002}, a.now, a.random);
    a.now += std::chrono::seconds(5);
    a.cloud.open_by_pin("lock-1", 1004, a.now, a.random);
    a.cloud.open_by_pin("lock-2", 1009, a.now, a.random);
    std::string order;
    for (const std::size_t offset : {0U, 2U, 4U}) {
        for (const auto& opening : a.log(offset, 2)) order += opening.source_id + " ";
        order += "| ";
    }
    BOOST_CHECK_EQUAL(order, "1004 1003 | 1002 1001 | | ");
}

BOOST_AUTO_TEST_CASE(the_range_of_the_log_is_kept) {
    asked_account a;
    a.cloud.upload_history("lock-1", {1001}, a.now, a.random);
    vendor_command what;
    what.verb = command_verb::read_log;
    what.lock_uuid = "lock-1";
    what.page = {.from = a.now - std::chrono::minutes(30), .until = a.now, .offset = 0, .count = 10};
    BOOST_CHECK(a.read(what).openings.empty());
    what.page.from = a.now - std::chrono::minutes(90);
    BOOST_CHECK_EQUAL(a.read(what).openings.size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_home_lists_its_own_locks_by_name) {
    asked_account a;
    vendor_command what;
    what.verb = command_verb::list_devices;
    what.cloud_home_id = "home-1";
    const auto locks = a.read(what).devices;
    BOOST_REQUIRE_EQUAL(locks.size(), 2U);
    BOOST_CHECK(locks[0] == (reported_device{"lock-1", "home-1", "room-1", "301"}));
    BOOST_CHECK(locks[1] == (reported_device{"lock-2", "home-1", "room-2", "302"}));
}

BOOST_AUTO_TEST_CASE(lock_info_tells_the_signal) {
    asked_account a;
    a.cloud.find_lock("lock-1")->link_quality = 51;
    vendor_command what;
    what.verb = command_verb::read_lock;
    what.lock_uuid = "lock-1";
    BOOST_CHECK(a.read(what).signal_percent == 20);
}

BOOST_AUTO_TEST_SUITE_END()
