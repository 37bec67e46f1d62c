#pragma once
// A server on a loopback port that does to its connections exactly what a test tells it: raw bytes, stalls, closes at
// chosen moments. It runs on the test's io_context.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/net/task.hpp"
#include "tests/support/certificate.hpp"

namespace lockhub::test {

struct peer_step {
    enum class kind {
        read_request,  // header and Content-Length body; recorded
        send,          // `bytes`
        drip,          // `bytes` over and over, one byte at a time with a moment between
        stall,         // does nothing until the client closes
        close,         // a clean end of the connection
        close_rudely,  // TLS without close_notify; the same as close on a plain connection
        reset,         // the client sees a reset connection
    };
    kind what = kind::read_request;
    std::string bytes;
};

inline peer_step read_request() {
    return {peer_step::kind::read_request, {}};
}
inline peer_step send_bytes(std::string bytes) {
    return {peer_step::kind::send, std::move(bytes)};
}
inline peer_step drip(std::string bytes) {
    return {peer_step::kind::drip, std::move(bytes)};
}
inline peer_step stall() {
    return {peer_step::kind::stall, {}};
}
inline peer_step close_connection() {
    return {peer_step::kind::close, {}};
}
inline peer_step close_rudely() {
    return {peer_step::kind::close_rudely, {}};
}
inline peer_step reset_connection() {
    return {peer_step::kind::reset, {}};
}

// "HTTP/1.1 200 OK" with a Content-Length and that body; `headers` are whole lines with their line ends.
std::string http_answer(int status, const std::string& body, const std::string& headers = {});

using peer_script = std::vector<peer_step>;

struct peer_log {
    std::size_t connections = 0;
    std::size_t ended = 0;               // connections whose script is over
    std::vector<std::string> requests;   // as they came, header and body
    std::vector<std::string> tls_names;  // the names clients asked for (SNI)
};

class scripted_peer {
  public:
    // The n-th connection plays the n-th script; later ones play the last again. With a certificate it speaks TLS.
    scripted_peer(dispatch::asio::io_context& io, std::vector<peer_script> scripts,
                  std::optional<certificate> identity = std::nullopt);
    ~scripted_peer();  // closes everything

    std::uint16_t port() const;
    std::string url(const std::string& path = "/", const std::string& host = "127.0.0.1") const;
    const peer_log& log() const;

    struct state;

  private:
    std::shared_ptr<state> state_;
};

// A loopback port that nobody listens on.
std::uint16_t unused_port(dispatch::asio::io_context& io);

}  // namespace lockhub::test
