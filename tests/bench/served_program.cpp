#include "tests/bench/served_program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace lockhub::bench {

namespace {

using steady = std::chrono::steady_clock;

constexpr auto start_limit = std::chrono::minutes(1);
constexpr auto stop_limit = std::chrono::seconds(30);

// Of "… listening on http://127.0.0.1:40123".
std::uint16_t port_in(std::string_view line) {
    const auto colon = line.rfind(':');
    std::uint16_t port = 0;
    if (line.find("listening on ") == std::string_view::npos || colon == std::string_view::npos) return 0;
    std::from_chars(line.data() + colon + 1, line.data() + line.size(), port);
    return port;
}

std::uint64_t number_in(std::string_view line) {
    const auto first = line.find_first_of("0123456789");
    std::uint64_t number = 0;
    if (first != std::string_view::npos) std::from_chars(line.data() + first, line.data() + line.size(), number);
    return number;
}

}  // namespace

served_program::served_program(std::vector<std::string> arguments)
    : child_(simulators::child_process::start(arguments)) {
    const auto began = steady::now();
    std::string last = "it said nothing";
    while (port_ == 0) {
        auto line = child_.read_line(std::chrono::ceil<std::chrono::milliseconds>(began + start_limit - steady::now()));
        if (!line) throw std::runtime_error(fmt::format("{} does not listen: {}", arguments.front(), last));
        start_up_ = steady::now() - began;
        port_ = port_in(*line);
        last = std::move(*line);
    }
}

served_program::~served_program() {
    child_.signal(SIGTERM);
    if (!child_.wait(stop_limit)) child_.signal(SIGKILL);
}

served_program::memory served_program::memory_now() const {
    std::ifstream status(fmt::format("/proc/{}/status", child_.id()));
    memory out;
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) out.resident_kib = number_in(line);
        if (line.starts_with("VmHWM:")) out.peak_kib = number_in(line);
    }
    return out;
}

std::chrono::duration<double> served_program::processor_time() const {
    std::ifstream status(fmt::format("/proc/{}/stat", child_.id()));
    std::string text;
    std::getline(status, text);
    // Behind the name, which may hold anything but ends with the last ')', utime and stime are fields 12 and 13.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user_ticks = 0, system_ticks = 0;
    fields >> user_ticks >> system_ticks;
    return std::chrono::duration<double>((user_ticks + system_ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
}

std::vector<std::string> bare_server_command(const std::string& programs, std::string_view answer,
                                             std::chrono::milliseconds slow) {
    return {programs + "/lockhub-bare", "0", std::string(answer), std::to_string(slow.count())};
}

}  // namespace lockhub::bench
