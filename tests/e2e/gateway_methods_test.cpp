// Every method of document 002 by its own name, against a running hub and the simulated gateway.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/e2e/vendor_hotel.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

struct gateway_hotel : vendor_hotel {
    wire::json_value does(const std::string& method, std::vector<std::string> fields = {}) const {
        return done("gw-main", method, std::move(fields));
    }
    bool opens(std::string_view by, std::string_view what) const {
        return gateway_does("door", fmt::format(R"({{"rm_id":"{}","{}":"{}"}})", rm_id(0), by, what))
                   .text_of("opens") == "true";
    }
    const std::string room = "rm_id=" + rm_id(0);
    const std::string until = "unValid=2036-11-22 12:00:00";
    const std::string since = "abkp=2026-01-01 12:00:00";
    const std::string face = "/9j/4AAQSkZJRg==";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(gateway_methods_test, gateway_hotel)

BOOST_AUTO_TEST_CASE(a_gateway_room_takes_passwords_and_computed_ones) {
    does("GatewayUploadOnline", {room, "m1=7", "pwd=482913", until});
    BOOST_TEST(opens("pin", "482913"));
    does("GatewayStopOnline", {room, "m1=7"});
    BOOST_TEST(!opens("pin", "482913"));

    does("MakeOffline", {room, until});
    const auto digits = gateway_state().find("rooms")->items().at(0).find("computed")->items().at(0).text_of("digits");
    BOOST_TEST(opens("pin", digits));
    does("GatewayStopOffline", {room, "muid=" + digits, until});
    BOOST_TEST(!opens("pin", digits));
}

BOOST_AUTO_TEST_CASE(a_gateway_card_is_made_read_and_cleared) {
    BOOST_TEST(does("GetRoomList").find("data")->items().at(0).text_of("rm_id") == rm_id(0));
    const auto card = lay_card();
    BOOST_TEST(does("MarkRoomCard", {room, since, until}).find("data")->text_of("card_id") == card);
    BOOST_TEST(does("ReadCard").find("data")->text_of("rm_id") == rm_id(0));
    BOOST_TEST(opens("card", card));
    does("ClearRoomCard", {"card_id=" + card});
    BOOST_TEST(!opens("card", card));
}

BOOST_AUTO_TEST_CASE(a_gateway_lock_takes_faces_and_fingers_and_opens_from_afar) {
    does("GatewayUploadFace", {room, "base64=" + face, "m1=1", since, until});
    BOOST_TEST(opens("face", face));
    does("GatewayUploadFinger", {room, "hexs=ab-cd-ef", "m1=2", since, until});
    BOOST_TEST(opens("finger", "ab-cd-ef"));
    does("GatewayStopFace", {room, "m1=1"});
    BOOST_TEST(!opens("face", face));
    does("GatewayStopFinger", {room, "m1=2"});
    BOOST_TEST(!opens("finger", "ab-cd-ef"));
    BOOST_TEST(does("GatewayOpen", {room}).find("data")->integer_of("ce").has_value());
}

BOOST_AUTO_TEST_CASE(a_gateway_lock_off_line_refuses) {
    gateway_does("online", fmt::format(R"({{"rm_id":"{}","online":false}})", rm_id(0)));
    for (const auto& [method, fields] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"GatewayUploadOnline", {room, "m1=7", "pwd=482913", until}},
             {"GatewayStopOnline", {room, "m1=7"}},
             {"GatewayOpen", {room}},
             {"GatewayUploadFace", {room, "base64=" + face, "m1=1", since, until}},
             {"GatewayUploadFinger", {room, "hexs=ab-cd-ef", "m1=2", since, until}}}) {
        BOOST_TEST_CONTEXT(method) {
            BOOST_TEST(!refused("gw-main", method, fields).empty());
        }
    }
    BOOST_TEST(!opens("pin", "482913"));
}

BOOST_AUTO_TEST_SUITE_END()
