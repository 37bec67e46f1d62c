#include "hub/routes/directory_requests.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_value.hpp"

using namespace lockhub;

namespace {

template <class T>
std::string wrong(const result<T>& parsed) {
    return parsed ? "nothing is wrong" : parsed.error().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(directory_requests_test)

BOOST_AUTO_TEST_CASE(a_sync_names_its_pms) {
    const auto request = hub::parse_sync(R"({"pms":"demopms","dry_run":true,"actor":"cli:a"})").value();
    BOOST_TEST(request.pms.value == "demopms");
    BOOST_TEST(request.dry_run);
    BOOST_TEST(request.actor == "cli:a");
    BOOST_TEST(!hub::parse_sync(R"({"pms":"demopms"})").value().dry_run);
}

BOOST_AUTO_TEST_CASE(a_binding_names_room_and_lock_and_an_unbinding_the_room_alone) {
    const auto bound = hub::parse_binding(
        R"({"pms":"p","hotel":"h","room":"r","service":"card","account":"a","lock_uuid":"u","cloud_home_id":"1"})",
        false);
    BOOST_REQUIRE(bound.has_value());
    BOOST_TEST((bound->service == storage::lock_service::card));
    BOOST_TEST(bound->lock_uuid == "u");
    BOOST_TEST(bound->cloud_home_id == "1");
    const auto unbound = hub::parse_binding(R"({"pms":"p","hotel":"h","room":"r"})", true).value();
    BOOST_TEST((unbound.service == storage::lock_service::password));
    BOOST_TEST(unbound.lock_uuid == "");
}

BOOST_AUTO_TEST_CASE(a_mistake_is_named_by_its_member) {
    const std::string_view bindings[][2] = {
        {"no json", "the body is no JSON"},
        {"[]", "the body must be a JSON object"},
        {R"({"pms":"p","hotel":"h","rom":"r"})", "unknown member 'rom', did you mean 'room'?"},
        {R"({"hotel":"h","room":"r"})", "'pms' is missing"},
        {R"({"pms":"p","hotel":"h","room":"r"})", "'account' is missing"},
        {R"({"pms":"p","hotel":"h","room":"r","account":"a","lock_uuid":""})", "'lock_uuid' is missing"},
        {R"({"pms":"p","hotel":"h","room":7})", "'room' must be a text"},
        {R"({"pms":"p","hotel":"h","room":"r","service":"door"})", "'door' is no value of 'service'"},
        {R"({"pms":"p","hotel":"h","room":"r","dry_run":"yes"})", "'dry_run' must be true or false"},
    };
    for (const auto& [body, what] : bindings)
        BOOST_TEST(wrong(hub::parse_binding(body, false)).starts_with(what), body << ": " << what);
    BOOST_TEST(wrong(hub::parse_binding(R"({"pms":"p","hotel":"h","room":"r","account":"a"})", true)) ==
               "unknown member 'account'");
    BOOST_TEST(wrong(hub::parse_sync("{}")) == "'pms' is missing");
    BOOST_TEST(wrong(hub::parse_suggestion(R"({"pms":"p","hotel":"h"})")) == "'account' is missing");
}

BOOST_AUTO_TEST_CASE(what_changed_is_told_with_every_difference) {
    hub::directory_synced done;
    done.rooms = 3;
    done.hotels_without_rooms = {"H3"};
    done.changed.rooms_added = 1;
    done.changed.differences = {{.what = storage::directory_difference::kind::room_added,
                                 .pms = "p",
                                 .hotel = "h",
                                 .room = "r",
                                 .before = {},
                                 .after = "301"}};
    const auto told = wire::json_value::parse(hub::to_json(done, true)).value();
    BOOST_TEST(told.text_of("applied") == "false");
    BOOST_TEST(told.integer_of("rooms").value() == 3);
    BOOST_TEST(told.find("hotels_without_rooms")->items().at(0).text() == "H3");
    const auto& difference = told.find("differences")->items().at(0);
    BOOST_TEST(difference.text_of("what") == "room_added");
    BOOST_TEST(difference.text_of("after") == "301");
}

BOOST_AUTO_TEST_SUITE_END()
