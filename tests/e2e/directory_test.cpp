// The directory as the PMS tells it, and the locks tied to its rooms: the real programs, end to end.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr int ok = 0, failed = 1, bad_usage = 2;

constexpr const char* told_at =
    "hotels_url = \"{pms}/api/demopms/hotel/queryList.do\"\n"
    "room_types_url = \"{pms}/api/demopms/roomType/queryList.do\"\n"
    "rooms_url = \"{pms}/api/demopms/room/queryList.do\"\n";

installation_settings asked(const std::string& more = {}, bool cards = false) {
    installation_settings settings;
    settings.pms_extra = told_at + more;
    settings.cards = cards;
    return settings;
}

// The PMS's rooms: "roomId roomNo" each, of hotel H10086 and type STD.
std::string rooms_json(const std::string& hotel_name, const std::vector<std::pair<std::string, std::string>>& rooms) {
    std::string list;
    for (const auto& [id, number] : rooms)
        list += std::string(list.empty() ? "" : ",") + R"({"roomId":")" + id + R"(","roomNo":")" + number +
                R"(","floorNo":"3"})";
    return R"({"hotels":[{"hotelNo":"H10086","hotelName":")" + hotel_name +
           R"(","roomTypeList":[{"roomTypeCode":"STD","roomTypeName":"标准间","roomList":[)" + list + "]}]}]}";
}

bool says(const simulators::finished_process& done, std::string_view text) {
    return done.output.find(text) != std::string::npos;
}

std::string room_number(const installation& at, const std::string& room) {
    return sql_value(at.database(), "SELECT COALESCE((SELECT room_no FROM rooms WHERE room_id = '" + room + "'), '')");
}

std::string lock_of(const installation& at, const std::string& room, const std::string& service = "password") {
    return sql_value(
        at.database(),
        "SELECT COALESCE((SELECT l.lock_uuid FROM rooms AS r JOIN room_locks AS b ON b.room_row = r.room_row "
        "JOIN locks AS l ON l.lock_row = b.lock_row WHERE r.room_id = '" +
            room + "' AND b.service = '" + service + "'), '')");
}

simulators::finished_process sync(const installation& at, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"directory", "sync", "--pms", "demopms"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return at.cli(std::move(arguments));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(directory_test)

BOOST_AUTO_TEST_CASE(a_sync_shows_the_difference_first_and_applies_it_with_yes) {
    installation at(asked());
    at.pms_does("rooms", rooms_json("新名字", {{"rm300", "300"}, {"rm301", "3-01"}, {"rm900", "900"}}));

    const auto shown = sync(at);
    BOOST_TEST(shown.exit_code == bad_usage);
    for (const auto* text : {"room_added", "rm900", "room_changed", "3-01", "hotel_renamed", "新名字", "room_missing",
                             "rm302", "would be applied", "1 rooms the PMS does not name stay", "--yes"})
        BOOST_TEST(says(shown, text), text << " is missing in " << shown.output);
    BOOST_TEST(room_number(at, "rm301") == "301");
    BOOST_TEST(room_number(at, "rm900") == "");

    const auto applied = sync(at, {"--yes"});
    BOOST_TEST(applied.exit_code == ok, applied.output);
    BOOST_TEST(says(applied, "applied: 0 hotels, 0 room types and 1 rooms added, 1 rooms changed, 1 as before"),
               applied.output);
    BOOST_TEST(room_number(at, "rm301") == "3-01");
    BOOST_TEST(room_number(at, "rm900") == "900");
    BOOST_TEST(room_number(at, "rm302") == "302");
    for (std::size_t room = 0; room < 3; ++room) BOOST_TEST(lock_of(at, at.room_id(room)) == at.uuid(room));
    BOOST_TEST(at.final_codes(at.check_in(1, "246813")) == "0");

    const auto again = sync(at);
    BOOST_TEST(again.exit_code == ok, again.output);
    BOOST_TEST(says(again, "nothing differs"), again.output);
    BOOST_TEST(says(at.cli({"status"}), "directory of demopms: compared"));
    const auto as_json = at.cli({"--json", "directory", "sync", "--pms", "demopms", "--dry-run"});
    BOOST_TEST(as_json.exit_code == ok);
    const auto answer = wire::json_value::parse(as_json.output);
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->text_of("applied") == "false");
    BOOST_TEST(answer->integer_of("rooms_missing").value() == 1);
}

BOOST_AUTO_TEST_CASE(the_pms_can_check_each_request_and_its_loose_answers_are_read) {
    installation at(asked());
    at.pms_does("knobs", R"({"directory_code":"string"})");
    BOOST_TEST(sync(at, {"--dry-run"}).exit_code == ok);
    const auto state = at.pms_state();
    std::vector<std::string> services;
    for (const auto& call : state.find("directory_calls")->items()) {
        services.push_back(call.text_of("service") + " " + call.text_of("hotels"));
        BOOST_TEST(call.text_of("hmac_ok") == "true");
    }
    const std::vector<std::string> expected{"hotel ", "roomType H10086", "room H10086"};
    BOOST_TEST(services == expected, boost::test_tools::per_element());
    BOOST_TEST(state.integer_of("bad_hmacs").value() == 0);
}

