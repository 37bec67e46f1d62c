#include "dispatch/net/connection.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <stdexcept>
#include <utility>

#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

namespace http = boost::beast::http;
namespace ssl = asio::ssl;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using tcp_socket = asio::basic_stream_socket<tcp, executor>;
using tls_stream = ssl::stream<tcp_socket>;
using response_parser = http::response_parser<http::string_body>;

class tls_authorities {
  public:
    explicit tls_authorities(const std::string& ca_file) : context(ssl::context::tls_client) {
        SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
        error_code ec;
        if (ca_file.empty()) {
            context.set_default_verify_paths(ec);
        } else {
            context.load_verify_file(ca_file, ec);
        }
        if (ec) throw std::runtime_error(fmt::format("cannot read the CA certificates {}: {}", ca_file, ec.message()));
    }

    ssl::context context;
};

std::shared_ptr<tls_authorities> load_tls_authorities(const std::string& ca_file) {
    return std::make_shared<tls_authorities>(ca_file);
}

namespace {

constexpr std::size_t read_piece_bytes = 4096;

constexpr auto awaiting = asio::as_tuple(asio::use_awaitable_t<executor>{});

tcp::endpoint endpoint_of(const wire::ip_address& address, std::uint16_t port) {
    if (address.is_v4()) return {asio::ip::address_v4(address.v4_bytes()), port};
    return {asio::ip::address_v6(address.bytes()), port};
}

exchange_failure write_failed(error_code ec, bool maybe_sent) {
    return {error_class::connection_lost, fmt::format("sending the request: {}", ec.message()), maybe_sent, false};
}

exchange_failure read_failed(error_code ec, bool response_begun) {
    exchange_failure failure{error_class::connection_lost, {}, true, response_begun};
    if (ec == http::error::body_limit) {
        failure.why = error_class::response_too_large;
        failure.message = fmt::format("the answer's body is larger than {} bytes", limits::response_body_bytes);
    } else if (ec == http::error::header_limit) {
        failure.why = error_class::response_too_large;
        failure.message = fmt::format("the answer's header is larger than {} bytes", limits::header_bytes);
    } else if (ec == http::error::end_of_stream || ec == asio::error::eof) {
        failure.message = "the peer closed the connection without an answer";
    } else if (ec == http::error::partial_message || ec == ssl::error::stream_truncated) {
        failure.message = "the peer closed the connection within its answer";
    } else if (ec.category() == http::make_error_code(http::error::bad_version).category()) {
        failure.message = fmt::format("the answer is not HTTP: {}", ec.message());
    } else {
        failure.message = fmt::format("reading the answer: {}", ec.message());
    }
    return failure;
}

wire::http_response to_response(response_parser& parser) {
    auto& message = parser.get();
    wire::http_response out;
    out.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
        const auto name = field.name_string();
        const auto value = field.value();
        out.headers.emplace_back(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
    }
    out.body = std::move(message.body());
    return out;
}

// A close the kernel already knows of, or bytes nobody asked for. Does not block.
bool readable_while_idle(tcp_socket& socket) {
    char byte = 0;
    const auto n = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return n >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

template <class Stream>
class http_connection : public connection {
  public:
    template <class... Arguments>
    explicit http_connection(Arguments&&... arguments) : stream_(std::forward<Arguments>(arguments)...) {}

    task<std::expected<exchange_answer, exchange_failure>> exchange(std::string_view head, std::string_view body,
                                                                    bool answer_has_body) override {
        const std::array<asio::const_buffer, 2> parts = {asio::buffer(head), asio::buffer(body)};
        const auto [write_ec, written] = co_await asio::async_write(stream_, parts, awaiting);
        // A TLS record may be on its way before any of its plain bytes count as written.
        constexpr bool encrypted = std::is_same_v<Stream, tls_stream>;
        if (write_ec) co_return std::unexpected(write_failed(write_ec, encrypted || written > 0));

        for (std::size_t interim = 0; interim <= limits::interim_responses; ++interim) {
            response_parser parser;
            parser.header_limit(limits::header_bytes);
            parser.body_limit(limits::response_body_bytes);
            parser.skip(!answer_has_body);
            const auto read_ec = co_await read_message(parser);
            if (read_ec) co_return std::unexpected(read_failed(read_ec, interim > 0 || parser.got_some()));
            if (parser.get().result_int() / 100 == 1) continue;
            exchange_answer answer;
            answer.reusable = parser.keep_alive() && buffer_.size() == 0;
            answer.response = to_response(parser);
            co_return answer;
        }
        co_return std::unexpected(
            exchange_failure{error_class::connection_lost, "the peer sends interim answers without end", true, true});
    }

    bool stale() override { return readable_while_idle(lowest()); }

    void abort() override {
        error_code ignored;
        lowest().close(ignored);
    }

  protected:
    // Reads until the parser has a whole message. What came beyond it stays in the buffer.
    task<error_code> read_message(response_parser& parser) {
        parser.eager(true);
        for (;;) {
            error_code ec = http::error::need_more;
            while (buffer_.size() > 0 && !parser.is_done()) {
                buffer_.consume(parser.put(buffer_.data(), ec));
                if (ec) break;
            }
            if (parser.is_done()) co_return error_code{};
            if (ec != http::error::need_more && ec) co_return ec;

            const auto room = std::max(read_piece_bytes, buffer_.capacity() - buffer_.size());
            const auto [read_ec, n] = co_await stream_.async_read_some(buffer_.prepare(room), awaiting);
            if (read_ec == asio::error::eof) {
                if (!parser.got_some()) co_return http::error::end_of_stream;
                error_code end_ec;
                parser.put_eof(end_ec);
                co_return end_ec;
            }
            if (read_ec) co_return read_ec;
            buffer_.commit(n);
        }
    }

    task<error_code> connect(tcp::endpoint endpoint) {
        auto& socket = lowest();
        const auto [ec] = co_await socket.async_connect(endpoint, awaiting);
        if (!ec) {
            error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
        }
        co_return ec;
    }

    static connect_failure connect_failed(error_code ec) {
        return {error_class::connection_refused, fmt::format("connecting: {}", ec.message())};
    }

    tcp_socket& lowest() {
        if constexpr (std::is_same_v<Stream, tls_stream>) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    Stream stream_;
    boost::beast::flat_buffer buffer_;
};

class plain_connection final : public http_connection<tcp_socket> {
  public:
    explicit plain_connection(executor where) : http_connection(where) {}

    task<std::optional<connect_failure>> open(wire::ip_address address, std::uint16_t port) override {
        const auto ec = co_await connect(endpoint_of(address, port));
        if (ec) co_return connect_failed(ec);
        co_return std::nullopt;
    }

    bool wants_goodbye() const override { return false; }
    task<void> goodbye() override {
        abort();
        co_return;
    }
};

class tls_connection final : public http_connection<tls_stream> {
  public:
    tls_connection(executor where, tls_peer peer)
        : http_connection(tcp_socket(where), peer.authorities->context), peer_(std::move(peer)) {}

    task<std::optional<connect_failure>> open(wire::ip_address address, std::uint16_t port) override {
        const auto connect_ec = co_await connect(endpoint_of(address, port));
        if (connect_ec) co_return connect_failed(connect_ec);
        if (!expect_peer()) co_return connect_failure{error_class::tls, "the host name fits no certificate"};
        const auto [ec] = co_await stream_.async_handshake(ssl::stream_base::client, awaiting);
        if (ec) co_return connect_failure{error_class::tls, handshake_message(ec)};
        co_return std::nullopt;
    }

    bool wants_goodbye() const override { return true; }
    task<void> goodbye() override {
        [[maybe_unused]] const auto [ec] = co_await stream_.async_shutdown(awaiting);
        abort();
    }

  private:
    bool expect_peer() {
        SSL* const handle = stream_.native_handle();
        const bool is_address = wire::ip_address::parse(peer_.host).has_value();
        if (!is_address && SSL_set_tlsext_host_name(handle, peer_.host.c_str()) != 1) return false;
        if (!peer_.verify) {
            SSL_set_verify(handle, SSL_VERIFY_NONE, nullptr);
            return true;
        }
        SSL_set_verify(handle, SSL_VERIFY_PEER, nullptr);
        if (is_address) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), peer_.host.c_str()) == 1;
        SSL_set_hostflags(handle, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        return SSL_set1_host(handle, peer_.host.c_str()) == 1;
    }

    std::string handshake_message(error_code ec) {
        const long verdict = SSL_get_verify_result(stream_.native_handle());
        if (peer_.verify && verdict != X509_V_OK) {
            return fmt::format("TLS: the certificate is not trusted: {}", X509_verify_cert_error_string(verdict));
        }
        return fmt::format("TLS handshake: {}", ec.message());
    }

    tls_peer peer_;
};

}  // namespace

std::unique_ptr<connection> make_plain_connection(executor where) {
    return std::make_unique<plain_connection>(where);
}

std::unique_ptr<connection> make_tls_connection(executor where, tls_peer peer) {
    return std::make_unique<tls_connection>(where, std::move(peer));
}

}  // namespace lockhub::dispatch
