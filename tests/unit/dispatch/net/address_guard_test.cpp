#include "dispatch/net/address_guard.hpp"

#include <boost/test/unit_test.hpp>

namespace lockhub::test {

namespace {

struct guard_case {
    const char* address;
    const char* kind;  // "" for an address of the open internet
    bool reachable_if_private;
};

const guard_case table[] = {
    {"8.8.8.8", "", true},
    {"1.0.0.1", "", true},
    {"223.5.5.5", "", true},
    {"2606:4700::1111", "", true},
    {"2400:3200::1", "", true},
    {"127.0.0.1", "loopback", true},
    {"127.255.255.254", "loopback", true},
    {"::1", "loopback", true},
    {"::ffff:127.0.0.1", "loopback", true},
    {"10.0.0.1", "private", true},
    {"172.16.0.1", "private", true},
    {"172.31.255.255", "private", true},
    {"172.32.0.1", "", true},
    {"192.168.1.1", "private", true},
    {"::ffff:192.168.1.1", "private", true},
    {"fd00::1", "private", true},
    {"fc00::1", "private", true},
    {"fec0::1", "private", true},
    {"100.64.0.1", "shared", true},
    {"100.127.255.255", "shared", true},
    {"100.63.255.255", "", true},
    {"169.254.169.254", "link-local", true},
    {"fe80::1", "link-local", true},
    {"192.0.2.1", "documentation", true},
    {"198.51.100.1", "documentation", true},
    {"203.0.113.1", "documentation", true},
    {"2001:db8::1", "documentation", true},
    {"3fff::1", "documentation", true},
    {"198.19.0.1", "benchmarking", true},
    {"0.0.0.0", "unspecified", false},
    {"0.1.2.3", "unspecified", false},
    {"::", "unspecified", false},
    {"224.0.0.1", "multicast", false},
    {"ff02::1", "multicast", false},
    {"240.0.0.1", "reserved", false},
    {"255.255.255.255", "reserved", false},
    {"192.0.0.1", "reserved", false},
    {"2001::1", "reserved", false},
    {"2002:7f00:1::", "reserved", false},
    {"::7f00:1", "reserved", false},
    {"64:ff9b::8.8.8.8", "", true},
    {"64:ff9b::127.0.0.1", "loopback", true},
    {"64:ff9b::10.0.0.1", "private", true},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(address_guard_test)

BOOST_AUTO_TEST_CASE(only_addresses_of_the_open_internet_are_reachable_by_default) {
    for (const auto& c : table) {
        BOOST_TEST_CONTEXT(c.address) {
            BOOST_TEST(dispatch::forbidden_kind(wire::ip_address::parse(c.address).value(), false) == c.kind);
        }
    }
}

BOOST_AUTO_TEST_CASE(private_addresses_opens_local_ranges_but_nothing_that_is_no_host) {
    for (const auto& c : table) {
        BOOST_TEST_CONTEXT(c.address) {
            const auto kind = dispatch::forbidden_kind(wire::ip_address::parse(c.address).value(), true);
            BOOST_TEST(kind == (c.reachable_if_private ? "" : c.kind));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
