#include <boost/test/unit_test.hpp>

#include "hub/routes/operator_routes.hpp"

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(operator_requests_test)

BOOST_AUTO_TEST_CASE(every_filter_is_read) {
    const auto change = hub::parse_outbox_change(
        storage::delivery_verb::hold,
        R"({"ids":[3,"4"],"state":"dead","pms":"p","hotel":"h","room":"r","action":"a","event":"lock.opened",
            "error":"timeout","created_from_ms":1790000000000,"created_until_ms":"1790000000001","dry_run":true,
            "actor":"root","reason":"test"})");
    BOOST_REQUIRE(change.has_value());
    const auto& filter = change->filter;
    BOOST_TEST((change->verb == storage::delivery_verb::hold));
    BOOST_TEST((filter.ids == std::vector<std::int64_t>{3, 4}));
    BOOST_TEST((filter.state == delivery_state::dead));
    BOOST_TEST(filter.pms == "p");
    BOOST_TEST(filter.hotel == "h");
    BOOST_TEST(filter.room == "r");
    BOOST_TEST(filter.action == "a");
    BOOST_TEST(filter.event == "lock.opened");
    BOOST_TEST((filter.why == error_class::timeout));
    BOOST_TEST(to_unix_ms(filter.created_from.value()) == 1'790'000'000'000);
    BOOST_TEST(to_unix_ms(filter.created_until.value()) == 1'790'000'000'001);
    BOOST_TEST(change->dry_run);
    BOOST_TEST(change->actor == "root");
    BOOST_TEST(change->reason == "test");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_refused_with_its_name) {
    const struct {
        std::string_view body, message;
    } cases[] = {
        {"[]", "the body must be a JSON object"},
        {"{}", "name one filter at least"},
        {R"({"dry_run":true,"actor":"root"})", "name one filter at least"},
        {R"({"sate":"dead"})", "unknown member 'sate', did you mean 'state'?"},
        {R"({"state":"deda"})", "'deda' is no value of 'state'"},
        {R"({"state":""})", "'state' must be a text that is not empty"},
        {R"({"pms":7})", "'pms' must be a text that is not empty"},
        {R"({"pms":"p","dry_run":"yes"})", "'dry_run' must be true or false"},
        {R"({"ids":[]})", "'ids' must be a list of 1 to 1000 ids"},
        {R"({"ids":["x"]})", "'ids' must be whole numbers"},
        {R"({"created_from_ms":"yesterday"})", "'created_from_ms' must be milliseconds since 1970"},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.body) {
            const auto change = hub::parse_outbox_change(storage::delivery_verb::retry, one.body);
            BOOST_REQUIRE(!change);
            BOOST_TEST(change.error().message == one.message);
        }
    }
    BOOST_TEST(!hub::parse_outbox_change(storage::delivery_verb::retry, "{").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
