#include "hub/provision/wanted_places.hpp"

#include <boost/test/unit_test.hpp>

#include "hub/provision/compared_names.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/dingding/places.hpp"
#include "schemas/yeeuu/places.hpp"

using namespace lockhub;
using namespace lockhub::hub;

namespace {

const dingding::places one_by_one;
const yeeuu::places all_at_once;

storage::directory_listing_row row(std::string room, std::string account = {}, std::string lock = {},
                                   std::string home = {}, std::string pms = "alpha") {
    storage::directory_listing_row out;
    out.row = {.pms_id = std::move(pms),
               .hotel_no = "H1",
               .hotel_name = "示范酒店",
               .room_type_code = "STD",
               .room_type_name = "标准间",
               .room_id = room,
               .room_no = "8" + room,
               .floor_no = "8",
               .cloud_account = std::move(account),
               .lock_uuid = std::move(lock),
               .cloud_home_id = std::move(home),
               .cloud_room_id = {}};
    return out;
}

provision_request asking(std::string home = {}, wire::form details = {}) {
    provision_request out;
    out.pms = pms_id("alpha");
    out.hotel = hotel_no("H1");
    out.account = account_id("dd");
    out.home = std::move(home);
    out.details = std::move(details);
    return out;
}

storage::provisioned_home told_of(std::string hotel, std::string home, std::vector<std::string> rooms,
                                  std::string details = {}) {
    storage::provisioned_home out{pms_id("alpha"), hotel_no(std::move(hotel)), std::move(home), {}};
    out.places.push_back({.id = {},
                          .room = {},
                          .name = "示范酒店",
                          .description = std::move(details),
                          .change = place_change::add,
                          .state = place_state::present,
                          .message = {}});
    for (auto& room : rooms)
        out.places.push_back({.id = room,
                              .room = room,
                              .name = room,
                              .description = {},
                              .change = place_change::add,
                              .state = place_state::present,
                              .message = {}});
    return out;
}

const wire::form address({{"provinceId", "33"}, {"cityId", "3301"}, {"disId", "330106"}});

}  // namespace

BOOST_AUTO_TEST_SUITE(wanted_places_test)

BOOST_AUTO_TEST_CASE(a_hotel_has_its_number_as_home_and_its_rooms_their_ids) {
    const auto wanted = want_places(one_by_one, {row("a"), row("b", "dd", "u1")}, {}, asking()).value();
    BOOST_TEST(wanted.home.id == "H1");
    BOOST_TEST(wanted.home.name == "示范酒店");
    BOOST_REQUIRE(wanted.home.rooms.size() == 2u);
    BOOST_CHECK(wanted.home.rooms[0] == (place_room{"a", "a", "8a", "标准间 8层"}));
    BOOST_TEST(wanted.locks_lacking == 1u);
    BOOST_TEST(wanted.left_out == 0u);
}

BOOST_AUTO_TEST_CASE(the_home_is_the_one_given_told_of_or_where_the_locks_stand) {
    const std::vector<storage::directory_listing_row> rooms{row("a", "dd", "u1", "6500aa11"), row("b")};
    const std::vector told{told_of("H1", "mine", {})};
    BOOST_TEST(want_places(one_by_one, rooms, {}, asking()).value().home.id == "6500aa11");
    BOOST_TEST(want_places(one_by_one, rooms, {}, asking("given")).value().home.id == "given");
    BOOST_TEST(want_places(one_by_one, rooms, told, asking()).value().home.id == "mine");
    BOOST_CHECK(want_places(one_by_one, rooms, told, asking("given")).error().code == errc::conflict);
    const std::vector two{row("a", "dd", "u1", "h1"), row("b", "dd", "u2", "h2")};
    BOOST_TEST(want_places(one_by_one, two, {}, asking()).error().message ==
               "the hotel's locks stand in several homes (h1, h2): choose one with --home");
    BOOST_TEST(want_places(one_by_one, two, {}, asking("h2")).value().left_out == 1u);
    const auto taken = want_places(one_by_one, rooms, {told_of("H2", "6500aa11", {})}, asking());
    BOOST_CHECK(taken.error().code == errc::conflict);
}

