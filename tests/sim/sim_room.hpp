#pragma once
// A room of the simulated hotel, as its directory has it.
#include <string>

namespace lockhub::sim {

// Whose lock a room has its passwords from.
enum class pins_from { dingding, gateway, yeeuu };

// Passwords come from one lock, cards, where there are any, from another.
struct sim_room {
    std::string room_id;
    std::string room_no;
    pins_from pins = pins_from::dingding;
    std::string uuid;   // at 丁盯
    std::string rm_id;  // at the gateway; "" for a room without cards
    std::string door;   // at 云柚
};

}  // namespace lockhub::sim
