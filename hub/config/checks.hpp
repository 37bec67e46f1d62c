#pragma once
// Whether single values of the configuration make sense. Pure.
#include <optional>
#include <string>
#include <string_view>

#include "hub/config/config.hpp"

namespace lockhub::hub {

// "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:80". The host must be an IP address: what a name resolves to changes.
std::optional<listen_address> parse_listen_address(std::string_view text);

// "10.0.0.0/8", "fd00::/8", or one address, which stands for itself alone.
bool is_network(std::string_view text);

struct url_parts {
    std::string scheme;  // lower case: "http" or "https"
    std::string host;    // without brackets
    std::string path;    // as written, "/" where there is none
    bool has_query = false;
};
// Absolute http(s) URLs without user information and fragment; otherwise what is wrong with it.
result<url_parts> parse_http_url(std::string_view text);

// True for IP addresses (not names, but "localhost") in loopback, private and link-local ranges.
bool is_private_host(std::string_view host);

}  // namespace lockhub::hub
