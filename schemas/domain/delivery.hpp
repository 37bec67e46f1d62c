#pragma once
// Callbacks to PMS systems: states, and the classes a failed attempt falls into.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/ids.hpp"
#include "schemas/core/time.hpp"

namespace lockhub {

// ready, queued and leased together are "pending" in the conservation law.
enum class delivery_state : std::uint8_t {
    ready,      // head of its lane; sent when due
    queued,     // behind another delivery of its lane
    leased,     // an attempt is in flight
    held,       // waits for an operator or for its target to be configured and enabled
    delivered,  // final
    dead,       // final: the schedule ran out, or the PMS cannot ever take it
    discarded,  // final: an operator gave it up
};
std::string_view to_string(delivery_state state);
std::optional<delivery_state> delivery_state_from(std::string_view name);

enum class delivery_kind : std::uint8_t {
    password_result,
    make_card_result,
    query_card_result,
    return_card_result,
    event
};
std::string_view to_string(delivery_kind kind);
std::optional<delivery_kind> delivery_kind_from(std::string_view name);

// Why an attempt failed; `none` for one that did not.
enum class error_class : std::uint8_t {
    none,
    refused_by_pms,  // HTTP 2xx, but `code` is not 0 (or no code at all)
    http_3xx,        // redirects are never followed
    http_4xx,
    http_429,
    http_5xx,
    timeout,
    dns,
    tls,
    connection_refused,
    connection_lost,
    address_forbidden,  // the address guard refused the resolved address
    response_too_large,
    bad_url,
    interrupted,  // the hub stopped or died during the attempt
};
std::string_view to_string(error_class c);
std::optional<error_class> error_class_from(std::string_view name);

}  // namespace lockhub
