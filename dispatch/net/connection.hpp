#pragma once
// One connection to one address, plain or TLS: connect, then exchange after exchange. io thread only; one operation at
// a time. The only place of the sending side that knows Beast and TLS.
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dispatch/net/task.hpp"
#include "schemas/domain/delivery.hpp"
#include "schemas/wire/cidr.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::dispatch {

struct connect_failure {
    error_class why = error_class::connection_refused;
    std::string message;  // the step and the reason, without the host
};

struct exchange_failure {
    error_class why = error_class::connection_lost;
    std::string message;
    bool maybe_sent = true;       // false: no byte of the request was handed to the network
    bool response_begun = false;  // some byte of an answer came
};

struct exchange_answer {
    wire::http_response response;
    bool reusable = false;  // the peer keeps the connection, and nothing is left in it
};

class connection {
  public:
    virtual ~connection() = default;  // closes without a goodbye

    // To exactly this address; a TLS connection is shaken hands with and checked before this returns.
    virtual task<std::optional<connect_failure>> open(wire::ip_address address, std::uint16_t port) = 0;

    // Sends head and body and reads one final answer (1xx are passed over). `answer_has_body` is false for HEAD.
    // The views must outlive the call.
    virtual task<std::expected<exchange_answer, exchange_failure>> exchange(std::string_view head,
                                                                            std::string_view body,
                                                                            bool answer_has_body) = 0;

    // True when a kept connection can take no request any more: the peer closed it or sent something unasked.
    virtual bool stale() = 0;
    // Says goodbye to a TLS peer and closes. Nothing to say on a plain connection.
    virtual task<void> goodbye() = 0;
    virtual bool wants_goodbye() const = 0;
    // Makes the operation under way fail soon; the connection is of no use afterwards.
    virtual void abort() = 0;
};

// What TLS connections of a program share: trusted authorities and protocol bounds. Immutable once built.
class tls_authorities;
// `ca_file` is a PEM file; "" means the system's authorities. Throws std::runtime_error naming a file that cannot be
// read.
std::shared_ptr<tls_authorities> load_tls_authorities(const std::string& ca_file);

struct tls_peer {
    std::shared_ptr<tls_authorities> authorities;
    std::string host;    // the certificate must be for this name or address; sent as SNI when it is a name
    bool verify = true;  // false: any certificate will do
};

std::unique_ptr<connection> make_plain_connection(executor where);
std::unique_ptr<connection> make_tls_connection(executor where, tls_peer peer);

}  // namespace lockhub::dispatch
