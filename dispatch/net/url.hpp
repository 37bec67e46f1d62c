#pragma once
// The parts of an absolute http(s) URL that an outbound call needs. Pure.
#include <cstdint>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"

namespace lockhub::dispatch {

struct target_url {
    bool tls = false;
    std::string host;  // lower case, IPv6 without brackets
    std::uint16_t port = 80;
    std::string authority;  // as the Host header has it: "[::1]:8080", no default port
    std::string target;     // path and query as written, "/" when there is none
};

// Fails (invalid_input) for anything but http and https, for a missing host, user information, an impossible port and
// characters that a URL cannot hold. The message never quotes path or query: they may carry secrets.
result<target_url> parse_url(std::string_view text);

}  // namespace lockhub::dispatch
