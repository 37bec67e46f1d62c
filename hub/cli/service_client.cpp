#include "hub/cli/service_client.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <system_error>

#include "schemas/core/limits.hpp"

namespace lockhub::hub {

namespace {

using steady = std::chrono::steady_clock;

std::string reason(int number) {
    return std::generic_category().message(number);
}

class connection {
  public:
    connection(int fd, steady::time_point deadline) : fd_(fd), deadline_(deadline) {}
    ~connection() { ::close(fd_); }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    // Stops without an error when the peer closed its side: it may have answered before it read everything.
    result<> send(std::string_view text) {
        while (!text.empty()) {
            if (auto ready = wait(POLLOUT); !ready) return ready;
            const ssize_t sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
            if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) return {};
            if (sent < 0) return fail(errc::unavailable, "the service cannot be written to: " + reason(errno));
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return {};
    }

    result<std::string> receive_all() {
        std::string text;
        char buffer[16 * 1024];
        for (;;) {
            if (auto ready = wait(POLLIN); !ready) return std::unexpected(ready.error());
            const ssize_t got = ::recv(fd_, buffer, sizeof(buffer), MSG_DONTWAIT);
            if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
            if (got < 0 && errno == ECONNRESET && !text.empty()) return text;
            if (got < 0) return fail(errc::unavailable, "the service broke the connection: " + reason(errno));
            if (got == 0) return text;
            text.append(buffer, static_cast<std::size_t>(got));
            if (text.size() > limits::response_body_bytes)
                return fail(errc::too_large, "the service answered too much");
        }
    }

  private:
    result<> wait(short events) {
        for (;;) {
            const auto left = std::chrono::duration_cast<duration>(deadline_ - steady::now()).count();
            if (left <= 0) return fail(errc::timeout, "the service did not answer in time");
            pollfd one{fd_, events, 0};
            const int ready = ::poll(&one, 1, static_cast<int>(left));
            if (ready > 0) return {};
            if (ready < 0 && errno != EINTR) return fail(errc::unavailable, "poll: " + reason(errno));
        }
    }

    int fd_;
    steady::time_point deadline_;
};

result<int> connect_to(const std::filesystem::path& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto path = socket.string();
    if (path.size() >= sizeof(address.sun_path))
        return fail(errc::invalid_input, "the socket's path is too long: " + path);
    std::memcpy(address.sun_path, path.data(), path.size());
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return fail(errc::unavailable, "socket: " + reason(errno));
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) return fd;
    const int why = errno;
    ::close(fd);
    const bool nobody = why == ENOENT || why == ECONNREFUSED || why == ENOTDIR;
    return fail(nobody ? errc::not_found : errc::unavailable,
                fmt::format("the service cannot be reached at {}: {}", path, reason(why)));
}

}  // namespace

result<wire::http_response> service_client::call(std::string_view method, std::string_view target,
                                                 std::string_view content_type, std::string_view body) const {
    const auto fd = connect_to(socket_);
    if (!fd) return std::unexpected(fd.error());
    // The deadline is the command line's own patience, not a time the program decides by.
    connection service(*fd, steady::now() + timeout_);
    std::string head =
        fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n", method,
                    target, token_.reveal());
    if (!content_type.empty()) head += fmt::format("Content-Type: {}\r\n", content_type);
    head += fmt::format("Content-Length: {}\r\n\r\n", body.size());
    if (auto sent = service.send(head); !sent) return std::unexpected(sent.error());
    if (auto sent = service.send(body); !sent) return std::unexpected(sent.error());
    const auto text = service.receive_all();
    if (!text) return std::unexpected(text.error());
    return parse_http_response(*text);
}

result<wire::http_response> parse_http_response(std::string_view text) {
    const auto bad = [] { return fail(errc::unavailable, "the service's answer is no HTTP response"); };
    const auto head_end = text.find("\r\n\r\n");
    if (head_end == std::string_view::npos || !text.starts_with("HTTP/1.") || text.size() < 12) return bad();
    wire::http_response response;
    const auto [end, ec] = std::from_chars(text.data() + 9, text.data() + 12, response.status);
    if (ec != std::errc{} || end != text.data() + 12) return bad();
    auto lines = text.substr(0, head_end);
    const auto status_end = lines.find("\r\n");
    lines = status_end == std::string_view::npos ? std::string_view() : lines.substr(status_end + 2);
    while (!lines.empty()) {
        const auto line_end = lines.find("\r\n");
        const auto line = lines.substr(0, line_end);
        lines = line_end == std::string_view::npos ? std::string_view() : lines.substr(line_end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return bad();
        const auto value = line.find_first_not_of(' ', colon + 1);
        response.headers.emplace_back(line.substr(0, colon), value == std::string_view::npos ? "" : line.substr(value));
    }
    response.body = text.substr(head_end + 4);
    if (const auto length = response.header("Content-Length");
        !length.empty() && length != std::to_string(response.body.size()))
        return fail(errc::unavailable, "the service's answer is not complete");
    return response;
}

}  // namespace lockhub::hub
