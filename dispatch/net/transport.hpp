#pragma once
// The seam to the network: one HTTP request out, one response in. Behind it stand the Beast client, or a simulation.
#include "dispatch/core/transport_result.hpp"
#include "dispatch/net/task.hpp"
#include "schemas/core/time.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::dispatch {

struct transport_options {
    duration timeout{};  // for the whole call: name, connect, TLS, send, read
    bool private_addresses =
        false;  // the address guard lets this target live in loopback, private and link-local ranges
    bool verify_tls = true;
};

class transport {
  public:
    virtual ~transport() = default;

    // Never throws for what networks do. A call whose connection was kept from before and closed by the peer before one
    // byte of response came is tried once more on a fresh connection only when the method is GET: a POST is reported
    // as connection_lost with maybe_sent.
    virtual task<transport_result> send(wire::http_request request, transport_options options) = 0;
};

}  // namespace lockhub::dispatch
