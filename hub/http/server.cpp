#include "hub/http/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include "dispatch/net/task_group.hpp"
#include "dispatch/net/wake_signal.hpp"
#include "hub/http/admission.hpp"
#include "hub/http/listener.hpp"
#include "hub/http/session.hpp"
#include "hub/http/tls_context.hpp"
#include "hub/observe/log.hpp"

namespace lockhub::hub {
namespace {

using boost::system::error_code;
using dispatch::steady_timer;

auto reporting(error_code& ec) {
    return asio::redirect_error(asio::use_awaitable_t<dispatch::executor>(), ec);
}

// Fine enough for the shortest deadline, never busier than it needs to be.
duration tick_of(const server_options& options) {
    const auto shortest = std::min({options.header_timeout, options.body_timeout, options.idle_timeout});
    return std::clamp<duration>(shortest / 8, duration(5), duration(250));
}

session_deadlines deadlines_of(const server_options& options, duration tick) {
    const auto turns = [tick](duration d) { return static_cast<std::uint64_t>((d + tick - duration(1)) / tick); };
    return {.header = turns(options.header_timeout),
            .body = turns(options.body_timeout),
            .idle = turns(options.idle_timeout),
            .write = turns(limits::write_timeout),
            .linger = turns(limits::linger_timeout)};
}

wire::cidr_list proxies_of(const server_options& options) {
    auto list = wire::cidr_list::parse(options.trusted_proxies);
    if (!list) throw std::invalid_argument("trusted_proxies: " + list.error().message);
    return std::move(*list);
}

// nullopt for unix sockets.
std::optional<wire::ip_address> address_of(const stream_protocol::endpoint& peer) {
    if (peer.protocol().family() == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, peer.data(), sizeof(in));
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &in.sin_addr, bytes.size());
        return wire::ip_address::from_v4(bytes);
    }
    if (peer.protocol().family() == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, peer.data(), sizeof(in));
        std::array<std::uint8_t, 16> bytes{};
        std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
        return wire::ip_address::from_v6(bytes);
    }
    return std::nullopt;
}

bool is_shortage(const error_code& ec) {
    return ec == std::errc::too_many_files_open || ec == std::errc::too_many_files_open_in_system ||
           ec == std::errc::no_buffer_space || ec == std::errc::not_enough_memory;
}

class http_server final : public server {
  public:
    http_server(asio::io_context& io, const clock& time, const server_options& options,
                std::shared_ptr<const router> routes)
        : tick_(tick_of(options)),
          shared_{.time = time,
                  .routes = std::move(routes),
                  .trusted_proxies = proxies_of(options),
                  .deadlines = deadlines_of(options, tick_)},
          admission_(options.max_connections, options.max_connections_per_address),
          listener_(io, options.host, options.port),
          turn_timer_(io.get_executor()),
          pause_timer_(io.get_executor()),
          stop_timer_(io.get_executor()),
          tasks_(io.get_executor(), [](const std::string& name, const std::string& what) {
              log::error("http.task_failed", what, {{"task", name}});
          }) {
        if (options.tls) {
            auto context = load_tls_context(*options.tls);
            if (!context) throw std::invalid_argument(context.error().message);
            tls_ = std::move(*context);
        }
        tasks_.spawn("http accept", accept());
        tasks_.spawn("http deadlines", turn());
    }

    std::uint16_t port() const override { return listener_.port(); }
    void set_router(std::shared_ptr<const router> routes) override { shared_.routes = std::move(routes); }

    result<> reload_tls(const tls_files& files) override {
        auto context = load_tls_context(files);
        if (!context) return std::unexpected(std::move(context.error()));
        tls_ = std::move(*context);
        return {};
    }

    server_statistics statistics() const override {
        auto now = shared_.statistics;
        now.open = admission_.open();
        return now;
    }

