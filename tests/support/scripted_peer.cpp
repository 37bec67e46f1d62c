#include "tests/support/scripted_peer.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <set>

#include "dispatch/net/wake_signal.hpp"

namespace lockhub::test {

namespace asio = dispatch::asio;
namespace ssl = asio::ssl;
using boost::system::error_code;
using dispatch::executor;
using dispatch::task;
using tcp = asio::ip::tcp;
using tcp_socket = asio::basic_stream_socket<tcp, executor>;
using tls_stream = ssl::stream<tcp_socket>;

struct scripted_peer::state {
    state(asio::io_context& io, std::vector<peer_script> s)
        : acceptor(io.get_executor(), tcp::endpoint(asio::ip::address_v4::loopback(), 0)), scripts(std::move(s)) {}

    asio::basic_socket_acceptor<tcp, executor> acceptor;
    std::vector<peer_script> scripts;
    std::optional<ssl::context> tls;
    std::set<tcp_socket*> open;
    peer_log log;
};

namespace {

using shared_state = std::shared_ptr<scripted_peer::state>;

constexpr auto awaiting = asio::as_tuple(asio::use_awaitable_t<executor>{});

std::size_t content_length(std::string_view header) {
    std::string lower(header);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    constexpr std::string_view name = "\r\ncontent-length: ";
    const auto at = lower.find(name);
    std::size_t length = 0;
    if (at != std::string::npos) {
        std::from_chars(lower.data() + at + name.size(), lower.data() + lower.size(), length);
    }
    return length;
}

// The first whole request in `received`, taken out of it; "" while it is not complete.
std::string take_request(std::string& received) {
    const auto header_end = received.find("\r\n\r\n");
    if (header_end == std::string::npos) return {};
    const auto size = header_end + 4 + content_length(std::string_view(received).substr(0, header_end + 2));
    if (received.size() < size) return {};
    auto whole = received.substr(0, size);
    received.erase(0, size);
    return whole;
}

tcp_socket& lowest(tcp_socket& socket) {
    return socket;
}
tcp_socket& lowest(tls_stream& stream) {
    return stream.next_layer();
}

// One connection playing its script. Each step tells whether the connection still lives.
template <class Stream>
class player {
  public:
    player(shared_state shared, Stream& stream) : shared_(std::move(shared)), stream_(stream) {
        shared_->open.insert(&lowest(stream_));
    }
    ~player() { shared_->open.erase(&lowest(stream_)); }

    task<bool> play(peer_step step) {
        switch (step.what) {
            case peer_step::kind::read_request:
                co_return co_await read();
            case peer_step::kind::send:
                co_return co_await send(std::move(step.bytes));
            case peer_step::kind::drip:
                co_return co_await drip_on(std::move(step.bytes));
            case peer_step::kind::stall:
                co_return co_await wait_for_close();
            case peer_step::kind::close:
                co_return co_await close();
            case peer_step::kind::close_rudely:
                co_return false;
            case peer_step::kind::reset:
                break;
        }
        error_code ignored;
        lowest(stream_).set_option(asio::socket_base::linger(true, 0), ignored);
        lowest(stream_).close(ignored);
        co_return false;
    }

  private:
    task<bool> read() {
        for (;;) {
            auto whole = take_request(received_);
            if (!whole.empty()) {
                shared_->log.requests.push_back(std::move(whole));
                co_return true;
            }
            std::array<char, 8192> piece;
            const auto [ec, n] = co_await stream_.async_read_some(asio::buffer(piece), awaiting);
            if (ec) co_return false;
            received_.append(piece.data(), n);
        }
    }

    task<bool> send(std::string bytes) {
        const auto [ec, n] = co_await asio::async_write(stream_, asio::buffer(bytes), awaiting);
        co_return !ec && n == bytes.size();
    }

    task<bool> drip_on(std::string bytes) {
        dispatch::steady_timer timer(shared_->acceptor.get_executor());
        for (std::size_t i = 0;; i = (i + 1) % bytes.size()) {
            timer.expires_after(std::chrono::milliseconds(1));
            const auto [timer_ec] = co_await timer.async_wait(awaiting);
            if (timer_ec) co_return false;
            const bool sent = co_await send(std::string(1, bytes[i]));
            if (!sent) co_return false;
        }
    }

