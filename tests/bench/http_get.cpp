#include "tests/bench/http_get.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace lockhub::bench {

namespace {

constexpr time_t answer_limit_seconds = 30;

std::size_t content_length(std::string_view head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto at = head.find(name);
    std::size_t length = 0;
    if (at == std::string_view::npos) throw std::runtime_error("an answer without Content-Length");
    std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    return length;
}

}  // namespace

kept_connection::kept_connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{.tv_sec = answer_limit_seconds, .tv_usec = 0};
    if (socket_ < 0 || ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0 ||
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int why = errno;
        if (socket_ >= 0) ::close(socket_);
        throw std::system_error(why, std::generic_category(), fmt::format("connecting to port {}", port));
    }
}

kept_connection::~kept_connection() {
    if (socket_ >= 0) ::close(socket_);
}

std::string kept_connection::get(std::string_view path) {
    const auto request = fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
        throw std::system_error(errno, std::generic_category(), "send");
    std::string received;
    for (;;) {
        std::array<char, 16 * 1024> part;
        const auto bytes = ::recv(socket_, part.data(), part.size(), 0);
        if (bytes < 0 && errno == EINTR) continue;
        if (bytes <= 0) throw std::runtime_error(fmt::format("no answer for {}", path));
        received.append(part.data(), static_cast<std::size_t>(bytes));
        const auto head_end = received.find("\r\n\r\n");
        if (head_end == std::string::npos) continue;
        const auto head = std::string_view(received).substr(0, head_end + 2);
        if (received.size() < head_end + 4 + content_length(head)) continue;
        if (!head.starts_with("HTTP/1.1 200")) throw std::runtime_error(fmt::format("{} answers {}", path, head));
        return received.substr(head_end + 4);
    }
}

}  // namespace lockhub::bench
