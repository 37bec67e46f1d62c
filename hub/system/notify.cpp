#include "hub/system/notify.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace lockhub::hub {

namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// STATUS is one line of the protocol.
std::string one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line)
        if (c == '\n' || c == '\r') c = ' ';
    return line;
}

}  // namespace

service_notifier service_notifier::from_environment() {
    return service_notifier(std::string(variable("NOTIFY_SOCKET")));
}

bool service_notifier::ready(std::string_view status) const {
    return send(fmt::format("READY=1\nSTATUS={}\nMAINPID={}", one_line(status), ::getpid()));
}
bool service_notifier::reloading() const {
    // systemd orders a reload against its own clock.
    timespec monotonic{};
    ::clock_gettime(CLOCK_MONOTONIC, &monotonic);
    return send(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", monotonic.tv_sec * 1'000'000 + monotonic.tv_nsec / 1000));
}
bool service_notifier::stopping() const {
    return send("STOPPING=1");
}
bool service_notifier::alive() const {
    return send("WATCHDOG=1");
}
bool service_notifier::status(std::string_view text) const {
    return send("STATUS=" + one_line(text));
}

bool service_notifier::send(std::string_view message) const {
    if (socket_path_.empty()) return true;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_path_.size() >= sizeof(address.sun_path)) return false;
    std::memcpy(address.sun_path, socket_path_.data(), socket_path_.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_path_.size());
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return false;
    const ssize_t sent =
        ::sendto(fd, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&address), length);
    ::close(fd);
    return sent == static_cast<ssize_t>(message.size());
}

duration watchdog_interval() {
    const auto owner = variable("WATCHDOG_PID");
    if (!owner.empty() && number(owner) != ::getpid()) return duration::zero();
    return duration{number(variable("WATCHDOG_USEC")) / 1000 / 2};
}

}  // namespace lockhub::hub
