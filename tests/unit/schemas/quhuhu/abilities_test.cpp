#include "schemas/quhuhu/abilities.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace lockhub;
using namespace lockhub::quhuhu;

namespace {

using enum command_verb;

std::string named(const std::vector<std::string_view>& abilities) {
    std::string out;
    for (const auto name : abilities) out += (out.empty() ? "" : " ") + std::string(name);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quhuhu_abilities)

BOOST_AUTO_TEST_CASE(each_ability_has_a_name_of_its_own) {
    std::set<std::string_view> names;
    for (const auto& one : ability_table()) BOOST_TEST(names.insert(one.name).second, one.name);
    BOOST_TEST(names.size() == 12U);
}

BOOST_AUTO_TEST_CASE(abilities_follow_from_what_the_locks_clouds_can_do) {
    BOOST_TEST(named(abilities_of({}, {})) == "");
    BOOST_TEST(named(abilities_of({set_pin, freeze_pin, read_log}, {})) == "guestPwd managePwd freezePwd lockLog");
    BOOST_TEST(named(abilities_of({open_door, upload_face, upload_fingerprint, grant_access}, {})) ==
               "openDoor face fingerprint access");
    BOOST_TEST(named(abilities_of({read_operation_log, read_dynamic_pin}, {})) == "offlinePwd operationLog");
}

BOOST_AUTO_TEST_CASE(cards_are_the_card_locks_and_pins_the_password_locks) {
    BOOST_TEST(named(abilities_of({make_card}, {})) == "");
    BOOST_TEST(named(abilities_of({}, {make_card, set_pin, freeze_pin})) == "roomCard");
    BOOST_TEST(named(abilities_of({set_pin}, {make_card, open_door})) == "guestPwd managePwd openDoor roomCard");
    BOOST_TEST(named(abilities_of({set_pin}, {make_card})) == "guestPwd managePwd roomCard");
}

BOOST_AUTO_TEST_CASE(either_lock_tells_its_state_and_its_log) {
    BOOST_TEST(named(abilities_of({}, {read_lock, read_log})) == "lockState lockLog");
    BOOST_TEST(named(abilities_of({read_lock}, {read_lock})) == "lockState");
}

BOOST_AUTO_TEST_SUITE_END()
