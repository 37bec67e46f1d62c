#include "hub/http/request_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>

#include "schemas/core/limits.hpp"

using namespace lockhub;
using progress = hub::request_reader::progress;

namespace {

// Feeds `bytes` in pieces of at most `piece`; stops when a request is complete or refused and leaves the rest unfed.
class feeder {
  public:
    feeder(hub::request_reader& reader, std::string_view bytes, std::size_t piece)
        : reader_(reader), rest_(bytes), piece_(piece) {}

    progress next(std::size_t body_limit = 1000) {
        while (true) {
            const auto reached = reader_.advance();
            if (reached == progress::header_complete) {
                reader_.accept_body(body_limit);
            } else if (reached != progress::need_more || rest_.empty()) {
                return reached;
            } else {
                feed();
            }
        }
    }

    std::string_view rest() const { return rest_; }

  private:
    void feed() {
        const auto room = reader_.room();
        const auto bytes = std::min({room.size(), rest_.size(), piece_});
        std::memcpy(room.data(), rest_.data(), bytes);
        reader_.received(bytes);
        rest_.remove_prefix(bytes);
    }

    hub::request_reader& reader_;
    std::string_view rest_;
    std::size_t piece_;
};

int refused_status(std::string_view bytes, std::size_t piece, std::size_t body_limit = 1000) {
    hub::request_reader reader;
    return feeder(reader, bytes, piece).next(body_limit) == progress::refused ? reader.refusal().status : 0;
}

const std::size_t pieces[] = {1, 2, 3, 7, 100'000};

}  // namespace

BOOST_AUTO_TEST_SUITE(request_reader_test)

BOOST_AUTO_TEST_CASE(a_request_reads_the_same_however_its_bytes_are_cut) {
    constexpr std::string_view bytes =
        "POST /in?x=1 HTTP/1.1\r\nhost: hub\r\nContent-Type: application/json\r\nAuthorization: Bearer abc\r\n"
        "X-Forwarded-For: 192.0.2.1\r\nx-forwarded-for: 192.0.2.2\r\nX-Other: y\r\nContent-Length: 5\r\n\r\nhello";
    for (const auto piece : pieces) BOOST_TEST_CONTEXT("in pieces of " << piece) {
            hub::request_reader reader;
            feeder from(reader, bytes, piece);
            BOOST_REQUIRE(from.next() == progress::complete);
            const auto& got = reader.request();
            BOOST_TEST(got.method == "POST");
            BOOST_TEST(got.target == "/in?x=1");
            BOOST_TEST(got.content_type == "application/json");
            BOOST_TEST(got.authorization == "Bearer abc");
            BOOST_TEST(got.forwarded_for == "192.0.2.1,192.0.2.2");
            BOOST_TEST(got.body == "hello");
            BOOST_TEST(got.content_length.value() == 5U);
            BOOST_TEST(got.keep_alive);
            BOOST_TEST(got.http_1_1);
        }
}

BOOST_AUTO_TEST_CASE(chunks_are_joined_and_trailers_change_nothing) {
    constexpr std::string_view heads =
        "POST / HTTP/1.1\r\nHost: hub\r\nAuthorization: mine\r\nTransfer-Encoding: chunked\r\n\r\n";
    const struct {
        std::string_view chunks, body;
    } cases[] = {{"0\r\n\r\n", ""},
                 {"5\r\nhello\r\n0\r\n\r\n", "hello"},
                 {"5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n", "hello world"},
                 {"1\r\nx\r\n0\r\nAuthorization: other\r\nHost: other\r\n\r\n", "x"}};
    for (const auto& one : cases)
        for (const auto piece : pieces) BOOST_TEST_CONTEXT(one.chunks << " in pieces of " << piece) {
                const auto bytes = std::string(heads) + std::string(one.chunks);
                hub::request_reader reader;
                BOOST_REQUIRE(feeder(reader, bytes, piece).next() == progress::complete);
                BOOST_TEST(reader.request().body == one.body);
                BOOST_TEST(reader.request().authorization == "mine");
                BOOST_TEST(reader.request().chunked);
            }
}

BOOST_AUTO_TEST_CASE(requests_follow_each_other_out_of_one_buffer) {
    constexpr std::string_view bytes =
        "POST /1 HTTP/1.1\r\nHost: hub\r\nContent-Length: 3\r\n\r\none"
        "\r\n\r\nGET /2 HTTP/1.0\r\n\r\n"
        "POST /3 HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n";
    for (const auto piece : pieces) BOOST_TEST_CONTEXT("in pieces of " << piece) {
            hub::request_reader reader;
            feeder from(reader, bytes, piece);
            BOOST_REQUIRE(from.next() == progress::complete);
            BOOST_TEST(reader.request().body == "one");
            reader.begin();
            BOOST_REQUIRE(from.next() == progress::complete);
            BOOST_TEST(reader.request().target == "/2");
            BOOST_TEST(reader.request().body.empty());
            BOOST_TEST(!reader.request().content_length.has_value());
            BOOST_TEST(!reader.request().keep_alive);
            reader.begin();
            BOOST_REQUIRE(from.next() == progress::complete);
            BOOST_TEST(reader.request().body == "three");
            reader.begin();
            BOOST_CHECK(from.next() == progress::need_more);
            BOOST_TEST(!reader.started());
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_http_or_could_be_read_in_two_ways_is_refused) {
    const struct {
        std::string_view bytes;
        int status;
    } cases[] = {
        {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello TLS\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\n\r\n", 505},
        {"GET /\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost hub\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost : hub\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabcdefg", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n", 413},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", 413},
    };
    for (const auto& one : cases)
        for (const auto piece : pieces) BOOST_TEST_CONTEXT(one.bytes << " in pieces of " << piece) {
                BOOST_TEST(refused_status(one.bytes, piece) == one.status);
            }
}

BOOST_AUTO_TEST_CASE(headers_have_a_bound_that_many_small_fields_do_not_get_around) {
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    while (many.size() < 2 * limits::header_bytes) many += "X-Filler: 0123456789\r\n";
    const auto one_large = "GET / HTTP/1.1\r\nHost: a\r\nX-Filler: " + std::string(limits::header_bytes, 'x');
    const auto long_target = "GET /" + std::string(limits::target_bytes, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    const auto endless_target = "GET /" + std::string(2 * limits::header_bytes, 'x');
    for (const auto piece : pieces) BOOST_TEST_CONTEXT("in pieces of " << piece) {
            BOOST_TEST(refused_status(many, piece) == 431);
            BOOST_TEST(refused_status(one_large, piece) == 431);
            BOOST_TEST(refused_status(long_target, piece) == 414);
            BOOST_TEST(refused_status(endless_target, piece) == 414);
        }
}

BOOST_AUTO_TEST_CASE(chunk_headers_and_trailers_have_a_bound) {
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const auto endless_extension = head + "1;" + std::string(2 * limits::header_bytes, 'x');
    const auto endless_trailer = head + "0\r\nX-Filler: " + std::string(2 * limits::header_bytes, 'x');
    for (const auto piece : {std::size_t{100}, std::size_t{100'000}}) BOOST_TEST_CONTEXT("in pieces of " << piece) {
            BOOST_TEST(refused_status(endless_extension, piece) == 400);
            BOOST_TEST(refused_status(endless_trailer, piece) == 400);
        }
}

BOOST_AUTO_TEST_CASE(a_header_as_large_as_the_bound_is_read) {
    std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n";
    while (bytes.size() + 100 < limits::header_bytes) bytes += "X-Filler: 0123456789\r\n";
    bytes += "\r\n";
    for (const auto piece : pieces) {
        hub::request_reader reader;
        BOOST_CHECK(feeder(reader, bytes, piece).next() == progress::complete);
    }
}

BOOST_AUTO_TEST_CASE(a_body_may_fill_its_limit_exactly) {
    const std::string body(1000, 'b');
    const auto bytes = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + body;
    const auto chunked =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + body + "\r\n0\r\n\r\n";
    for (const auto& text : {bytes, chunked}) {
        hub::request_reader reader;
        BOOST_REQUIRE(feeder(reader, text, 64).next(1000) == progress::complete);
        BOOST_TEST(reader.request().body == body);
    }
}

BOOST_AUTO_TEST_CASE(a_discarded_body_is_read_past) {
    hub::request_reader reader;
    constexpr std::string_view bytes =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\noneGET /next HTTP/1.0\r\n\r\n";
    const auto room = reader.room();
    std::memcpy(room.data(), bytes.data(), bytes.size());
    reader.received(bytes.size());
    BOOST_REQUIRE(reader.advance() == progress::header_complete);
    reader.discard_body(100);
    BOOST_REQUIRE(reader.advance() == progress::complete);
    BOOST_TEST(reader.request().body.empty());
    reader.begin();
    BOOST_REQUIRE(reader.advance() == progress::header_complete);
    BOOST_TEST(reader.request().target == "/next");
}

BOOST_AUTO_TEST_SUITE_END()
