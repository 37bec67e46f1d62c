#include "schemas/domain/room_matching.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace lockhub;
using strings = std::vector<std::string>;
using indices = std::vector<std::size_t>;

namespace {

// "301=301 1-101~1101 ?301|a,b": matches as ROOM=DEVICE (exact) or ROOM~DEVICE, unclear ones as ?ROOMS|DEVICES.
std::string in_words(const strings& rooms, const strings& devices) {
    const auto matching = match_rooms(rooms, devices);
    std::string out;
    const auto add = [&](const std::string& text) { out += (out.empty() ? "" : " ") + text; };
    for (const auto& one : matching.matches)
        add(rooms[one.room] + (one.how == room_match::kind::exact ? "=" : "~") + devices[one.device]);
    const auto list = [](const indices& which, const strings& names) {
        std::string text;
        for (const auto i : which) text += (text.empty() ? "" : ",") + names[i];
        return text;
    };
    for (const auto& one : matching.unclear) add("?" + list(one.rooms, rooms) + "|" + list(one.devices, devices));
    std::size_t placed = matching.matches.size() + matching.rooms_left.size();
    for (const auto& one : matching.unclear) placed += one.rooms.size();
    BOOST_TEST(placed == rooms.size(), "each room stands in one place");
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(room_matching_test)

BOOST_AUTO_TEST_CASE(forms_of_one_room_have_one_key) {
    const struct {
        std::string_view name, key;
    } cases[] = {
        {"301", "301"},
        {" 301 ", "301"},
        {"301房", "301"},
        {"301室", "301"},
        {"301号房", "301"},
        {"301 号", "301"},
        {"301门锁", "301"},
        {"301智能锁", "301"},
        {"房间301", "301"},
        {"Room 301", "301"},
        {"room301", "301"},
        {"NO.301", "301"},
        {"３０１", "301"},
        {"3楼301", "301"},
        {"3F-301", "301"},
        {"三楼301", "301"},
        {"3层301室", "301"},
        {"3楼01", "301"},
        {"1-101", "1101"},
        {"1101", "1101"},
        {"1号楼101", "1101"},
        {"1号楼101室", "1101"},
        {"1栋101", "1101"},
        {"一号楼101", "1101"},
        {"1幢1层101", "1101"},
        {"1_101", "1101"},
        {"1/101", "1101"},
        {"1—101", "1101"},
        {"1－101", "1101"},
        {"1-1-101", "11101"},
        {"1栋1单元101", "11101"},
        {"A301", "A301"},
        {"a-301", "A301"},
        {"A栋301房", "A301"},
        {"A座3楼301", "A301"},
        {"VIP", "VIP"},
        {"海景301", "海景301"},
        {"总统套房", "总统套"},
        {"B1-02", "B102"},
        {"", ""},
        {"房", ""},
        {"---", ""},
        {"301F", "301F"},
        {"0301", "0301"},
    };
    for (const auto& [name, key] : cases) BOOST_TEST(room_key(name) == key, name << " has the key " << room_key(name));
}

BOOST_AUTO_TEST_CASE(rooms_and_devices_are_matched_where_it_is_certain) {
    const struct {
        strings rooms, devices;
        std::string matching;
    } cases[] = {
        {{"301", "302"}, {"302", "301"}, "301=301 302=302"},
        {{"301"}, {"301 "}, "301=301 "},
        {{"301"}, {"301房"}, "301~301房"},
        {{"1101"}, {"1-101"}, "1101~1-101"},
        {{"1-101", "2-101"}, {"1号楼101", "2号楼101"}, "1-101~1号楼101 2-101~2号楼101"},
        {{"301"}, {"401"}, ""},
        {{"", "301"}, {"", "301"}, "301=301"},
        // Two on a side are never told apart.
        {{"301", "301"}, {"301"}, "?301,301|301"},
        {{"301"}, {"301", "301"}, "?301|301,301"},
        {{"301"}, {"301室", "301房"}, "?301|301室,301房"},
        {{"1-101", "11-01"}, {"1101"}, "?1-101,11-01|1101"},
        // An exact pair stands, but whoever shares its key is not matched by what is left over.
        {{"1101", "1-101"}, {"1101", "11-01"}, "1101=1101 ?1-101|11-01"},
        {{"301"}, {"301", "301房"}, "301=301"},
        // The end of the number alone is a hint and no more.
        {{"301"}, {"3-301"}, "?301|3-301"},
        {{"301"}, {"0301"}, "?301|0301"},
        {{"301"}, {"1-301", "2-301"}, "?301|1-301,2-301"},
        {{"1"}, {"2-1"}, ""},
    };
    for (const auto& [rooms, devices, matching] : cases) BOOST_TEST(in_words(rooms, devices) == matching);
}

BOOST_AUTO_TEST_CASE(what_has_no_counterpart_is_left) {
    const strings rooms{"301", "302"}, devices{"301", "大堂"};
    const auto matching = match_rooms(rooms, devices);
    BOOST_TEST((matching.rooms_left == indices{1}));
    BOOST_TEST((matching.devices_left == indices{1}));
    BOOST_TEST(match_rooms({}, {}).matches.empty());
}

BOOST_AUTO_TEST_SUITE_END()
