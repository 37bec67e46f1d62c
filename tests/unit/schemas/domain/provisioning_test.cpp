#include "schemas/domain/provisioning.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace lockhub;

namespace {

using enum place_state;
using enum place_change;

place_home home(std::vector<place_room> rooms) {
    return {.id = "H1", .name = "示范酒店", .details = {}, .rooms = std::move(rooms)};
}

place_room room(const std::string& id, const std::string& name) {
    return {id, id, name, "标准间"};
}

remembered_place known(const std::string& id, const std::string& name, place_change change = add,
                       place_state state = present) {
    return {.id = id,
            .room = id,
            .name = name,
            .description = id.empty() ? "" : "标准间",
            .change = change,
            .state = state,
            .message = {}};
}

remembered_place known_home(place_state state = present, place_change change = add) {
    return known("", "示范酒店", change, state);
}

std::string told(const place_plan& plan) {
    std::string out;
    for (const auto& one : plan.differences)
        out += std::string(to_string(one.what)) + (one.room.empty() ? "" : " " + one.room) + "; ";
    return out;
}

std::string steps(const place_plan& plan) {
    std::string out;
    for (const auto& one : plan.steps) {
        out += one.what == place_step::kind::everything ? "everything" : std::string(to_string(one.change));
        out += one.what == place_step::kind::home ? " home" : one.room.id.empty() ? "" : " " + one.room.id;
        for (const auto& each : one.list) out += " " + each.id;
        for (const auto& id : one.gone) out += " -" + id;
        out += "; ";
    }
    return out;
}

struct planned {
    const char* rule;
    std::vector<remembered_place> remembered;
    seen_places seen;
    bool prune;
    std::string differences, steps;
};

seen_places there(std::vector<std::pair<std::string, std::string>> locks = {}) {
    seen_places out{.home = true, .locks = {}, .note = {}};
    for (auto& [uuid, room_id] : locks) out.locks.push_back({uuid, "H1", room_id, "x"});
    return out;
}

void check(place_way way, std::initializer_list<planned> cases) {
    const auto wanted = home({room("a", "801"), room("b", "802")});
    for (const auto& each : cases) {
        const auto plan = plan_places(way, wanted, each.remembered, each.seen, each.prune);
        BOOST_TEST(told(plan) == each.differences, each.rule << ": " << told(plan));
        BOOST_TEST(steps(plan) == each.steps, each.rule << ": " << steps(plan));
    }
}

const seen_places absent{.home = false, .locks = {}, .note = {}};
const seen_places silent{};

}  // namespace

BOOST_AUTO_TEST_SUITE(provisioning_test)

BOOST_AUTO_TEST_CASE(one_by_one_each_place_is_made_changed_or_left) {
    check(place_way::one_by_one,
          {
              {"nothing is there",
               {},
               absent,
               false,
               "home_added; room_added a; room_added b; ",
               "add home; add a; add b; "},
              {"all is there", {known_home(), known("a", "801"), known("b", "802")}, there(), false, "", ""},
              {"a home that went away is made again with its rooms",
               {known_home(), known("a", "801"), known("b", "802")},
               absent,
               true,
               "home_added; room_added a; room_added b; ",
               "add home; add a; add b; "},
              {"a home nobody remembers takes the directory's name",
               {known("a", "801"), known("b", "802")},
               there(),
               false,
               "home_changed; ",
               "change home; "},
              {"another name",
               {known_home(), known("a", "8-01"), known("b", "802")},
               there(),
               false,
               "room_changed a; ",
               "change a; "},
              {"a room with a lock in it is there, whatever is remembered",
               {known_home(), known("b", "802")},
               there({{"u1", "a"}}),
               false,
               "room_changed a; ",
               "change a; "},
              {"what was refused is added, what was refused a change is changed",
               {known_home(), known("a", "801", add, place_state::wanted),
                known("b", "802", change, place_state::wanted)},
               there(),
               false,
               "room_added a; room_changed b; ",
               "add a; change b; "},
          });
}

BOOST_AUTO_TEST_CASE(what_is_in_doubt_is_changed_first_and_what_the_directory_lacks_stays_or_is_pruned) {
    check(place_way::one_by_one,
          {
              {"after a lost answer it is changed first, never added first",
               {known_home(doubtful), known("a", "801", add, doubtful), known("b", "802", add, sent)},
               there(),
               false,
               "home_in_doubt; room_in_doubt a; room_in_doubt b; ",
               "change home; change a; change b; "},
              {"in doubt about a home that is not there",
               {known_home(sent)},
               absent,
               false,
               "home_added; room_added a; room_added b; ",
               "add home; add a; add b; "},
              {"what the directory lacks stays",
               {known_home(), known("a", "801"), known("b", "802"), known("c", "803")},
               there({{"u9", "d"}, {"u8", "d"}, {"gate", "H1"}, {"bare", ""}}),
               false,
               "room_left c; room_left d; ",
               ""},
              {"or is removed last when it is pruned",
               {known_home(), known("a", "8-01"), known("b", "802"), known("c", "803")},
               there({{"u9", "d"}}),
               true,
               "room_changed a; room_removed c; room_removed d; ",
               "change a; remove c; remove d; "},
              {"a room that never came there need not go",
               {known_home(), known("a", "801"), known("b", "802"), known("c", "803", add, place_state::wanted)},
               there(),
               true,
               "",
               ""},
              {"a removal in doubt is made sure of",
               {known_home(), known("a", "801", place_change::remove, doubtful), known("b", "802")},
               there(),
               false,
               "room_in_doubt a; ",
               "change a; "},
          });
}

