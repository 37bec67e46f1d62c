#pragma once
// Which lock belongs to which room, as far as their names say: a PMS's room numbers beside what a lock cloud calls its
// devices. Pure. Only what is certain becomes a match; a guest's PIN on another guest's door is worse than no match.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockhub {

// What names of one room have in common: full-width letters as plain ones, capitals, building, unit and room written
// together, a floor said twice said once, without 房, 室, 号, 门锁 and the like at the end and ROOM at the beginning.
// "1-101", "1号楼101室", "1101" → "1101"; "3楼301" → "301"; "a301 " → "A301".
std::string room_key(std::string_view name);

struct room_match {
    enum class kind { exact, normalised };
    kind how = kind::exact;
    std::size_t room = 0;  // index
    std::size_t device = 0;

    bool operator==(const room_match&) const = default;
};
std::string_view to_string(room_match::kind how);

// Names that may belong together, but not one to one or not for certain: "1-301" beside "301", or two devices "301".
struct unclear_match {
    std::vector<std::size_t> rooms;
    std::vector<std::size_t> devices;

    bool operator==(const unclear_match&) const = default;
};

// Each room and each device is in exactly one of these.
struct room_matching {
    std::vector<room_match> matches;     // by room
    std::vector<unclear_match> unclear;  // with one of each side at least
    std::vector<std::size_t> rooms_left;
    std::vector<std::size_t> devices_left;
};
room_matching match_rooms(std::span<const std::string> rooms, std::span<const std::string> devices);

}  // namespace lockhub
