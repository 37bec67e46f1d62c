#include "schemas/core/secret.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(secret_test)

BOOST_AUTO_TEST_CASE(a_moved_from_secret_is_empty_and_its_small_buffer_wiped) {
    secret a("482913");
    const char* const old_bytes = a.reveal().data();  // short text stands inside the object
    const secret b = std::move(a);
    BOOST_CHECK_EQUAL(b.reveal(), "482913");
    BOOST_CHECK(a.empty());  // NOLINT(bugprone-use-after-move): what is left behind is the point
    BOOST_CHECK_EQUAL(old_bytes[0], '\0');
    BOOST_CHECK_EQUAL(old_bytes[5], '\0');
}

BOOST_AUTO_TEST_CASE(assignment_replaces_and_survives_itself) {
    secret a("first-secret-that-is-longer-than-a-small-string");
    const secret b("second");
    a = b;
    BOOST_CHECK(a == b);
    auto& same = a;
    a = same;
    BOOST_CHECK_EQUAL(a.reveal(), "second");
    a = secret("third");
    BOOST_CHECK_EQUAL(a.reveal(), "third");
    BOOST_CHECK(!(a == b));
}

BOOST_AUTO_TEST_CASE(masking_leaves_the_ends_of_long_texts_and_nothing_of_short_ones) {
    BOOST_CHECK_EQUAL(masked("482913"), "4****3");
    BOOST_CHECK_EQUAL(masked("1234"), "****");
    BOOST_CHECK_EQUAL(masked(""), "");
    BOOST_CHECK_EQUAL(masked("密码密码"), "************");
}

BOOST_AUTO_TEST_CASE(a_secret_is_hidden_wherever_it_stands_and_an_empty_one_nowhere) {
    std::string text = "482913482913 and 482913, not 48291";
    hide(text, secret("482913"));
    BOOST_CHECK_EQUAL(text, "************ and ******, not 48291");
    hide(text, secret());
    BOOST_CHECK_EQUAL(text, "************ and ******, not 48291");
}

BOOST_AUTO_TEST_CASE(texts_are_equal_only_in_full) {
    BOOST_CHECK(equal_constant_time("abc", "abc"));
    BOOST_CHECK(equal_constant_time("", ""));
    BOOST_CHECK(!equal_constant_time("abc", "abd"));
    BOOST_CHECK(!equal_constant_time("abc", "ab"));
}

BOOST_AUTO_TEST_SUITE_END()
