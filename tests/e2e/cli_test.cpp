// The command line against a running hub, and against the file while it is down.
#include <boost/test/unit_test.hpp>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

constexpr int ok = 0, failed = 1, bad_usage = 2, unreachable = 3;

bool says(const simulators::finished_process& done, std::string_view text) {
    return done.output.find(text) != std::string::npos;
}

// A PMS that refuses, and a schedule that gives up after the second attempt.
installation_settings hopeless() {
    return {.dispatch = "retry_schedule = [\"1s\"]\n", .pms_extra = {}, .sim_arguments = {"--pms-knob=refuse=1"}};
}

void raise_openings(const installation& at, std::size_t count) {
    for (std::size_t room = 0; room < count; ++room) {
        at.cloud_does("open", R"({"uuid":")" + at.uuid(room) + R"(","id":1001})");
    }
}

void wait_for(const installation& at, const std::string& state, std::size_t count) {
    eventually(std::to_string(count) + " deliveries are " + state, [&] {
        return sql_value(at.database(), "SELECT COUNT(*) FROM outbox WHERE state = '" + state + "'") ==
               std::to_string(count);
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cli_test)

BOOST_AUTO_TEST_CASE(a_dead_delivery_is_found_explained_and_sent_again) {
    installation at(hopeless());
    raise_openings(at, 1);
    wait_for(at, "dead", 1);

    const auto listed = at.cli({"outbox", "ls", "--state", "dead"});
    BOOST_TEST(listed.exit_code == ok);
    BOOST_TEST(says(listed, "refused_by_pms"), listed.output);
    BOOST_TEST(says(listed, "lock.opened"), listed.output);
    const auto as_json = at.cli({"--json", "outbox", "ls", "--error", "refused_by_pms", "--event", "lock.opened"});
    const auto row = wire::json_value::parse(as_json.output.substr(0, as_json.output.find('\n')));
    BOOST_REQUIRE(row.has_value());
    BOOST_TEST(row->text_of("state") == "dead");
    BOOST_TEST(row->integer_of("attempts").value() == 2);

    const auto explained = at.cli({"outbox", "explain", "1"});
    BOOST_TEST(explained.exit_code == ok);
    BOOST_TEST(says(explained, "lockhub outbox retry"), explained.output);

    at.pms_does("knobs", R"({"refuse":"0"})");
    BOOST_TEST(at.cli({"outbox", "retry", "1", "--reason", "the PMS is back"}).exit_code == ok);
    wait_for(at, "delivered", 1);
    BOOST_TEST(sql_value(at.database(), "SELECT verb FROM audit WHERE reason = 'the PMS is back'") == "retry");
}

BOOST_AUTO_TEST_CASE(a_bulk_change_says_what_it_would_do_and_waits_for_yes) {
    installation at(hopeless());
    raise_openings(at, 3);
    wait_for(at, "dead", 3);
    at.pms_does("knobs", R"({"refuse":"0"})");

    const auto asked = at.cli({"outbox", "retry", "--state", "dead"});
    BOOST_TEST(asked.exit_code == bad_usage);
    BOOST_TEST(says(asked, "3"), asked.output);
    BOOST_TEST(says(asked, "--yes"), asked.output);
    BOOST_TEST(at.cli({"outbox", "retry", "--state", "dead", "--dry-run"}).exit_code == ok);
    wait_for(at, "dead", 3);

    BOOST_TEST(at.cli({"outbox", "retry", "--state", "dead", "--yes"}).exit_code == ok);
    wait_for(at, "delivered", 3);
}

BOOST_AUTO_TEST_CASE(a_delivery_is_held_released_and_discarded) {
    installation at(
        {.dispatch = "retry_schedule = [\"1h\"]\n", .pms_extra = {}, .sim_arguments = {"--pms-knob=refuse=1"}});
    raise_openings(at, 2);
    eventually("both have been tried", [&] {
        return sql_value(at.database(), "SELECT COUNT(*) FROM outbox WHERE state = 'ready' AND attempts = 1") == "2";
    });
    at.pms_does("knobs", R"({"refuse":"0"})");
    BOOST_TEST(at.cli({"outbox", "hold", "1"}).exit_code == ok);
    wait_for(at, "held", 1);
    BOOST_TEST(says(at.cli({"outbox", "explain", "1"}), "release"));
    BOOST_TEST(at.cli({"outbox", "release", "1"}).exit_code == ok);
    wait_for(at, "delivered", 1);
    BOOST_TEST(at.cli({"outbox", "discard", "2"}).exit_code == ok);
    wait_for(at, "discarded", 1);
    BOOST_TEST(at.cli({"outbox", "retry", "1"}).exit_code == failed);  // delivered: its state does not allow it
}

BOOST_AUTO_TEST_CASE(reading_works_while_the_service_is_down_and_changing_says_that_it_is) {
    installation at(hopeless());
    raise_openings(at, 1);
    wait_for(at, "dead", 1);
    BOOST_TEST(at.stop_hub() == 0);
    const auto listed = at.cli({"outbox", "ls"});
    BOOST_TEST(listed.exit_code == ok);
    BOOST_TEST(says(listed, "dead"), listed.output);
    BOOST_TEST(at.cli({"outbox", "explain", "1"}).exit_code == ok);
    BOOST_TEST(at.cli({"directory", "ls"}).exit_code == ok);
    BOOST_TEST(at.cli({"action", "ls"}).exit_code == ok);
    const auto refused = at.cli({"outbox", "retry", "1"});
    BOOST_TEST(refused.exit_code == unreachable);
    BOOST_TEST(!refused.output.empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_there_and_what_is_wrong_have_exit_codes_of_their_own) {
    installation at;
    BOOST_TEST(at.cli({"outbox", "show", "4711"}).exit_code == failed);
    BOOST_TEST(at.cli({"action", "show", "20260101000000000000000"}).exit_code == failed);
    BOOST_TEST(at.cli({"outbox", "ls", "--state", "lost"}).exit_code == bad_usage);
    BOOST_TEST(at.cli({"outbox", "lss"}).exit_code == bad_usage);
    BOOST_TEST(at.cli({"status"}).exit_code == ok);
}

BOOST_AUTO_TEST_CASE(a_wrong_configuration_is_named_with_file_line_and_reason) {
    installation at;
    BOOST_TEST(at.cli({"config", "check"}).exit_code == ok);
    const auto file = at.folder().write(
        "wrong.toml", "[server]\nlistn = \"127.0.0.1:8080\"\n[dispatch]\nvendor_timeout = \"soon\"\n");
    const auto checked =
        simulators::run_process({LOCKHUB_PROGRAM, "config", "check", file.string()}, std::chrono::seconds(30));
    BOOST_TEST(checked.exit_code == bad_usage);
    BOOST_TEST(says(checked, "wrong.toml:2"), checked.output);
    BOOST_TEST(says(checked, "listen"), checked.output);
    BOOST_TEST(says(checked, "wrong.toml:4"), checked.output);
    const auto served =
        simulators::run_process({LOCKHUB_PROGRAM, "serve", "--config", file.string()}, std::chrono::seconds(30));
    BOOST_TEST(served.exit_code == bad_usage);
}

BOOST_AUTO_TEST_CASE(a_backup_is_a_whole_database_and_never_overwrites) {
    installation at;
    raise_openings(at, 2);
    wait_for(at, "delivered", 2);
    const auto copy = at.folder() / "copy.db";
    BOOST_TEST(at.cli({"backup", copy.string()}).exit_code == ok);
    BOOST_TEST(sql_value(copy, "PRAGMA integrity_check") == "ok");
    BOOST_TEST(sql_value(copy, "SELECT COUNT(*) FROM outbox") == "2");
    BOOST_TEST(at.cli({"backup", copy.string()}).exit_code != ok);
    BOOST_TEST(at.stop_hub() == 0);
    BOOST_TEST(at.cli({"backup", (at.folder() / "second.db").string()}).exit_code == ok);
}

BOOST_AUTO_TEST_CASE(a_directory_file_is_taken_whole_or_not_at_all) {
    installation at;
    const auto file = at.folder().write(
        "wrong.csv",
        "pms_id,hotel_no,hotel_name,room_type_code,room_type_name,room_id,room_no,floor_no,cloud_account,lock_uuid,"
        "cloud_home_id,cloud_room_id\n"
        "demopms,H10086,h,STD,s,rm900,900,9,dd-main,0123456789abcdef0123456789abcdef,,\n"
        "demopms,H10086,h,STD,s,,901,9,dd-main,1123456789abcdef0123456789abcdef,,\n");
    const auto refused = at.cli({"directory", "import", file.string()});
    BOOST_TEST(refused.exit_code == failed);
    BOOST_TEST(says(refused, "line 3"), refused.output);
    BOOST_TEST(says(refused, "room_id"), refused.output);
    BOOST_TEST(!says(at.cli({"directory", "ls"}), "rm900"));
}

BOOST_AUTO_TEST_CASE(a_second_hub_on_the_same_file_is_refused_with_one_sentence) {
    installation at;
    const auto second =
        simulators::run_process({LOCKHUB_PROGRAM, "serve", "--config", at.config().string()}, std::chrono::seconds(30));
    BOOST_TEST(second.exit_code != ok);
    BOOST_TEST(says(second, "lockhub.db"), second.output);
    BOOST_TEST(http_get(at.hub(), "/readyz").status == 200);
}

BOOST_AUTO_TEST_CASE(a_new_seal_key_is_made_while_no_hub_runs_and_everything_goes_on_with_it) {
    installation at;
    const auto action = at.check_in(0, "482915");
    BOOST_TEST(at.final_codes(action) == "0");
    const auto running = at.cli({"secrets", "rotate"});
    BOOST_TEST(running.exit_code == failed);
    BOOST_TEST(says(running, "another hub"), running.output);

    BOOST_REQUIRE(at.stop_hub() == ok);
    const auto rotated = at.cli({"secrets", "rotate"});
    BOOST_TEST(rotated.exit_code == ok, rotated.output);
    BOOST_TEST(says(rotated, "1 PIN(s), 1 token(s)"), rotated.output);

    at.start_hub();
    BOOST_TEST(at.final_codes(at.check_in(0, "731904")) == "0");
    BOOST_TEST(sql_value(at.database(), "SELECT COUNT(*) FROM audit WHERE verb = 'rotate_seal_key'") == "1");
}

BOOST_AUTO_TEST_SUITE_END()
