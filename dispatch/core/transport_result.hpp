#pragma once
// How a call over the transport ended, as a plain value that the state machines can read.
#include <expected>
#include <string>

#include "schemas/domain/delivery.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::dispatch {

struct transport_error {
    error_class why = error_class::timeout;
    std::string message;     // names host and step; no URL query, no body
    bool maybe_sent = true;  // false: certainly no byte of the request left (name, connect, TLS, guard)
};

using transport_result = std::expected<wire::http_response, transport_error>;

}  // namespace lockhub::dispatch
