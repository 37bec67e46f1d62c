#pragma once
// Waits for what another process does. Asks every few milliseconds, by a poll(2) that times out, until a deadline.
#include <poll.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace lockhub::test {

// The first value of `ask` that converts to true. Past `longest` throws std::runtime_error that names what was awaited.
template <class Ask>
auto eventually(const std::string& what, Ask ask, std::chrono::milliseconds longest = std::chrono::seconds(30)) {
    constexpr int between_questions_ms = 15;
    const auto until = std::chrono::steady_clock::now() + longest;
    for (;;) {
        auto answer = ask();
        if (answer) return answer;
        if (std::chrono::steady_clock::now() >= until) throw std::runtime_error("did not happen in time: " + what);
        ::poll(nullptr, 0, between_questions_ms);
    }
}

}  // namespace lockhub::test
