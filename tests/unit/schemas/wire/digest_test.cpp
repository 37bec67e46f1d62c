#include "schemas/wire/digest.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

#include "schemas/wire/http_message.hpp"

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(digest_test)

BOOST_AUTO_TEST_CASE(digests_of_published_vectors) {
    BOOST_CHECK_EQUAL(wire::md5_hex({""}), "d41d8cd98f00b204e9800998ecf8427e");
    BOOST_CHECK_EQUAL(wire::md5_hex({"message digest"}), "f96b697d7cb7938d525a2f31aaf161d0");
    BOOST_CHECK_EQUAL(wire::sha1_hex({"abc"}), "a9993e364706816aba3e25717850c26c9cd0d89d");
    const auto sha = wire::sha256({"abc"});
    BOOST_CHECK(sha[0] == std::byte{0xba} && sha[1] == std::byte{0x78} && sha[31] == std::byte{0xad});
}

BOOST_AUTO_TEST_CASE(parts_count_as_one_text) {
    BOOST_CHECK_EQUAL(wire::md5_hex({"message", " ", "digest"}), wire::md5_hex({"message digest"}));
    BOOST_CHECK(wire::sha256({"a", "bc"}) == wire::sha256({"abc"}));
}

BOOST_AUTO_TEST_CASE(every_thread_digests_alike) {
    std::string other;
    std::thread([&] { other = wire::md5_hex({"abc"}); }).join();
    BOOST_CHECK_EQUAL(other, wire::md5_hex({"abc"}));
}

BOOST_AUTO_TEST_CASE(case_is_ignored_for_ascii_letters_only) {
    BOOST_CHECK(wire::equal_ignoring_case("8b62A749", "8B62a749"));
    BOOST_CHECK(!wire::equal_ignoring_case("8b62a749", "8b62a74"));
    BOOST_CHECK(!wire::equal_ignoring_case("[", "{"));
    BOOST_CHECK_EQUAL(wire::to_upper_ascii("aé9z"), "Aé9Z");
}

BOOST_AUTO_TEST_CASE(header_names_are_found_in_any_case) {
    const wire::http_response response{.status = 200, .headers = {{"Retry-After", "8"}, {"X", "1"}}, .body = ""};
    BOOST_CHECK_EQUAL(response.header("retry-after"), "8");
    BOOST_CHECK_EQUAL(response.header("absent"), "");
}

BOOST_AUTO_TEST_SUITE_END()