BOOST_AUTO_TEST_CASE(the_documents_missing_comma_is_refused_with_its_place_and_changes_nothing) {
    installation at(asked());
    at.pms_does("rooms", rooms_json("新名字", {{"rm300", "3-00"}}));
    at.pms_does("knobs", R"({"directory_broken_json":"1"})");
    const auto broken = sync(at, {"--yes"});
    BOOST_TEST(broken.exit_code == failed);
    BOOST_TEST(says(broken,
                    "rooms: the answer is not JSON: line 2, column 1: expected ',' or '}' after the value of "
                    "\"roomNo\", found '\"'"),
               broken.output);
    BOOST_TEST(room_number(at, "rm300") == "300");
    BOOST_TEST(says(at.cli({"status"}), "FAILED (refused_by_pms)"));

    at.pms_does("knobs", R"({"directory_broken_json":"0","directory_refuse":"1"})");
    const auto refused = sync(at);
    BOOST_TEST(refused.exit_code == failed);
    BOOST_TEST(says(refused, "hotels: code -1: 处理失败"), refused.output);
    at.pms_does("knobs", R"({"directory_refuse":"0","directory_html":"1"})");
    BOOST_TEST(says(sync(at), "line 1, column 1: expected a value, found '<'"));
    at.pms_does("knobs", R"({"directory_html":"0","directory_drop":"1"})");
    BOOST_TEST(sync(at).exit_code == failed);
    const auto too_often = sync(at);
    BOOST_TEST(too_often.exit_code == failed);
    BOOST_TEST(says(too_often, "asked 4 times in the last 30 s"), too_often.output);
}

BOOST_AUTO_TEST_CASE(the_schedule_takes_over_what_the_pms_changes) {
    installation at(asked("directory_sync_every = \"10s\"\n"));
    at.pms_does("rooms", rooms_json("示范酒店", {{"rm300", "300"}, {"rm301", "3-01"}}));
    eventually("the schedule has taken over the new number", [&] { return room_number(at, "rm301") == "3-01"; });
    BOOST_TEST(lock_of(at, "rm301") == at.uuid(1));
    const auto status = at.cli({"status"});
    BOOST_TEST(says(status, "directory of demopms: applied"), status.output);
    BOOST_TEST(says(status, "by schedule"), status.output);
    BOOST_TEST(http_get(at.hub(), "/metrics")
                   .body.contains("lockhub_directory_pulls_total{outcome=\"applied\",pms=\"demopms\"}"));
    BOOST_TEST(sql_value(at.database(), "SELECT COUNT(*) > 0 FROM audit WHERE actor = 'schedule'") == "1");
}

BOOST_AUTO_TEST_CASE(a_pms_without_urls_and_one_nobody_knows_are_named) {
    installation at;
    const auto without = sync(at);
    BOOST_TEST(without.exit_code == bad_usage);
    BOOST_TEST(says(without, "hotels_url"), without.output);
    const auto unknown = at.cli({"directory", "sync", "--pms", "nobody"});
    BOOST_TEST(unknown.exit_code == failed);
    BOOST_TEST(says(unknown, "nobody"), unknown.output);
}

BOOST_AUTO_TEST_CASE(a_room_is_untied_from_its_lock_and_tied_again) {
    installation at;
    const std::vector<std::string> room{"--pms", "demopms", "--hotel", "H10086", "--room", "rm300"};
    const auto run = [&](const std::string& verb, std::vector<std::string> more) {
        std::vector<std::string> arguments{"directory", verb};
        arguments.insert(arguments.end(), room.begin(), room.end());
        arguments.insert(arguments.end(), more.begin(), more.end());
        return at.cli(std::move(arguments));
    };
    const auto shown = run("unbind", {"--dry-run"});
    BOOST_TEST(shown.exit_code == ok);
    BOOST_TEST(says(shown, "lock_unbound"), shown.output);
    BOOST_TEST(lock_of(at, "rm300") == at.uuid(0));
    BOOST_TEST(run("unbind", {}).exit_code == ok);
    BOOST_TEST(lock_of(at, "rm300") == "");
    const auto refused = at.lockapi("enableGuestPwd", at.check_in_fields(0, "246813")).json();
    BOOST_TEST(refused.integer_of("code").value() == -8105);

    BOOST_TEST(run("bind", {"--account", "dd-mian", "--lock", at.uuid(0)}).exit_code == bad_usage);
    const auto bound = run("bind", {"--account", "dd-main", "--lock", at.uuid(0), "--home", "sim-home"});
    BOOST_TEST(bound.exit_code == ok, bound.output);
    BOOST_TEST(says(bound, "lock_bound"), bound.output);
    BOOST_TEST(at.final_codes(at.check_in(0, "246813")) == "0");
    const auto again = run("bind", {"--account", "dd-main", "--lock", at.uuid(0)});
    BOOST_TEST(again.exit_code == ok);
    BOOST_TEST(says(again, "it is so already"), again.output);

    const auto taken = run("bind", {"--account", "dd-main", "--lock", at.uuid(1)});
    BOOST_TEST(taken.exit_code == bad_usage);
    BOOST_TEST(says(taken, "rm301"), taken.output);
    BOOST_TEST(says(taken, "--yes"), taken.output);
    BOOST_TEST(lock_of(at, "rm301") == at.uuid(1));
}

