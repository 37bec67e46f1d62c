#pragma once
// The transport over real sockets: HTTP/1.1, plain or TLS, connections kept between calls.
//
// A call: URL → kept connection, or name → address guard → connect to exactly the address that was checked → TLS with
// verification → send → read one answer. Redirects are answers like any other. One deadline bounds the whole call; a
// connect and TLS handshake is bounded by connect_timeout too, for each of a name's addresses.
// Everything runs on the io_context's one thread, name look-ups aside. The client outlives the calls it was given.
#include <cstdint>
#include <memory>
#include <string>

#include "dispatch/net/name_lookup.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/transport.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

struct client_options {
    std::string user_agent = "lockhub/0.1";
    std::string ca_file;  // PEM; "": the system's authorities
    duration connect_timeout = limits::connect_timeout;
    duration default_timeout = limits::vendor_timeout;  // of calls whose options name none
    std::size_t idle_connections_per_host = limits::idle_connections_per_host;
    std::size_t idle_connections = limits::idle_connections;
    duration idle_connection_lifetime = limits::idle_connection_lifetime;
    lookup_function lookup = system_lookup;
    task_group::failure_sink on_failure;  // told of exceptions outside calls
};

struct client_statistics {
    std::uint64_t calls = 0;
    std::uint64_t connections_opened = 0;
    std::uint64_t connections_reused = 0;
    std::size_t in_flight = 0;
    std::size_t idle = 0;
};

class client : public transport {
  public:
    // Makes every call under way return `interrupted`, refuses new ones with it, closes kept connections, and returns
    // when the last call has returned. Must have been awaited before the client is destroyed, unless it made no call
    // or holds nothing open.
    virtual task<void> stop() = 0;
    virtual client_statistics statistics() const = 0;
};

// Throws std::runtime_error when the CA certificates cannot be read. `time` ages kept connections.
std::unique_ptr<client> make_client(asio::io_context& io, const clock& time, client_options options = {});

}  // namespace lockhub::dispatch