    task<void> stop(duration deadline) override {
        shared_.stopping = true;
        listener_.close();
        pause_timer_.cancel();
        for (auto* open : sessions_) open->finish();
        if (!sessions_.empty()) {
            stop_timer_.expires_after(deadline);
            error_code ec;
            co_await stop_timer_.async_wait(reporting(ec));
        }
        for (auto* open : sessions_) open->cut();
        turn_timer_.cancel();
        co_await tasks_.join();
    }

  private:
    // A connection's place among the open ones; given back when its session ends, also by exception.
    class place {
      public:
        place(http_server& of, admission::counted_address counted) : of_(&of), counted_(counted) {}
        place(place&& other) noexcept : of_(std::exchange(other.of_, nullptr)), counted_(other.counted_) {}
        place& operator=(place&&) = delete;
        ~place() {
            if (of_ != nullptr) of_->admission_.leave(counted_);
        }

      private:
        http_server* of_;
        admission::counted_address counted_;
    };

    task<void> serve(std::unique_ptr<session> opened, place) {
        const session_listing listed(*this, *opened);
        co_await opened->run();
    }

    // What stop() finds to close.
    class session_listing {
      public:
        session_listing(http_server& in, session& what) : in_(in), what_(what) { in_.sessions_.insert(&what_); }
        session_listing(const session_listing&) = delete;
        session_listing& operator=(const session_listing&) = delete;
        ~session_listing() {
            in_.sessions_.erase(&what_);
            if (!in_.shared_.stopping || !in_.sessions_.empty()) return;
            in_.stop_timer_.cancel();
            in_.turn_timer_.cancel();
        }

      private:
        http_server& in_;
        session& what_;
    };

    task<void> accept() {
        while (!shared_.stopping) {
            stream_socket socket(listener_.acceptor().get_executor());
            stream_protocol::endpoint peer;
            error_code ec;
            co_await listener_.acceptor().async_accept(socket, peer, reporting(ec));
            if (!ec) {
                try {
                    admit(std::move(socket), peer);
                } catch (const std::exception& failure) {
                    log::error("http.admission_failed", failure.what());
                }
            } else if (is_shortage(ec)) {
                log::warn("http.accept_failed", ec.message());
                pause_timer_.expires_after(limits::accept_pause);
                co_await pause_timer_.async_wait(reporting(ec));
            }
        }
    }

    void admit(stream_socket socket, const stream_protocol::endpoint& from) {
        ++shared_.statistics.accepted;
        const auto peer = address_of(from);
        const bool many_clients = !peer || shared_.trusted_proxies.contains(*peer);
        const auto counted = many_clients ? std::nullopt : peer;
        switch (admission_.enter(counted)) {
            case admission::verdict::full:
                ++shared_.statistics.refused_full;
                return;
            case admission::verdict::too_many_from_address:
                ++shared_.statistics.refused_per_address;
                return;
            case admission::verdict::admitted:
                break;
        }
        place taken(*this, counted);
        error_code ec;
        if (peer) socket.set_option(asio::ip::tcp::no_delay(true), ec);
        auto opened = tls_ ? make_tls_session(shared_, std::move(socket), peer, tls_)
                           : make_session(shared_, std::move(socket), peer);
        tasks_.spawn("http session", serve(std::move(opened), std::move(taken)));
    }

    task<void> turn() {
        error_code ec;
        while (!shared_.stopping || !sessions_.empty()) {
            turn_timer_.expires_after(tick_);
            co_await turn_timer_.async_wait(reporting(ec));
            shared_.wheel.turn();
        }
    }

    duration tick_;
    session_environment shared_;
    admission admission_;
    listener listener_;
    std::shared_ptr<asio::ssl::context> tls_;
    std::unordered_set<session*> sessions_;
    steady_timer turn_timer_;
    steady_timer pause_timer_;
    steady_timer stop_timer_;
    dispatch::task_group tasks_;
};

}  // namespace

std::unique_ptr<server> start_server(asio::io_context& io, const clock& time, server_options options,
                                     std::shared_ptr<const router> routes) {
    return std::make_unique<http_server>(io, time, options, std::move(routes));
}

}  // namespace lockhub::hub
