#include "hub/config/durations.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace lockhub;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(durations_test)

BOOST_AUTO_TEST_CASE(a_whole_number_and_its_unit_is_a_duration) {
    const struct {
        std::string_view text;
        duration means;
    } cases[] = {{"0", 0ms}, {"0s", 0ms}, {"500ms", 500ms}, {"8s", 8s}, {"2m", 2min}, {"6h", 6h}, {"180d", 24h * 180}};
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.text) {
            const auto parsed = hub::parse_duration(one.text);
            BOOST_REQUIRE(parsed.has_value());
            BOOST_TEST(parsed->count() == one.means.count());
        }
    }
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused) {
    for (const std::string_view text :
         {"", "s", "8", "8 s", "-8s", "1.5h", "8S", "8sec", " 8s", "8s ", "9999999999d", "99999999999999999999s"})
        BOOST_TEST(!hub::parse_duration(text).has_value(), text << " must be refused");
}

BOOST_AUTO_TEST_CASE(a_duration_is_written_in_its_largest_whole_unit) {
    BOOST_TEST(hub::write_duration(120s) == "2m");
    BOOST_TEST(hub::write_duration(90s) == "90s");
    BOOST_TEST(hub::write_duration(48h) == "2d");
    BOOST_TEST(hub::write_duration(1ms) == "1ms");
    BOOST_TEST(hub::write_duration(0ms) == "0s");
}

BOOST_AUTO_TEST_SUITE_END()
