#include "tests/simulators/knobs.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;
using namespace lockhub::simulators;

BOOST_AUTO_TEST_SUITE(simulator_knobs_test)

BOOST_AUTO_TEST_CASE(a_fault_strikes_as_often_as_it_was_told) {
    random_source random(1);
    fault three = *fault::parse("1x3");
    int struck = 0;
    for (int i = 0; i < 10; ++i) struck += three.strikes(random) ? 1 : 0;
    BOOST_TEST(struck == 3);
}

BOOST_AUTO_TEST_CASE(a_fault_switched_off_draws_no_random_number) {
    random_source random(1), untouched(1);
    fault off;
    BOOST_TEST(!off.strikes(random));
    BOOST_TEST((random == untouched));
}

BOOST_AUTO_TEST_CASE(a_chance_is_met_within_reason) {
    random_source random(7);
    fault quarter = *fault::parse("0.25");
    int struck = 0;
    for (int i = 0; i < 10'000; ++i) struck += quarter.strikes(random) ? 1 : 0;
    BOOST_TEST(struck > 2300);
    BOOST_TEST(struck < 2700);
}

BOOST_AUTO_TEST_CASE(texts_that_are_no_fault_are_refused) {
    for (const char* text : {"", "2", "-1", "often", "1x", "1xmany", "1x-2", "0.5y"}) {
        BOOST_TEST(!fault::parse(text).has_value(), "accepted: " << text);
    }
}

BOOST_AUTO_TEST_CASE(a_board_sets_by_name_and_names_what_is_wrong) {
    fault drop;
    duration delay{};
    std::string style = "a";
    knob_board board;
    board.add("drop", "drops", drop);
    board.add("delay_ms", "waits", delay);
    board.add("style", "looks", style, {"a", "b"});

    BOOST_TEST(board.set_from_json(R"({"drop":0.5,"delay_ms":20,"style":"b"})").has_value());
    BOOST_TEST(drop.chance == 0.5);
    BOOST_TEST(delay.count() == 20);
    BOOST_TEST(style == "b");
    BOOST_TEST(board.to_json() == R"({"drop":"0.5","delay_ms":"20","style":"b"})");

    BOOST_TEST(board.set("dorp", "1").error().message == "there is no knob 'dorp'");
    BOOST_TEST(board.set("style", "c").error().message == "knob style: 'c' is none of a, b");
    BOOST_TEST(board.set("delay_ms", "-4").error().message == "knob delay_ms: '-4' is no number of ms");
    BOOST_TEST(!board.set_assignment("drop").has_value());
    BOOST_TEST(style == "b");
}

BOOST_AUTO_TEST_SUITE_END()
