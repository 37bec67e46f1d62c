#include "tests/bench/load.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace lockhub::bench {
namespace {

using steady = std::chrono::steady_clock;

[[noreturn]] void failed(const char* what) {
    throw std::system_error(errno, std::system_category(), what);
}

class descriptor {
  public:
    explicit descriptor(int fd) : fd_(fd) {}
    descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    descriptor& operator=(descriptor&&) = delete;
    ~descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

  private:
    int fd_;
};

// All requests in one piece of memory, as they go out.
class prepared_requests {
  public:
    prepared_requests(const load_options& options, const body_maker& make_body) {
        ends_.reserve(options.requests);
        std::string body;
        for (std::uint64_t number = 0; number < options.requests; ++number) {
            body.clear();
            make_body(number, body);
            fmt::format_to(std::back_inserter(bytes_),
                           "POST {} HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
                           options.target_of ? options.target_of(number) : options.target, options.host, options.port,
                           options.content_type, body.size(), body);
            ends_.push_back(bytes_.size());
        }
    }

    std::optional<std::string_view> next() {
        if (taken_ == ends_.size()) return std::nullopt;
        const auto from = taken_ == 0 ? 0 : ends_[taken_ - 1];
        const auto until = ends_[taken_++];
        return std::string_view(bytes_).substr(from, until - from);
    }

  private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
    std::size_t taken_ = 0;
};

struct connection {
    explicit connection(descriptor fd) : socket(std::move(fd)) {}

    descriptor socket;
    std::string_view unsent;
    std::string received;
    steady::time_point sent_at;
    bool waiting_to_send = false;
};

descriptor connect_to(const load_options& options) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(options.port);
    if (::inet_pton(AF_INET, options.host.c_str(), &address.sin_addr) != 1) {
        errno = EINVAL;
        failed("the host is no IPv4 address");
    }
    descriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (fd.get() < 0) failed("socket");
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) failed("connect");
    const int one = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return fd;
}

struct parsed_head {
    int status = 0;
    std::size_t size = 0;  // of head and body
};

// nullopt while the response is not whole. The server under test writes its headers in this case.
std::optional<parsed_head> parse_response(std::string_view text) {
    constexpr std::string_view length_header = "\r\nContent-Length: ";
    const auto end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    parsed_head head;
    std::from_chars(text.data() + std::string_view("HTTP/1.1 ").size(), text.data() + end, head.status);
    std::size_t length = 0;
    if (const auto at = text.substr(0, end).find(length_header); at != std::string_view::npos)
        std::from_chars(text.data() + at + length_header.size(), text.data() + end, length);
    head.size = end + 4 + length;
    if (text.size() < head.size) return std::nullopt;
    return head;
}

class load_run {
  public:
    load_run(const load_options& options, const body_maker& make_body)
        : requests_(options, make_body), longest_(options.longest), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
        if (epoll_.get() < 0) failed("epoll_create1");
        connections_.reserve(options.connections);
        for (std::size_t i = 0; i < options.connections; ++i) {
            auto& made = *connections_.emplace_back(std::make_unique<connection>(connect_to(options)));
            watch(made, EPOLL_CTL_ADD);
        }
    }

    load_result run() {
        const auto started = steady::now();
        for (const auto& each : connections_) send_next(*each);
        std::array<epoll_event, 256> events{};
        while (under_way_ > 0 && steady::now() - started < longest_) {
            const int ready = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 100);
            for (int i = 0; i < ready; ++i)
                advance(*static_cast<connection*>(events[static_cast<std::size_t>(i)].data.ptr));
        }
        result_.took = steady::now() - started;
        return result_;
    }

  private:
    void watch(connection& at, int operation) {
        epoll_event event{};
        event.events = at.waiting_to_send ? EPOLLOUT : EPOLLIN;
        event.data.ptr = &at;
        if (::epoll_ctl(epoll_.get(), operation, at.socket.get(), &event) != 0) failed("epoll_ctl");
    }

    void advance(connection& at) {
        if (at.waiting_to_send) {
            send_rest(at);
            return;
        }
        std::array<char, 16 * 1024> part;
        const auto bytes = ::recv(at.socket.get(), part.data(), part.size(), MSG_DONTWAIT);
        if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (bytes <= 0) {
            give_up(at);
            return;
        }
        const std::string_view fresh(part.data(), static_cast<std::size_t>(bytes));
        if (!at.received.empty()) at.received += fresh;
        const auto response = parse_response(at.received.empty() ? fresh : at.received);
        if (!response) {
            if (at.received.empty()) at.received = fresh;
            return;
        }
        at.received.clear();
        result_.latencies.record(steady::now() - at.sent_at);
        ++(response->status == 200 ? result_.answered : result_.refused);
        --under_way_;
        send_next(at);
    }

    void send_next(connection& at) {
        const auto request = requests_.next();
        if (!request) return;
        ++under_way_;
        at.unsent = *request;
        at.sent_at = steady::now();
        send_rest(at);
    }

    void send_rest(connection& at) {
        while (!at.unsent.empty()) {
            const auto bytes = ::send(at.socket.get(), at.unsent.data(), at.unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (bytes < 0 && errno == EINTR) continue;
            if (bytes < 0 && errno == EAGAIN) break;
            if (bytes < 0) {
                give_up(at);
                return;
            }
            at.unsent.remove_prefix(static_cast<std::size_t>(bytes));
        }
        const bool waits = !at.unsent.empty();
        if (waits == at.waiting_to_send) return;
        at.waiting_to_send = waits;
        watch(at, EPOLL_CTL_MOD);
    }

    void give_up(connection& at) {
        ++result_.broken;
        --under_way_;
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, at.socket.get(), nullptr);
    }

    prepared_requests requests_;
    std::chrono::milliseconds longest_;
    descriptor epoll_;
    std::vector<std::unique_ptr<connection>> connections_;
    std::size_t under_way_ = 0;
    load_result result_;
};

}  // namespace

double load_result::per_second() const {
    const auto seconds = std::chrono::duration<double>(took).count();
    return seconds > 0 ? static_cast<double>(answered) / seconds : 0;
}

load_result run_load(const load_options& options, const body_maker& make_body) {
    return load_run(options, make_body).run();
}

body_maker constant_body(std::string body) {
    return [kept = std::move(body)](std::uint64_t, std::string& out) { out += kept; };
}

std::string describe(const load_result& result) {
    using milliseconds = std::chrono::duration<double, std::milli>;
    return fmt::format("{:.0f}/s  p50 {:.3f} ms  p99 {:.3f} ms  ({} answered, {} refused, {} broken)",
                       result.per_second(), milliseconds(result.latencies.percentile(0.5)).count(),
                       milliseconds(result.latencies.percentile(0.99)).count(), result.answered, result.refused,
                       result.broken);
}

}  // namespace lockhub::bench
