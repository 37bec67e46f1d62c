#pragma once
// Lanes: what must be delivered in order, and what need not wait for it. Results, alarms and other events of one room
// are three lanes; so are those of a hotel, for what is about no room.
#include <cstdint>

namespace lockhub::storage::sqlite {

enum class lane_class : std::uint8_t { results, alarms, events };

constexpr std::int64_t lane_of_room(std::int64_t room_row, lane_class c) {
    return room_row * 4 + static_cast<std::int64_t>(c);
}
constexpr std::int64_t lane_of_hotel(std::int64_t hotel_row, lane_class c) {
    return -(hotel_row * 4 + static_cast<std::int64_t>(c));
}

}  // namespace lockhub::storage::sqlite
