#pragma once
// The lock of one room at a simulated gateway: its PINs, what it knows of its cards, and whether its door opens.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/time.hpp"
#include "tests/simulators/door_answer.hpp"

namespace lockhub::simulators {

struct room_card {
    std::string card_id;
    std::string rm_id;           // "" on a blank one
    time_point authorized_at{};  // `abkp`
    time_point valid_until{};
    bool cancelled = false;  // cleared, or reported lost

    bool blank() const { return rm_id.empty(); }
};

struct online_pin {
    std::string digits;
    time_point valid_until{};
};

struct computed_pin {
    std::string digits;  // `muid`
    time_point valid_until{};
    bool stopped = false;
};

// A face or a fingerprint. Of its data only a digest is kept.
struct room_biometric {
    std::string digest;
    time_point from{};
    time_point valid_until{};
};

// Those of one kind, by m1; one past its end stays until it is stopped or overwritten.
struct room_biometrics {
    std::map<int, room_biometric> by_number;
    std::set<int> numbers_used;  // every m1 ever sent here

    door_answer open(std::string_view digest, time_point now) const;
};

struct gateway_room {
    std::string rm_id;
    std::string name;
    bool online = true;
    int battery_percent = 89;
    std::map<int, online_pin> pins;  // by m1; a PIN past its end stays until it is stopped or overwritten
    std::set<int> numbers_used;      // every m1 ever sent here
    std::vector<computed_pin> computed;
    room_biometrics faces;
    room_biometrics fingers;
    std::uint64_t opened_remotely = 0;
    time_point newest_card{};  // the latest `abkp` a card has shown at this door: earlier ones are displaced
    time_point newest_made{};  // the latest `abkp` a card was made with

    // A computed PIN follows from the room and its end alone, and may begin with a zero.
    std::string compute_digits(time_point valid_until) const;

    door_answer open_by_card(const room_card& card, time_point now);
    door_answer open_by_pin(std::string_view digits, time_point now) const;
};

}  // namespace lockhub::simulators
