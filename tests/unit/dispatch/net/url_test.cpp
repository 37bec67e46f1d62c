#include "dispatch/net/url.hpp"

#include <boost/test/unit_test.hpp>

namespace lockhub::test {

using dispatch::parse_url;

BOOST_AUTO_TEST_SUITE(url_test)

struct good_case {
    const char* text;
    bool tls;
    const char* host;
    unsigned port;
    const char* authority;
    const char* target;
};

BOOST_AUTO_TEST_CASE(the_parts_a_call_needs_are_found) {
    const good_case table[] = {
        {"http://pms.example.com/cb", false, "pms.example.com", 80, "pms.example.com", "/cb"},
        {"https://pms.example.com", true, "pms.example.com", 443, "pms.example.com", "/"},
        {"HTTPS://PMS.Example.com:443/a", true, "pms.example.com", 443, "pms.example.com", "/a"},
        {"http://pms.example.com:443/a", false, "pms.example.com", 443, "pms.example.com:443", "/a"},
        {"http://127.0.0.1:9201/callback/password", false, "127.0.0.1", 9201, "127.0.0.1:9201", "/callback/password"},
        {"http://[::1]:8080?x=1", false, "::1", 8080, "[::1]:8080", "/?x=1"},
        {"https://[2001:DB8::1]/", true, "2001:db8::1", 443, "[2001:db8::1]", "/"},
        {"http://h/a%20b?x=%E4%BD%A0&y=/?#part", false, "h", 80, "h", "/a%20b?x=%E4%BD%A0&y=/?"},
        {"http://h:/a?", false, "h", 80, "h", "/a?"},
    };
    for (const auto& c : table) {
        BOOST_TEST_CONTEXT(c.text) {
            const auto url = parse_url(c.text);
            BOOST_REQUIRE(url);
            BOOST_TEST(url->tls == c.tls);
            BOOST_TEST(url->host == c.host);
            BOOST_TEST(url->port == c.port);
            BOOST_TEST(url->authority == c.authority);
            BOOST_TEST(url->target == c.target);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_http_url_is_refused_and_never_quoted) {
    for (const auto* text :
         {"", "pms.example.com/secret", "/secret", "ftp://h/secret", "http:///secret", "http:secret",
          "http://:80/secret", "http://user:secret@h/", "http://user@h/secret", "http://h:0/secret",
          "http://h:65536/secret", "http://h:99999999999/secret", "http://h/sec ret", "http://h/sec\r\nret",
          "http://[::1/secret", "http://[v1.x]/secret", "http://h%00/secret", "http://h/秘密secret"}) {
        BOOST_TEST_CONTEXT(text) {
            const auto url = parse_url(text);
            BOOST_REQUIRE(!url);
            BOOST_TEST(to_string(url.error().code) == "invalid_input");
            BOOST_TEST(url.error().message.find("secret") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