BOOST_AUTO_TEST_CASE(rooms_find_their_dingding_locks_by_number_and_only_certain_ones_are_bound) {
    installation at(asked());
    // The simulated devices are called by the first six characters of their ids.
    at.pms_does("rooms", rooms_json("示范酒店", {{"n1", "000001"}, {"n2", "000002房"}, {"n3", "3"}, {"n9", "999"}}));
    BOOST_TEST(sync(at, {"--yes"}).exit_code == ok);
    for (const auto* room : {"rm300", "rm301"}) {
        BOOST_TEST(at.cli({"directory", "unbind", "--pms", "demopms", "--hotel", "H10086", "--room", room, "--yes"})
                       .exit_code == ok);
    }
    const std::vector<std::string> suggest{"directory", "suggest",   "--pms",   "demopms", "--hotel",
                                           "H10086",    "--account", "dd-main", "--home",  "sim-home"};
    const auto with = [&](std::vector<std::string> more) {
        auto arguments = suggest;
        arguments.insert(arguments.end(), more.begin(), more.end());
        return at.cli(std::move(arguments));
    };
    const auto shown = with({});
    BOOST_TEST(shown.exit_code == ok, shown.output);
    for (const auto* text : {"exact", "normalised", "possible", "2 rooms can be bound: --apply --yes does it", "999"})
        BOOST_TEST(says(shown, text), text << " is missing in " << shown.output);
    BOOST_TEST(with({"--apply"}).exit_code == bad_usage);
    BOOST_TEST(lock_of(at, "n1") == "");

    const auto applied = with({"--apply", "--yes"});
    BOOST_TEST(applied.exit_code == ok, applied.output);
    BOOST_TEST(says(applied, "2 rooms bound"), applied.output);
    BOOST_TEST(lock_of(at, "n1") == at.uuid(0));
    BOOST_TEST(lock_of(at, "n2") == at.uuid(1));
    BOOST_TEST(lock_of(at, "n9") == "");
    BOOST_TEST(lock_of(at, "rm302") == at.uuid(2));
    BOOST_TEST(says(with({}), "as_before"));
}

BOOST_AUTO_TEST_CASE(a_lock_of_another_room_is_named_and_stays_there) {
    installation at(asked());
    at.pms_does("rooms", rooms_json("示范酒店", {{"n1", "000001"}}));
    BOOST_TEST(sync(at, {"--yes"}).exit_code == ok);
    const auto applied = at.cli(
        {"directory", "suggest", "--pms", "demopms", "--hotel", "H10086", "--account", "dd-main", "--apply", "--yes"});
    BOOST_TEST(applied.exit_code == ok, applied.output);
    BOOST_TEST(says(applied, "lock_taken"), applied.output);
    BOOST_TEST(says(applied, "room rm300 of hotel H10086"), applied.output);
    BOOST_TEST(lock_of(at, "rm300") == at.uuid(0));
}

BOOST_AUTO_TEST_CASE(rooms_find_their_card_locks_at_the_gateway) {
    installation at(asked({}, true));
    BOOST_TEST(at.cli({"directory", "unbind", "--pms", "demopms", "--hotel", "H10086", "--room", "rm301", "--service",
                       "card", "--yes"})
                   .exit_code == ok);
    BOOST_TEST(lock_of(at, "rm301", "card") == "");
    const auto applied = at.cli({"directory", "suggest", "--pms", "demopms", "--hotel", "H10086", "--account",
                                 "gw-main", "--service", "card", "--apply", "--yes"});
    BOOST_TEST(applied.exit_code == ok, applied.output);
    BOOST_TEST(says(applied, "1 rooms bound"), applied.output);
    BOOST_TEST(says(applied, "as_before"), applied.output);
    BOOST_TEST(lock_of(at, "rm301", "card") == at.rm_id(1));
    BOOST_TEST(lock_of(at, "rm301") == at.uuid(1));
}

BOOST_AUTO_TEST_SUITE_END()
