#include "hub/routes/operator_routes.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "hub/cli/commands.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/support/operator_service.hpp"

using namespace lockhub;
using test::operator_service;

namespace {

constexpr std::string_view csv_header =
    "pms_id,hotel_no,hotel_name,room_type_code,room_type_name,room_id,room_no,floor_no,cloud_account,lock_uuid,"
    "cloud_home_id,cloud_room_id\n";

struct operators : operator_service {
    hub::common_options common;

    operators() { common.config = config_file(); }

    // The service with one room and so many openings, all for a PMS no configuration knows: held.
    void hold_openings(int count) {
        import_room();
        for (int i = 0; i < count; ++i) push_opening(1'795'320'000'000 + i);
    }

    std::vector<std::int64_t> ids() {
        auto wanted = common;
        wanted.json = true;
        std::vector<std::int64_t> found;
        std::istringstream lines(hub::outbox_list(wanted, {}).out);
        for (std::string line; std::getline(lines, line);)
            found.push_back(wire::json_value::parse(line).value().integer_of("id").value());
        return found;
    }

    std::string state_of(std::int64_t id) {
        auto wanted = common;
        wanted.json = true;
        hub::outbox_options options;
        options.ids = {id};
        return wire::json_value::parse(hub::outbox_show(wanted, options).out).value().text_of("state");
    }
};

hub::outbox_options by_id(std::int64_t id) {
    hub::outbox_options options;
    options.ids = {id};
    return options;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operator_routes_test)

BOOST_FIXTURE_TEST_CASE(without_the_token_nothing_is_told_and_nothing_done, operators) {
    for (const std::string_view token : {"", "wrong"}) {
        BOOST_TEST(client(token).get("/operator/status").value().status == 401);
        const auto answer = client(token).post_json("/operator/outbox/discard", R"({"state":"held"})").value();
        BOOST_TEST(answer.status == 401);
        BOOST_TEST(answer.body == R"({"error":"the bearer token is missing or wrong","code":"unauthentic"})");
    }
    BOOST_TEST(client().get("/operator/status").value().status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_difference_is_changed_by_its_number_alone, operators) {
    const auto said = [&](const std::string& body) {
        const auto answer = client().post_json("/operator/drift/accept", body).value();
        return std::to_string(answer.status) + " " + wire::json_value::parse(answer.body).value().text_of("error");
    };
    BOOST_TEST(said(R"({"actor":"wang"})") == "400 'id' is missing");
    BOOST_TEST(said(R"({"id":"one"})") == "400 'id' must be the number of a difference");
    BOOST_TEST(said(R"({"id":"7","because":"x"})").starts_with("400 unknown member 'because'"));
    BOOST_TEST(said(R"({"id":"7"})") == "404 difference 7 is not known");
    BOOST_TEST(hub::drift_list(common, {}).out == "every lock that was compared is as wanted\n");
}

BOOST_FIXTURE_TEST_CASE(a_body_with_a_mistake_changes_nothing_and_names_it, operators) {
    hold_openings(1);
    const auto answer = client().post_json("/operator/outbox/discard", R"({"pmss":"demopms"})").value();
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(answer.body == R"({"error":"unknown member 'pmss', did you mean 'pms'?","code":"invalid_input"})");
    BOOST_TEST(state_of(ids().at(0)) == "held");
}

BOOST_FIXTURE_TEST_CASE(one_delivery_is_changed_at_once, operators) {
    hold_openings(2);
    const auto all = ids();
    BOOST_REQUIRE(all.size() == 2);
    const auto discarded = hub::outbox_change(common, by_id(all[0]), "discard");
    BOOST_TEST(discarded.code == hub::exit_code::ok);
    BOOST_TEST(discarded.out == "1 discarded\n");
    BOOST_TEST(state_of(all[0]) == "discarded");
    BOOST_TEST(state_of(all[1]) == "held");
}

BOOST_FIXTURE_TEST_CASE(many_are_counted_first_and_changed_only_with_yes, operators) {
    hold_openings(3);
    hub::outbox_options options;
    options.pms = "demopms";
    const auto asked = hub::outbox_change(common, options, "discard");
    BOOST_TEST(asked.code == hub::exit_code::bad_usage);
    BOOST_TEST(contains(asked.out, "held"), asked.out);
    BOOST_TEST(contains(asked.out, "3 would be discarded"), asked.out);
    BOOST_TEST(contains(asked.err, "repeat with --yes"), asked.err);
    BOOST_TEST(state_of(ids().at(0)) == "held");
    options.yes = true;
    const auto done = hub::outbox_change(common, options, "discard");
    BOOST_TEST(done.code == hub::exit_code::ok);
    BOOST_TEST(done.out == "3 discarded\n");
    BOOST_TEST(state_of(ids().at(2)) == "discarded");
}

BOOST_FIXTURE_TEST_CASE(a_delivery_that_is_not_there_is_not_found, operators) {
    const auto changed = hub::outbox_change(common, by_id(4711), "retry");
    BOOST_TEST(changed.code == hub::exit_code::failed);
    BOOST_TEST(contains(changed.err, "no delivery matches"), changed.err);
    BOOST_TEST(hub::outbox_show(common, by_id(4711)).code == hub::exit_code::failed);
}

BOOST_FIXTURE_TEST_CASE(a_held_delivery_is_explained, operators) {
    hold_openings(1);
    const auto words = hub::outbox_explain(common, {});
    BOOST_TEST(words.code == hub::exit_code::ok);
    BOOST_TEST(contains(words.out, "no [[pms]] section of the configuration has this id"), words.out);
    BOOST_TEST(contains(words.out, "已暂停"), words.out);
}

BOOST_FIXTURE_TEST_CASE(an_unknown_action_cannot_be_decided, operators) {
    hub::action_options options;
    options.id = "20261122120000123000001";
    options.failed = true;
    const auto decided = hub::action_decide(common, options);
    BOOST_TEST(decided.code == hub::exit_code::failed);
    options.succeeded = true;
    BOOST_TEST(hub::action_decide(common, options).code == hub::exit_code::bad_usage);
}

BOOST_FIXTURE_TEST_CASE(a_directory_file_goes_through_the_running_service, operators) {
    hub::directory_options options;
    options.file =
        folder().write("rooms.csv", std::string(csv_header) + "demopms,H1,Demo,T1,Double,R1,101,1,dd-main,lock9,h,r\n");
    options.dry_run = true;
    BOOST_TEST(contains(hub::directory_import(common, options).out, "would be imported"));
    BOOST_TEST(hub::directory_list(common, {}).out == "no room matches\n");
    options.dry_run = false;
    const auto imported = hub::directory_import(common, options);
    BOOST_TEST(imported.code == hub::exit_code::ok);
    BOOST_TEST(contains(imported.out, "through the running service"), imported.out);
    BOOST_TEST(contains(hub::directory_list(common, {}).out, "lock9"));
}

BOOST_FIXTURE_TEST_CASE(without_the_service_a_directory_file_goes_straight_into_the_database, operators) {
    stop();
    hub::directory_options options;
    options.file =
        folder().write("rooms.csv", std::string(csv_header) + "demopms,H1,Demo,T1,Double,R1,101,1,dd-main,lock9,h,r\n");
    const auto imported = hub::directory_import(common, options);
    BOOST_TEST(imported.code == hub::exit_code::ok);
    BOOST_TEST(contains(imported.out, "the service does not run"), imported.out);
    BOOST_TEST(contains(hub::directory_list(common, {}).out, "lock9"));
}

BOOST_FIXTURE_TEST_CASE(a_directory_file_with_a_mistake_names_its_line_and_changes_nothing, operators) {
    hub::directory_options options;
    options.file =
        folder().write("rooms.csv", std::string(csv_header) + "demopms,H1,Demo,T1,Double,,101,1,dd-main,lock9,h,r\n");
    const auto imported = hub::directory_import(common, options);
    BOOST_TEST(imported.code == hub::exit_code::failed);
    BOOST_TEST(contains(imported.err, "rooms.csv: line 2, column room_id"), imported.err);
    BOOST_TEST(hub::directory_list(common, {}).out == "no room matches\n");
}

BOOST_FIXTURE_TEST_CASE(reading_works_while_the_service_is_down_and_changing_does_not, operators) {
    hold_openings(1);
    const auto id = ids().at(0);
    stop();
    BOOST_TEST(contains(hub::outbox_list(common, {}).out, "lock.opened"));
    BOOST_TEST(contains(hub::outbox_explain(common, by_id(id)).out, "delivery"));
    BOOST_TEST(hub::outbox_change(common, by_id(id), "release").code == hub::exit_code::unreachable);
    const auto target = folder() / "copy.db";
    BOOST_TEST(hub::backup(common, target).code == hub::exit_code::ok);
    auto copy = hub::common_options();
    copy.database = target;
    BOOST_TEST(contains(hub::outbox_list(copy, {}).out, "lock.opened"));
    BOOST_TEST(hub::backup(common, target).code == hub::exit_code::failed, "a backup overwrites nothing");
    BOOST_TEST(hub::status(common).code == hub::exit_code::unreachable);
}

BOOST_FIXTURE_TEST_CASE(the_status_tells_what_waits_and_that_nothing_is_missing, operators) {
    hold_openings(2);
    const auto told = hub::status(common);
    BOOST_TEST(told.code == hub::exit_code::ok);
    BOOST_TEST(contains(told.out, "service: ready, version test"), told.out);
    BOOST_TEST(contains(told.out, "demopms cannot be reached (5 failures in a row)"), told.out);
    BOOST_TEST(contains(told.out, "2 accepted = 0 delivered + 2 held"), told.out);
    BOOST_TEST(contains(told.out, "nothing is missing"), told.out);
}

BOOST_AUTO_TEST_SUITE_END()
