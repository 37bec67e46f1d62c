#include <boost/test/unit_test.hpp>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

namespace {

using storage::places_change;
using storage::places_changed;

remembered_place place(std::string id, place_state state = place_state::present) {
    return {.id = id,
            .room = id,
            .name = "name of " + id,
            .description = "",
            .change = place_change::add,
            .state = state,
            .message = "because"};
}

places_change saying(std::vector<remembered_place> places, std::string hotel = "H1", std::string home = "home") {
    places_change out;
    out.account = account_id("dd");
    out.pms = pms_id("demopms");
    out.hotel = hotel_no(std::move(hotel));
    out.home_id = std::move(home);
    out.places = std::move(places);
    out.audit = {"wang", "provision", "dd add_room", "is called"};
    return out;
}

struct provisioned : store_rig {
    provisioned() { import({room_row("101", "lock-a"), room_row("102", ""), room_row("101", "", "demopms", "H2")}); }

    result<places_changed> put(places_change what) {
        return call<places_changed>([&](auto done) { store().change_places(std::move(what), std::move(done)); });
    }
    std::vector<storage::provisioned_home> homes() const {
        return reader()->provisioned_homes(account_id("dd")).value();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(storage_provisioning_test)

BOOST_FIXTURE_TEST_CASE(places_are_written_with_their_audit_row_and_read_back, provisioned) {
    const std::vector places{place(""), place("101", place_state::sent)};
    BOOST_TEST(put(saying(places)).has_value());
    const auto read = homes();
    BOOST_REQUIRE(read.size() == 1u);
    BOOST_TEST(read[0].home_id == "home");
    BOOST_TEST(read[0].hotel.value == "H1");
    BOOST_CHECK(read[0].places == places);
    BOOST_TEST(text("SELECT actor || ' ' || subject || ' ' || reason FROM audit WHERE verb = 'provision'") ==
               "wang dd add_room is called");
    BOOST_TEST(reader()->provisioned_homes(account_id("other")).value().empty());
}

BOOST_FIXTURE_TEST_CASE(a_state_outlives_the_hub_and_a_later_one_takes_its_place, provisioned) {
    put(saying({place(""), place("101", place_state::sent)})).value();
    reopen();
    BOOST_CHECK(homes().at(0).places.at(1).state == place_state::sent);
    put(saying({place("101", place_state::doubtful)})).value();
    BOOST_CHECK(homes().at(0).places.at(1).state == place_state::doubtful);
    BOOST_TEST(homes().at(0).places.at(1).message == "because");
    auto gone = saying({});
    gone.gone = {"101", ""};
    gone.audit = {};
    put(gone).value();
    BOOST_TEST(homes().at(0).places.size() == 1u);  // the home itself is not forgotten
    BOOST_TEST(number("SELECT COUNT(*) FROM audit WHERE verb = 'provision'") == 2);
}

BOOST_FIXTURE_TEST_CASE(a_hotel_is_one_home_and_a_home_one_hotels, provisioned) {
    put(saying({place("")})).value();
    BOOST_CHECK(put(saying({place("101")}, "H1", "another")).error().code == errc::conflict);
    BOOST_CHECK(put(saying({place("")}, "H2")).error().code == errc::conflict);
    BOOST_CHECK(put(saying({place("")}, "H9")).error().code == errc::not_found);
    BOOST_TEST(number("SELECT COUNT(*) FROM provisioned_places") == 1);
    BOOST_TEST(put(saying({place(""), place("101")}, "H2", "another")).has_value());
    BOOST_TEST(homes().size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(locks_of_rooms_that_are_present_get_their_home_where_none_is_known, provisioned) {
    const auto known = [&] { return text("SELECT cloud_home_id || '/' || cloud_room_id FROM locks"); };
    auto row = room_row("101", "lock-a");
    row.cloud_home_id.clear();
    row.cloud_room_id.clear();
    import({row});
    auto filling = saying({place(""), place("101", place_state::doubtful)});
    filling.fill_locks = true;
    BOOST_TEST(put(filling)->locks_filled == 0u);
    BOOST_TEST(known() == "/");
    filling.places = {place("101")};
    BOOST_TEST(put(filling)->locks_filled == 1u);
    BOOST_TEST(known() == "home/101");
    BOOST_TEST(put(filling)->locks_filled == 0u);
    // What the directory says stays.
    row.cloud_home_id = "its own";
    row.cloud_room_id = "";
    import({row});
    BOOST_TEST(put(filling)->locks_filled == 0u);
    BOOST_TEST(known() == "its own/");
}

BOOST_FIXTURE_TEST_CASE(locks_of_other_accounts_and_other_hotels_stay_as_they_are, provisioned) {
    bind("102", storage::lock_service::password, "other", "lock-x");
    auto filling = saying({place(""), place("102"), place("101")});
    filling.hotel = hotel_no("H1");
    filling.fill_locks = true;
    put(filling).value();
    BOOST_TEST(text("SELECT cloud_home_id FROM locks WHERE lock_uuid = 'lock-x'") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
