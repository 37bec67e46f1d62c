#pragma once
// The inbound HTTP server: listener, sessions, admission, TLS. One io thread; a slow or silent client costs a timer
// entry.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/net/task.hpp"
#include "hub/http/router.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/core/result.hpp"

namespace lockhub::hub {

struct tls_files {
    std::string certificate;  // PEM chain
    std::string key;          // PEM
};

struct server_options {
    std::string host = "127.0.0.1";  // or "unix:/path" for the operator socket (mode 0600)
    std::uint16_t port = 0;
    std::optional<tls_files> tls = {};
    std::vector<std::string> trusted_proxies = {};  // CIDR
    std::size_t max_connections = limits::connections;
    std::size_t max_connections_per_address = limits::connections_per_address;
    duration header_timeout = limits::header_timeout;
    duration body_timeout = limits::body_timeout;
    duration idle_timeout = limits::idle_timeout;
};

struct server_statistics {
    std::uint64_t accepted = 0, refused_full = 0, refused_per_address = 0, requests = 0, timeouts = 0, bad_requests = 0;
    std::size_t open = 0;
};

class server {
  public:
    virtual ~server() = default;

    virtual std::uint16_t port() const = 0;
    virtual void set_router(std::shared_ptr<const router> routes) = 0;  // requests under way finish with the old one
    virtual result<> reload_tls(const tls_files& files) = 0;            // a bad file changes nothing
    virtual server_statistics statistics() const = 0;
    // Closes the listener, lets active requests finish until the deadline, closes idle connections at once. Returns
    // when the last session has ended: a handler is never broken off, so one that waits past the deadline has to be
    // ended by whoever it waits for. Once, and before the server is destroyed.
    virtual task<void> stop(duration deadline) = 0;
};

// Binds at once and accepts from then on. Throws std::system_error naming the address, std::invalid_argument for TLS
// files or trusted proxies that cannot be used. All calls on the io thread.
std::unique_ptr<server> start_server(dispatch::asio::io_context& io, const clock& time, server_options options,
                                     std::shared_ptr<const router> routes);

}  // namespace lockhub::hub
