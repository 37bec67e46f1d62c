#include "schemas/wire/cidr.hpp"

#include <boost/test/unit_test.hpp>

namespace lockhub::test {

using wire::cidr;
using wire::cidr_list;
using wire::ip_address;

BOOST_AUTO_TEST_SUITE(cidr_test)

BOOST_AUTO_TEST_CASE(addresses_are_read_and_written_in_their_usual_form) {
    const std::pair<const char*, const char*> table[] = {
        {"192.0.2.1", "192.0.2.1"},         {"0.0.0.0", "0.0.0.0"},          {"::1", "::1"},
        {"2001:DB8:0:0::1", "2001:db8::1"}, {"::ffff:10.1.2.3", "10.1.2.3"}, {"::ffff:0a01:0203", "10.1.2.3"},
    };
    for (const auto& [in, out] : table) {
        BOOST_TEST_CONTEXT(in) {
            const auto address = ip_address::parse(in);
            BOOST_REQUIRE(address);
            BOOST_TEST(address->text() == out);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_refused) {
    using namespace std::string_view_literals;
    for (const auto text : {""sv, "10.0.0"sv, "10.0.0.256"sv, "010.0.0.1"sv, "0x7f.0.0.1"sv, "2130706433"sv,
                            " 10.0.0.1"sv, "[::1]"sv, "fe80::1%eth0"sv, "localhost"sv, "10.0.0.1\0"sv}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!ip_address::parse(text).has_value());
        }
    }
}

struct match_case {
    const char* block;
    const char* address;
    bool inside;
};

BOOST_AUTO_TEST_CASE(a_block_holds_the_addresses_of_its_prefix_and_no_others) {
    const match_case table[] = {
        {"10.0.0.0/8", "10.255.255.255", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"10.0.0.0/8", "::ffff:10.0.0.1", true},
        {"100.64.0.0/10", "100.127.255.255", true},
        {"100.64.0.0/10", "100.128.0.0", false},
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7/32", "192.0.2.8", false},
        {"192.0.2.6/31", "192.0.2.7", true},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::/0", "2001:db8::1", true},
        {"::/0", "203.0.113.9", false},
        {"2001:db8::/33", "2001:db8:7fff::", true},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::1", "::1", true},
        {"::1", "::2", false},
    };
    for (const auto& c : table) {
        BOOST_TEST_CONTEXT(c.block << " and " << c.address) {
            BOOST_TEST(cidr::parse(c.block).value().contains(ip_address::parse(c.address).value()) == c.inside);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_block_that_leaves_something_open_is_refused_with_its_text) {
    for (const auto* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8",
                             "10.0.0.0/ 8", "10.0.0.1/8", "2001:db8::1/64", "hub.example.com", "10.0.0.0/8,"}) {
        BOOST_TEST_CONTEXT(text) {
            const auto block = cidr::parse(text);
            BOOST_REQUIRE(!block);
            BOOST_TEST(to_string(block.error().code) == "invalid_input");
            BOOST_TEST(block.error().message.starts_with("'" + std::string(text) + "'"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_list_holds_what_any_of_its_blocks_holds) {
    const std::vector<std::string> texts = {"10.0.0.0/8", "fd00::/8"};
    const auto list = cidr_list::parse(texts).value();
    BOOST_TEST(list.contains(ip_address::parse("10.1.1.1").value()));
    BOOST_TEST(list.contains(ip_address::parse("fd12::1").value()));
    BOOST_TEST(!list.contains(ip_address::parse("192.0.2.1").value()));
    BOOST_TEST(cidr_list::parse({}).value().empty());
    const std::vector<std::string> broken = {"10.0.0.0/8", "nonsense"};
    BOOST_TEST(!cidr_list::parse(broken).has_value());
}

BOOST_AUTO_TEST_CASE(blocks_are_written_as_they_are_read) {
    for (const auto* text : {"10.0.0.0/8", "2001:db8::/32", "192.0.2.7/32", "0.0.0.0/0", "::/0"}) {
        BOOST_TEST(cidr::parse(text).value().text() == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
