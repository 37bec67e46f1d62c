#include "schemas/core/suggestions.hpp"

#include <array>
#include <boost/test/unit_test.hpp>

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(suggestions_test)

BOOST_AUTO_TEST_CASE(the_distance_counts_single_edits_and_swapped_neighbours) {
    const struct {
        std::string_view a, b;
        std::size_t distance;
    } cases[] = {{"listen", "listen", 0}, {"listn", "listen", 1},   {"lisetn", "listen", 1},
                 {"", "abc", 3},          {"kitten", "sitting", 3}, {"abc", "", 3}};
    for (const auto& one : cases) {
        BOOST_TEST(edit_distance(one.a, one.b) == one.distance, one.a << " to " << one.b);
        BOOST_TEST(edit_distance(one.b, one.a) == one.distance, one.b << " to " << one.a);
    }
}

BOOST_AUTO_TEST_CASE(the_nearest_name_is_suggested_and_a_far_one_is_not) {
    constexpr std::array<std::string_view, 4> known{"listen", "tls_key", "tls_certificate", "id"};
    BOOST_TEST(suggest("listn", known) == "listen");
    BOOST_TEST(suggest("tls_certifcate", known) == "tls_certificate");
    BOOST_TEST(suggest("colour", known) == "");
    BOOST_TEST(suggest("xy", known) == "");
    BOOST_TEST(did_you_mean("listn", known) == ", did you mean 'listen'?");
    BOOST_TEST(did_you_mean("colour", known) == "");
}

BOOST_AUTO_TEST_SUITE_END()
