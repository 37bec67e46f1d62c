#include "hub/http/session.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <concepts>
#include <exception>
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
        bool answered = co_await open();
        if (answered) answered = co_await serve();
        if (answered) co_await linger();
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

    bool may_answer_timeout() const { return timed_out_ && (phase_ == phase::header || phase_ == phase::body); }

    // Nearly every answer fits the socket's buffer: one system call and no turn of the event loop. Takes away what
    // went.
    error_code send_at_once(std::string_view& bytes) {
        error_code ec;
        if constexpr (is_plain) {
            bytes.remove_prefix(stream_.write_some(asio::buffer(bytes), ec));
            if (ec == asio::error::would_block || ec == asio::error::try_again) ec.clear();
        }
        return ec;
    }

    // Request after request, in one coroutine: each one more would cost every request its frame. False when the client
    // is gone or was cut off, true when the last answer is out.
    task<bool> serve() {
        do {
            exchange_.begin();
            phase_ = phase::busy;
            auto step = exchange_.next();
            while (step != exchange::step::handle && step != exchange::step::answer) {
                error_code ec;
                if (step == exchange::step::send_continue) {
                    enter(phase::writing, shared_.deadlines.write);
                    co_await asio::async_write(stream_, asio::buffer(continue_response), reporting(ec));
                } else {
                    if (step == exchange::step::read_idle && shared_.stopping) co_return false;
                    wait_for(step);
                    const std::span<char> room = exchange_.room();
                    const auto bytes =
                        co_await stream_.async_read_some(asio::buffer(room.data(), room.size()), reporting(ec));
                    exchange_.received(bytes);
                }
                if (ec && !may_answer_timeout()) co_return false;
                step = ec ? exchange_.time_out() : exchange_.next();
            }
            phase_ = phase::busy;
            shared_.wheel.disarm(*this);
            if (step == exchange::step::handle) {
                try {
                    co_await exchange_.route_handler().handle(exchange_.in(), exchange_.out());
                } catch (...) {
                    exchange_.handler_failed(std::current_exception());
                }
            }
            std::string_view unsent = exchange_.write();
            error_code ec = send_at_once(unsent);
            if (!ec && !unsent.empty()) {
                enter(phase::writing, shared_.deadlines.write);
                co_await asio::async_write(stream_, asio::buffer(unsent), reporting(ec));
                shared_.wheel.disarm(*this);
            }
            if (ec) co_return false;
        } while (exchange_.keep_alive());
        co_return true;
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
            const auto bytes = co_await socket().async_read_some(asio::buffer(shared_.forgotten), reporting(ec));
            forgotten += bytes;
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
