#include "hub/http/session.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <concepts>
#include <span>
#include <string_view>

#include "hub/http/exchange.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::hub {
namespace {

using boost::system::error_code;

// What a session waits for decides what an expired deadline and a stop mean.
enum class phase { handshake, idle, header, body, busy, writing, lingering };

auto reporting(error_code& ec) {
    return asio::redirect_error(asio::use_awaitable_t<dispatch::executor>(), ec);
}

template <class Stream>
class stream_session final : public session {
    static constexpr bool is_plain = std::same_as<Stream, stream_socket>;

  public:
    stream_session(session_environment& shared, Stream stream, std::optional<wire::ip_address> peer,
                   std::shared_ptr<asio::ssl::context> context)
        : shared_(shared), context_(std::move(context)), stream_(std::move(stream)), exchange_(shared, peer) {
        error_code ec;
        socket().non_blocking(true, ec);
    }

    task<void> run() override {
        const bool opened = co_await open();
        auto next = opened ? after::next_request : after::close;
        while (next == after::next_request) {
            next = co_await serve();
        }
        if (next == after::linger) co_await linger();
        error_code ec;
        socket().close(ec);
    }

    void finish() override {
        if (phase_ == phase::handshake || phase_ == phase::idle || phase_ == phase::lingering) cut();
    }

    void cut() override {
        error_code ec;
        socket().close(ec);
    }

  private:
    enum class after { next_request, linger, close };

    stream_socket& socket() {
        if constexpr (is_plain) {
            return stream_;
        } else {
            return stream_.next_layer();
        }
    }

    void enter(phase to, std::uint64_t deadline) {
        phase_ = to;
        timed_out_ = false;
        shared_.wheel.arm(*this, deadline);
    }

    void on_deadline() override {
        timed_out_ = true;
        error_code ec;
        socket().cancel(ec);
    }

    // A step that goes on in the same phase keeps the deadline it began with, however often bytes arrive.
    void wait_for(exchange::step step) {
        const auto to = step == exchange::step::read_idle     ? phase::idle
                        : step == exchange::step::read_header ? phase::header
                                                              : phase::body;
        if (to == phase_ && !timed_out_) return;
        const auto& deadlines = shared_.deadlines;
        enter(to, to == phase::idle ? deadlines.idle : to == phase::header ? deadlines.header : deadlines.body);
    }

    task<bool> open() {
        if constexpr (!is_plain) {
            enter(phase::handshake, shared_.deadlines.header);
            error_code ec;
            co_await stream_.async_handshake(asio::ssl::stream_base::server, reporting(ec));
            co_return !ec;
        }
        co_return true;
    }

    task<after> serve() {
        exchange_.begin();
        phase_ = phase::busy;
        auto step = exchange_.next();
        while (step != exchange::step::handle && step != exchange::step::answer) {
            if (step == exchange::step::read_idle && shared_.stopping) co_return after::close;
            bool went_well = true;
            if (step == exchange::step::send_continue) {
                went_well = co_await send(continue_response);
            } else {
                wait_for(step);
                went_well = co_await receive();
            }
            if (!went_well) {
                const bool answerable = timed_out_ && (phase_ == phase::header || phase_ == phase::body);
                if (!answerable) co_return after::close;
                exchange_.time_out();
                step = exchange::step::answer;
                break;
            }
            step = exchange_.next();
        }
        phase_ = phase::busy;
        shared_.wheel.disarm(*this);
        if (step == exchange::step::handle) co_await exchange_.handle();
        const std::string_view answer = exchange_.write();
        const bool sent = co_await send(answer);
        if (!sent) co_return after::close;
        co_return exchange_.keep_alive() ? after::next_request : after::linger;
    }

    task<bool> receive() {
        const std::span<char> room = exchange_.room();
        error_code ec;
        const auto bytes = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()), reporting(ec));
        exchange_.received(bytes);
        co_return !ec;
    }

    task<bool> send(std::string_view bytes) {
        error_code ec;
        if constexpr (is_plain) {
            // Nearly every answer fits the socket's buffer: one system call and no turn of the event loop.
            bytes.remove_prefix(stream_.write_some(asio::buffer(bytes), ec));
            if (bytes.empty()) co_return true;
            if (ec && ec != asio::error::would_block && ec != asio::error::try_again) co_return false;
        }
        enter(phase::writing, shared_.deadlines.write);
        co_await asio::async_write(stream_, asio::buffer(bytes), reporting(ec));
        shared_.wheel.disarm(*this);
        co_return !ec;
    }

    // A close while unread bytes wait makes the kernel send a reset, which can wipe out the answer before the client
    // has read it. So: say that we are done, and read on until the client has closed.
    task<void> linger() {
        enter(phase::lingering, shared_.deadlines.linger);
        error_code ec;
        if constexpr (!is_plain) co_await stream_.async_shutdown(reporting(ec));
        socket().shutdown(asio::socket_base::shutdown_send, ec);
        std::size_t forgotten = 0;
        while (!ec && !timed_out_ && forgotten < limits::linger_bytes) {
            forgotten += co_await socket().async_read_some(asio::buffer(shared_.forgotten), reporting(ec));
        }
    }

    session_environment& shared_;
    std::shared_ptr<asio::ssl::context> context_;  // outlives the stream
    Stream stream_;
    exchange exchange_;
    phase phase_ = phase::busy;
    bool timed_out_ = false;
};

}  // namespace

std::unique_ptr<session> make_session(session_environment& shared, stream_socket socket,
                                      std::optional<wire::ip_address> peer) {
    return std::make_unique<stream_session<stream_socket>>(shared, std::move(socket), peer, nullptr);
}

std::unique_ptr<session> make_tls_session(session_environment& shared, stream_socket socket,
                                          std::optional<wire::ip_address> peer,
                                          std::shared_ptr<asio::ssl::context> context) {
    using tls_stream = asio::ssl::stream<stream_socket>;
    tls_stream stream(std::move(socket), *context);
    return std::make_unique<stream_session<tls_stream>>(shared, std::move(stream), peer, std::move(context));
}

}  // namespace lockhub::hub