BOOST_AUTO_TEST_CASE(all_at_once_there_is_one_step_with_the_whole_list_or_none) {
    check(place_way::all_at_once,
          {
              {"nothing is there", {}, silent, false, "home_added; room_added a; room_added b; ", "everything a b; "},
              {"all is there", {known_home(), known("a", "801"), known("b", "802")}, silent, false, "", ""},
              {"another name",
               {known_home(), known("a", "8-01"), known("b", "802")},
               silent,
               false,
               "room_changed a; ",
               "everything a b; "},
              {"after a lost answer it is sent again",
               {known_home(), known("a", "801", change, sent), known("b", "802")},
               silent,
               false,
               "room_in_doubt a; ",
               "everything a b; "},
              {"what the directory lacks stays in the list",
               {known_home(), known("a", "801"), known("c", "803")},
               silent,
               false,
               "room_added b; room_left c; ",
               "everything a b c; "},
              {"alone it is no reason for a call",
               {known_home(), known("a", "801"), known("b", "802"), known("c", "803")},
               silent,
               false,
               "room_left c; ",
               ""},
              {"or is left out when it is pruned",
               {known_home(), known("a", "801"), known("b", "802"), known("c", "803")},
               silent,
               true,
               "room_removed c; ",
               "everything a b -c; "},
          });
}

BOOST_AUTO_TEST_CASE(a_difference_shows_what_was_and_what_is_to_be) {
    const auto plan = plan_places(place_way::one_by_one, home({room("a", "801")}),
                                  std::vector{known_home(), known("a", "8-01")}, there({{"u1", "a"}}), false);
    BOOST_REQUIRE(plan.differences.size() == 1u);
    const place_difference expected{place_difference::kind::room_changed, "a", "8-01 (标准间)", "801 (标准间)",
                                    "lock u1"};
    BOOST_CHECK(plan.differences[0] == expected);
    BOOST_TEST(plan.unchanged == 1u);
    BOOST_TEST(is_work(place_difference::kind::room_in_doubt));
    BOOST_TEST(!is_work(place_difference::kind::room_left));
    BOOST_TEST(!is_work(place_difference::kind::room_lacking));
}

BOOST_AUTO_TEST_CASE(what_a_step_left_behind_is_remembered_as_it_ended) {
    const auto at = home({});
    const place_step adding{
        .what = place_step::kind::room, .change = add, .room = room("a", "801"), .list = {}, .gone = {}};
    const auto intent = intent_of(adding, at);
    BOOST_REQUIRE(intent.size() == 1u);
    BOOST_CHECK(intent[0].state == sent);
    const struct {
        step_end how;
        std::vector<remembered_place> before;
        place_change change;
        place_state state;
    } cases[] = {{step_end::done, {}, add, present},
                 {step_end::in_doubt, {}, add, doubtful},
                 {step_end::not_done, {}, add, place_state::wanted},
                 // As it was already: it is there all the same.
                 {step_end::not_done, {known("a", "801")}, add, present}};
    for (const auto& each : cases) {
        const auto memory = memory_of(adding, at, each.before, each.how, "why");
        BOOST_REQUIRE(memory.places.size() == 1u);
        BOOST_CHECK(memory.places[0].state == each.state);
        BOOST_CHECK(memory.places[0].change == each.change);
    }
    auto changing = adding;
    changing.change = change;
    const auto refused = memory_of(changing, at, std::vector{known("a", "8-01")}, step_end::not_done, "why").places[0];
    BOOST_CHECK(refused.state == place_state::wanted && refused.change == change && refused.message == "why");
}

BOOST_AUTO_TEST_CASE(a_removed_room_is_forgotten_and_one_that_would_not_go_stays) {
    const auto at = home({});
    const place_step removing{.what = place_step::kind::room,
                              .change = place_change::remove,
                              .room = room("a", "801"),
                              .list = {},
                              .gone = {}};
    const std::vector before{known("a", "801")};
    BOOST_TEST(memory_of(removing, at, before, step_end::done, "").gone == std::vector<std::string>{"a"});
    BOOST_CHECK(memory_of(removing, at, before, step_end::not_done, "no").places.at(0) == before[0]);
    BOOST_CHECK(memory_of(removing, at, before, step_end::in_doubt, "").places.at(0).state == doubtful);
    BOOST_TEST(memory_of(removing, at, {}, step_end::not_done, "no").gone == std::vector<std::string>{"a"});
}

BOOST_AUTO_TEST_CASE(a_list_that_is_refused_leaves_what_was_there_as_it_was) {
    const auto at = home({room("a", "801"), room("b", "802")});
    const place_step all{
        .what = place_step::kind::everything, .change = change, .room = {}, .list = at.rooms, .gone = {"c"}};
    const std::vector before{known_home(), known("a", "801"), known("c", "803")};
    const auto refused = memory_of(all, at, before, step_end::not_done, "no");
    BOOST_REQUIRE(refused.places.size() == 3u);
    BOOST_CHECK(refused.places[1] == before[1]);
    BOOST_CHECK(refused.places[2].state == place_state::wanted && refused.places[2].change == add);
    BOOST_TEST(refused.gone.empty());
    const auto done = memory_of(all, at, before, step_end::done, "");
    BOOST_TEST(std::ranges::all_of(done.places, [](const auto& place) { return place.state == present; }));
    BOOST_TEST(done.gone == std::vector<std::string>{"c"});
}

BOOST_AUTO_TEST_CASE(every_state_and_change_has_a_name_that_is_read_back) {
    for (const auto state : {place_state::wanted, sent, present, doubtful})
        BOOST_CHECK(place_state_from(to_string(state)) == state);
    for (const auto each : {add, change, place_change::remove}) BOOST_CHECK(place_change_from(to_string(each)) == each);
    BOOST_CHECK(!place_state_from("gone") && !place_change_from(""));
}

BOOST_AUTO_TEST_SUITE_END()
