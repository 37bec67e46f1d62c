#pragma once
// actionId as document 000 prints it: 23 digits for passwords, "A" + yyMMdd + 11 digits for cards.
#include <cstdint>
#include <string>

#include "schemas/core/time.hpp"

namespace lockhub::quhuhu {

std::string password_action_id(time_point now, std::uint32_t random);  // yyyyMMddHHmmssSSS + random modulo 10^6
std::string card_action_id(time_point now, std::uint64_t random);      // A + yyMMdd + random modulo 10^11

// Six random digits for a PIN nobody chose.
std::string six_digits(std::uint32_t random);

}  // namespace lockhub::quhuhu
