#include "hub/http/client_address.hpp"

#include <boost/test/unit_test.hpp>

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(client_address_test)

BOOST_AUTO_TEST_CASE(the_right_most_address_that_is_no_trusted_proxy_is_the_client) {
    const std::vector<std::string> blocks{"10.0.0.0/8", "fd00::/8"};
    const auto trusted = wire::cidr_list::parse(blocks).value();
    const struct {
        std::string_view peer, forwarded_for, client;
    } cases[] = {
        {"203.0.113.9", "", "203.0.113.9"},
        {"203.0.113.9", "198.51.100.1", "203.0.113.9"},  // nobody we trust says so
        {"10.0.0.1", "", "10.0.0.1"},
        {"10.0.0.1", "198.51.100.1", "198.51.100.1"},
        {"10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"},  // what stands further left is the client's claim
        {"10.0.0.1", "1.1.1.1,198.51.100.1 , 10.2.3.4", "198.51.100.1"},
        {"10.0.0.1", "10.9.9.9, 10.2.3.4", "10.9.9.9"},
        {"10.0.0.1", "198.51.100.1:4711", "198.51.100.1"},
        {"10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"},
        {"10.0.0.1", "[2001:db8::1]", "2001:db8::1"},
        {"10.0.0.1", "2001:db8::1", "2001:db8::1"},
        {"fd00::5", "198.51.100.1", "198.51.100.1"},
        {"::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"},
        {"10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"},  // what cannot be read ends the reading
        {"10.0.0.1", "unknown, 10.2.3.4", "10.2.3.4"},
        {"10.0.0.1", "198.51.100.1,", "10.0.0.1"},
        {"10.0.0.1", ",,,", "10.0.0.1"},
        {"10.0.0.1", "[", "10.0.0.1"},
    };
    for (const auto& one : cases) BOOST_TEST_CONTEXT(one.peer << " says " << one.forwarded_for) {
            const auto peer = wire::ip_address::parse(one.peer).value();
            BOOST_TEST(hub::client_behind(peer, one.forwarded_for, trusted).text() == one.client);
        }
}

BOOST_AUTO_TEST_SUITE_END()
