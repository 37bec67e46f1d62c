#include "tests/tidy/word_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub::tidy;

BOOST_AUTO_TEST_SUITE(tidy_words)

BOOST_AUTO_TEST_CASE(nothing_is_spawned_and_left_to_itself) {
    BOOST_TEST(findings(nothing_is_detached) == "");
}

BOOST_AUTO_TEST_CASE(clocks_and_randomness_are_used_behind_their_seams_only) {
    BOOST_TEST(findings(time_and_randomness_stay_behind_seams) == "");
}

BOOST_AUTO_TEST_CASE(no_code_and_no_test_sleeps) {
    BOOST_TEST(findings(nobody_sleeps) == "");
}

BOOST_AUTO_TEST_CASE(no_sql_leaks_out_of_the_engine) {
    BOOST_TEST(findings(sql_stays_in_the_engine) == "");
}

BOOST_AUTO_TEST_CASE(every_query_lists_its_columns) {
    BOOST_TEST(findings(no_select_star) == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_left_for_later) {
    BOOST_TEST(findings(no_leftovers) == "");
}

BOOST_AUTO_TEST_CASE(the_rules_find_what_they_forbid) {
    const auto found_in_hub = [](rule check, const char* text) { return count_findings(check, "hub/a.cpp", text); };
    BOOST_TEST(found_in_hub(nothing_is_detached, "co_spawn(io, f(), asio::detached);") == 1U);
    BOOST_TEST(found_in_hub(nothing_is_detached, "worker.detach();") == 1U);
    BOOST_TEST(found_in_hub(time_and_randomness_stay_behind_seams, "auto t = std::chrono::system_clock::now();") == 1U);
    BOOST_TEST(found_in_hub(time_and_randomness_stay_behind_seams, "std::random_device device;") == 1U);
    BOOST_TEST(found_in_hub(time_and_randomness_stay_behind_seams, "int die = rand() % 6;") == 1U);
    BOOST_TEST(found_in_hub(nobody_sleeps, "std::this_thread::sleep_for(1s);") == 1U);
    BOOST_TEST(found_in_hub(sql_stays_in_the_engine, "db.run(\"DELETE FROM outbox\");") == 1U);
    BOOST_TEST(found_in_hub(no_select_star, "db.run(\"SELECT * FROM outbox\");") == 1U);
    BOOST_TEST(found_in_hub(no_leftovers, "int x; // TODO") == 1U);
}

BOOST_AUTO_TEST_CASE(the_rules_leave_comments_literals_and_longer_words_alone) {
    BOOST_TEST(count_findings(nothing_is_detached, "hub/a.cpp", "// never detached\nauto s = \"detached\";") == 0U);
    BOOST_TEST(count_findings(time_and_randomness_stay_behind_seams, "hub/a.cpp",
                              "auto o = operand(x); t = time_.now();") == 0U);
    BOOST_TEST(count_findings(time_and_randomness_stay_behind_seams, "hub/system/system_clock.cpp",
                              "system_clock::now()") == 0U);
    BOOST_TEST(count_findings(nobody_sleeps, "hub/a.cpp", "auto longest_sleep = 30s;") == 0U);
    BOOST_TEST(count_findings(sql_stays_in_the_engine, "storage/sqlite/a.cpp", "\"DELETE FROM outbox\"") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
