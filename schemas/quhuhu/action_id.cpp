#include "schemas/quhuhu/action_id.hpp"

#include <fmt/format.h>

namespace lockhub::quhuhu {

std::string password_action_id(time_point now, std::uint32_t random) {
    return format_china_time_compact(now) + six_digits(random);
}

std::string card_action_id(time_point now, std::uint64_t random) {
    constexpr std::uint64_t eleven_digits = 100'000'000'000;
    return fmt::format("A{}{:011}", format_china_time_compact(now).substr(2, 6), random % eleven_digits);
}

std::string six_digits(std::uint32_t random) {
    return fmt::format("{:06}", random % 1'000'000);
}

}  // namespace lockhub::quhuhu
