#include "dispatch/net/address_guard.hpp"

#include <algorithm>
#include <array>

namespace lockhub::dispatch {

namespace {

struct special_range {
    wire::cidr block;
    std::string_view kind;
    bool reachable_if_private;
};

special_range range(std::string_view block, std::string_view kind, bool reachable_if_private) {
    return {wire::cidr::parse(block).value(), kind, reachable_if_private};
}

// The IANA special-purpose registries, first match wins.
const auto& special_ranges() {
    static const std::array ranges = {
        range("0.0.0.0/8", "unspecified", false),
        range("10.0.0.0/8", "private", true),
        range("100.64.0.0/10", "shared", true),
        range("127.0.0.0/8", "loopback", true),
        range("169.254.0.0/16", "link-local", true),
        range("172.16.0.0/12", "private", true),
        range("192.0.0.0/24", "reserved", false),
        range("192.0.2.0/24", "documentation", true),
        range("192.88.99.0/24", "reserved", false),
        range("192.168.0.0/16", "private", true),
        range("198.18.0.0/15", "benchmarking", true),
        range("198.51.100.0/24", "documentation", true),
        range("203.0.113.0/24", "documentation", true),
        range("224.0.0.0/4", "multicast", false),
        range("240.0.0.0/4", "reserved", false),
        range("0.0.0.0/0", "", true),
        range("::/128", "unspecified", false),
        range("::1/128", "loopback", true),
        range("2001:db8::/32", "documentation", true),
        range("2001::/23", "reserved", false),
        range("2002::/16", "reserved", false),
        range("3fff::/20", "documentation", true),
        range("2000::/3", "", true),
        range("fc00::/7", "private", true),
        range("fe80::/10", "link-local", true),
        range("fec0::/10", "private", true),
        range("ff00::/8", "multicast", false),
        range("::/0", "reserved", false),
    };
    return ranges;
}

}  // namespace

std::string_view forbidden_kind(const wire::ip_address& address, bool private_addresses) {
    // A NAT64 gateway forwards to the IPv4 address in the last four bytes: that one is judged.
    static const auto nat64 = wire::cidr::parse("64:ff9b::/96").value();
    if (nat64.contains(address)) {
        return forbidden_kind(wire::ip_address::from_v4(address.v4_bytes()), private_addresses);
    }
    const auto& ranges = special_ranges();
    const auto match = std::ranges::find_if(ranges, [&](const special_range& r) { return r.block.contains(address); });
    const bool allowed = match->kind.empty() || (private_addresses && match->reachable_if_private);
    return allowed ? std::string_view{} : match->kind;
}

}  // namespace lockhub::dispatch
