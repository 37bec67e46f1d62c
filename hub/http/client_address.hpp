#pragma once
// Whose request this is when proxies stand between: pure reading of X-Forwarded-For.
#include <string_view>

#include "schemas/wire/cidr.hpp"

namespace lockhub::hub {

// The peer itself unless it is a trusted proxy. Behind one: X-Forwarded-For (several headers joined with commas) is
// read from the right, where our own proxies write, and the first address that is no trusted proxy is the client. What
// stands further left is the client's own claim. An entry that is no address ends the reading: the client is then the
// last address that could be read. Entries may carry a port ("192.0.2.1:4711", "[2001:db8::1]:4711").
wire::ip_address client_behind(const wire::ip_address& peer, std::string_view forwarded_for,
                               const wire::cidr_list& trusted_proxies);

}  // namespace lockhub::hub