BOOST_AUTO_TEST_CASE(rooms_with_the_locks_of_another_cloud_alone_are_left_out) {
    auto card_only = row("c", "gw", "rm-c");
    card_only.card_account = "dd";
    card_only.card_lock_uuid = "card-c";
    auto bound_elsewhere = row("b", "gw", "rm-b", "its home");
    const auto wanted = want_places(one_by_one, {row("a"), bound_elsewhere, card_only}, {}, asking()).value();
    BOOST_TEST(wanted.left_out == 1u);
    BOOST_REQUIRE(wanted.home.rooms.size() == 2u);
    BOOST_TEST(wanted.home.rooms[1].id == "c");
    BOOST_TEST(wanted.home.id == "H1");
}

BOOST_AUTO_TEST_CASE(details_are_kept_until_others_are_given_and_unknown_ones_are_named) {
    const std::vector told{told_of("H1", "H1", {}, "city=%E6%9D%AD%E5%B7%9E&location=old")};
    const auto kept = want_places(one_by_one, {row("a")}, told, asking()).value();
    BOOST_TEST(kept.home.details.find("location").value() == "old");
    const auto changed =
        want_places(one_by_one, {row("a")}, told, asking({}, wire::form({{"location", "new"}, {"city", ""}}))).value();
    BOOST_TEST(changed.home.details.find("location").value() == "new");
    BOOST_TEST(!changed.home.details.find("city").has_value());
    const auto wrong = want_places(one_by_one, {row("a")}, told, asking({}, wire::form({{"locaton", "x"}})));
    BOOST_CHECK(wrong.error().code == errc::invalid_input);
    BOOST_TEST(wrong.error().message.find("did you mean 'location'?") != std::string::npos);
    BOOST_CHECK(want_places(all_at_once, {row("a")}, {}, asking()).error().code == errc::invalid_input);
}

BOOST_AUTO_TEST_CASE(two_rooms_are_never_one_there) {
    const std::vector told{told_of("H2", "H2", {"a"})};
    BOOST_TEST(want_places(one_by_one, {row("a")}, told, asking()).has_value());
    const auto clash = want_places(all_at_once, {row("a")}, told, asking({}, address));
    BOOST_CHECK(clash.error().code == errc::conflict);
    BOOST_TEST(clash.error().message.find("a room of home H2") != std::string::npos);
    const auto fine = want_places(all_at_once, {row("a", "dd", "own-code")}, told, asking({}, address)).value();
    BOOST_REQUIRE(fine.others.size() == 1u);
    BOOST_TEST(fine.others[0].rooms.at(0).id == "a");
    BOOST_TEST(fine.home.rooms.at(0).id == "own-code");
    auto other = row("b", "dd", "u2");
    other.row.cloud_room_id = "a";
    BOOST_CHECK(want_places(one_by_one, {row("a"), other}, {}, asking()).error().code == errc::conflict);
}

BOOST_AUTO_TEST_CASE(a_hotel_number_may_need_its_pms) {
    auto request = asking();
    request.pms = {};
    BOOST_CHECK(check_hotel({}, request).error().code == errc::not_found);
    BOOST_CHECK(check_hotel({row("a"), row("a", {}, {}, {}, "beta")}, request).error().code == errc::conflict);
    BOOST_TEST(check_hotel({row("a")}, request).has_value());
    BOOST_TEST(request.pms.value == "alpha");
    const std::vector many(limits::provision_rooms + 1, row("a"));
    BOOST_CHECK(check_hotel(many, request).error().code == errc::too_large);
}

BOOST_AUTO_TEST_CASE(where_nothing_can_be_made_names_and_locks_are_compared) {
    const std::vector<reported_device> devices{{"rm-1", "", "", "8a"},
                                               {"rm-2", "", "", "8b"},
                                               {"rm-9", "", "", "大堂"},
                                               {"rm-5", "", "", "8e"},
                                               {"rm-6", "", "", "8e"}};
    const auto found = compare_room_names(
        {row("a"), row("b", "dd", "rm-2"), row("c"), row("d", "dd", "gone"), row("e"), row("f", "elsewhere", "u")},
        devices, account_id("dd"));
    BOOST_TEST(found.rooms == 5u);
    BOOST_TEST(found.matched == 2u);
    BOOST_TEST(found.left_out == 1u);
    std::string lines;
    for (const auto& one : found.differences) lines += std::string(to_string(one.what)) + " " + one.room + "; ";
    BOOST_TEST(lines ==
               "room_lacking d; room_lacking e; room_lacking c; room_left rm-9; room_left rm-5; "
               "room_left rm-6; ");
}

BOOST_AUTO_TEST_SUITE_END()
