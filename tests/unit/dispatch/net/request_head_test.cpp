#include "dispatch/net/request_head.hpp"

#include <boost/test/unit_test.hpp>

namespace lockhub::test {

namespace {

const dispatch::target_url url{.tls = false, .host = "h", .port = 80, .authority = "h", .target = "/a?b=1"};

result<std::string> head_of(std::string method, wire::header_list headers, std::string body) {
    return dispatch::make_request_head({std::move(method), "http://h/a?b=1", std::move(headers), std::move(body)}, url,
                                       "lockhub/0.1");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(request_head_test)

BOOST_AUTO_TEST_CASE(a_post_names_its_length_even_when_it_is_nought_and_a_get_does_not) {
    BOOST_TEST(head_of("POST", {}, "").value() ==
               "POST /a?b=1 HTTP/1.1\r\nHost: h\r\nUser-Agent: lockhub/0.1\r\nContent-Length: 0\r\n\r\n");
    BOOST_TEST(head_of("GET", {}, "").value() == "GET /a?b=1 HTTP/1.1\r\nHost: h\r\nUser-Agent: lockhub/0.1\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(headers_that_say_where_the_message_ends_belong_to_the_transport) {
    const auto head = head_of("POST",
                              {{"CONTENT-LENGTH", "9"},
                               {"Transfer-Encoding", "chunked"},
                               {"connection", "close"},
                               {"Host", "other"},
                               {"User-Agent", "other"},
                               {"X-Id", "7"}},
                              "abc");
    BOOST_TEST(head.value() ==
               "POST /a?b=1 HTTP/1.1\r\nHost: h\r\nUser-Agent: lockhub/0.1\r\nContent-Length: 3\r\nX-Id: 7\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(values_may_hold_utf8_and_tabs_but_nothing_that_ends_a_line) {
    BOOST_TEST(head_of("GET", {{"X-Name", "酒店\tA"}}, "").has_value());
    for (const auto& bad : {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3), std::string("a\x7f")}) {
        BOOST_TEST(!head_of("GET", {{"X-Name", bad}}, "").has_value());
    }
    for (const auto* name : {"", "X Name", "X:Name", "X\r\nName", "名"}) {
        BOOST_TEST(!head_of("GET", {{name, "1"}}, "").has_value());
    }
    BOOST_TEST(!head_of("GET / HTTP/1.1\r\nX:", {}, "").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
