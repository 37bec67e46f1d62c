#include "schemas/yeeuu/places.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/json_value.hpp"

using namespace lockhub;

namespace {

const yeeuu::places codec;

place_home home(std::string id, std::vector<place_room> rooms) {
    return {.id = std::move(id),
            .name = "示范酒店",
            .details = wire::form({{"provinceId", "33"}, {"cityId", "3301"}, {"disId", "330106"}, {"unit", "2"}}),
            .rooms = std::move(rooms)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yeeuu_places_test)

BOOST_AUTO_TEST_CASE(one_list_carries_every_hotel_of_the_account) {
    const auto own = home("H1", {{"a", "x1", "801", ""}});
    const place_step step{.what = place_step::kind::everything,
                          .change = place_change::change,
                          .room = {},
                          .list = {{"a", "x1", "801", ""}, {"b", "x2/甲", "802", ""}},
                          .gone = {}};
    const auto call = codec.call(step, own, std::vector{home("H2", {{"z", "y1", "101", ""}})});
    BOOST_TEST(call.method == "synchronize_apartments");
    BOOST_REQUIRE(call.fields.fields().size() == 1u);
    const auto list = wire::json_value::parse(*call.fields.find("apartmentList")).value();
    BOOST_REQUIRE(list.items().size() == 3u);
    std::string doors;
    for (const auto& one : list.items()) {
        for (const auto* name : {"buildingId", "buildingName", "buildingNo", "cityId", "disId", "provinceId", "code",
                                 "door", "doorType", "name", "unit"})
            BOOST_TEST(one.find(name) != nullptr, name);
        doors += one.text_of("buildingId") + " " + one.text_of("code") + one.text_of("door") + one.text_of("doorType") +
                 one.text_of("name") + "; ";
    }
    BOOST_TEST(doors == "H2 y11101; H1 x11801; H1 x2甲2802; ");
    BOOST_TEST(list.items()[1].text_of("provinceId") == "33");
    BOOST_TEST(list.items()[1].text_of("unit") == "2");
    BOOST_TEST(list.items()[1].text_of("buildingNo") == "1");
}

BOOST_AUTO_TEST_CASE(a_home_needs_an_address_of_the_clouds_own_table) {
    BOOST_TEST(codec.check(home("H1", {})).has_value());
    auto bare = home("H1", {});
    bare.details = wire::form({{"provinceId", "33"}, {"cityId", ""}});
    const auto said = codec.check(bare);
    BOOST_REQUIRE(!said);
    BOOST_CHECK(said.error().code == errc::invalid_input);
    BOOST_TEST(said.error().message.starts_with("'cityId' is missing"));
}

BOOST_AUTO_TEST_CASE(the_code_of_an_apartment_is_the_id_of_its_lock) {
    directory_row row;
    row.room_id = "a";
    BOOST_TEST(codec.room_id(row) == "a");
    row.lock_uuid = "x1/甲";
    BOOST_TEST(codec.room_id(row) == "x1/甲");
}

BOOST_AUTO_TEST_CASE(there_is_nothing_to_ask_and_a_refusal_is_one) {
    BOOST_TEST(codec.questions("H1").empty());
    method_answer answer;
    answer.what = method_answer::outcome::refused;
    answer.message = "参数错误";
    BOOST_CHECK(codec.outcome({}, answer).what == place_outcome::kind::refused);
    answer.what = method_answer::outcome::done;
    BOOST_CHECK(codec.outcome({}, answer).what == place_outcome::kind::done);
}

BOOST_AUTO_TEST_SUITE_END()
