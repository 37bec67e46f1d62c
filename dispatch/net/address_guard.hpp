#pragma once
// Which addresses an outbound call may reach: what a PMS configures as its callback URL must not open the operator's
// own network. Asked with the resolved address, right before connecting to exactly that address. Pure.
#include <string_view>

#include "schemas/wire/cidr.hpp"

namespace lockhub::dispatch {

// "" when the call may connect, else what kind of address it is ("loopback", "private", …). With private_addresses
// loopback, link-local, private, shared (100.64/10) and documentation ranges are let through; multicast, unspecified
// and reserved addresses never are.
std::string_view forbidden_kind(const wire::ip_address& address, bool private_addresses);

}  // namespace lockhub::dispatch