    task<bool> wait_for_close() {
        std::array<char, 8192> piece;
        for (;;) {
            const auto [ec, n] = co_await stream_.async_read_some(asio::buffer(piece), awaiting);
            if (ec) co_return n > 0;
        }
    }

    task<bool> close() {
        if constexpr (std::is_same_v<Stream, tls_stream>) {
            [[maybe_unused]] const auto [ec] = co_await stream_.async_shutdown(awaiting);
        }
        error_code ignored;
        lowest(stream_).shutdown(tcp::socket::shutdown_both, ignored);
        co_return false;
    }

    shared_state shared_;
    Stream& stream_;
    std::string received_;
};

template <class Stream>
task<void> play_script(shared_state shared, std::unique_ptr<Stream> stream, peer_script script) {
    {
        player<Stream> one(shared, *stream);
        bool alive = true;
        if constexpr (std::is_same_v<Stream, tls_stream>) {
            const auto [ec] = co_await stream->async_handshake(ssl::stream_base::server, awaiting);
            alive = !ec;
            const char* name = SSL_get_servername(stream->native_handle(), TLSEXT_NAMETYPE_host_name);
            if (name != nullptr) shared->log.tls_names.emplace_back(name);
        }
        for (std::size_t i = 0; alive && i < script.size(); ++i) {
            alive = co_await one.play(std::move(script[i]));
        }
    }
    ++shared->log.ended;
}

task<void> accept_connections(shared_state shared) {
    const auto where = shared->acceptor.get_executor();
    for (;;) {
        tcp_socket socket(where);
        const auto [ec] = co_await shared->acceptor.async_accept(socket, awaiting);
        if (ec) co_return;
        const auto last = shared->scripts.size() - 1;
        auto script = shared->scripts[std::min(shared->log.connections++, last)];
        const auto ignore = [](const std::exception_ptr&) {};
        if (shared->tls) {
            auto stream = std::make_unique<tls_stream>(std::move(socket), *shared->tls);
            asio::co_spawn(where, play_script(shared, std::move(stream), std::move(script)), ignore);
        } else {
            auto plain = std::make_unique<tcp_socket>(std::move(socket));
            asio::co_spawn(where, play_script(shared, std::move(plain), std::move(script)), ignore);
        }
    }
}

}  // namespace

std::string http_answer(int status, const std::string& body, const std::string& headers) {
    return fmt::format("HTTP/1.1 {} Reason\r\n{}Content-Length: {}\r\n\r\n{}", status, headers, body.size(), body);
}

scripted_peer::scripted_peer(asio::io_context& io, std::vector<peer_script> scripts,
                             std::optional<certificate> identity)
    : state_(std::make_shared<state>(io, std::move(scripts))) {
    if (identity) {
        auto& context = state_->tls.emplace(ssl::context::tls_server);
        context.use_certificate_chain(asio::buffer(identity->certificate_pem));
        context.use_private_key(asio::buffer(identity->key_pem), ssl::context::pem);
    }
    asio::co_spawn(io.get_executor(), accept_connections(state_), [](const std::exception_ptr&) {});
}

scripted_peer::~scripted_peer() {
    error_code ignored;
    state_->acceptor.close(ignored);
    for (auto* socket : state_->open) socket->close(ignored);
}

std::uint16_t scripted_peer::port() const {
    return state_->acceptor.local_endpoint().port();
}

std::string scripted_peer::url(const std::string& path, const std::string& host) const {
    return fmt::format("{}://{}:{}{}", state_->tls ? "https" : "http", host, port(), path);
}

const peer_log& scripted_peer::log() const {
    return state_->log;
}

std::uint16_t unused_port(asio::io_context& io) {
    const asio::basic_socket_acceptor<tcp, executor> bound(io.get_executor(),
                                                           tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    return bound.local_endpoint().port();
}

}  // namespace lockhub::test
