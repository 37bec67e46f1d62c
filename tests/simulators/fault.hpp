#pragma once
// A fault that strikes with a chance, for ever or a number of times.
#include <cstdint>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "tests/simulators/answer.hpp"

namespace lockhub::simulators {

struct fault {
    static constexpr std::int64_t for_ever = -1;

    double chance = 0;  // 0: never, 1: always
    std::int64_t times = for_ever;

    // Draws only when the chance lies between never and always, so that a switched-off fault changes no sequence.
    bool strikes(random_source& random);

    // "0.25" or "1x3": the chance, and how many times at most.
    static result<fault> parse(std::string_view text);
    std::string text() const;
};

}  // namespace lockhub::simulators
