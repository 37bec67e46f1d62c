#pragma once
// A simulated lock cloud that has too much to do, and how many calls it gets.
#include <string>
#include <string_view>

#include "tests/simulators/answer.hpp"
#include "tests/simulators/fault.hpp"
#include "tests/simulators/knobs.hpp"

namespace lockhub::simulators {

struct busy_knobs {
    fault busy;                   // nothing done, and it says so
    std::string busy_as = "429";  // HTTP 429, HTTP 503, or the API's own refusal with a text
    duration busy_retry_after{};  // the Retry-After header, in whole seconds; 0: none
};

void add_busy_knobs(knob_board& board, busy_knobs& knobs);

// The text of the API's own refusal.
inline constexpr std::string_view busy_text = "系统繁忙，请稍后再试";

// `refusal` is the API's own body with busy_text.
wire::http_response busy_response(const busy_knobs& knobs, std::string refusal);

}  // namespace lockhub::simulators
