#include "tests/simulators/busy.hpp"

#include <utility>

namespace lockhub::simulators {

void add_busy_knobs(knob_board& board, busy_knobs& knobs) {
    board.add("busy", "do nothing, say busy", knobs.busy);
    board.add("busy_as", "what busy looks like", knobs.busy_as, {"429", "503", "text"});
    board.add("busy_retry_after_ms", "the Retry-After of busy, in whole seconds; 0: none", knobs.busy_retry_after);
}

wire::http_response busy_response(const busy_knobs& knobs, std::string refusal) {
    wire::http_response out = json_response(std::move(refusal));
    if (knobs.busy_as != "text") {
        out = {.status = knobs.busy_as == "503" ? 503 : 429, .headers = {}, .body = "<html>busy</html>"};
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(knobs.busy_retry_after).count();
    if (seconds > 0) out.headers.emplace_back("Retry-After", std::to_string(seconds));
    return out;
}

}  // namespace lockhub::simulators
