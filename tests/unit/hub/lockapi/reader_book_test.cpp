#include "hub/lockapi/reader_book.hpp"

#include <boost/test/unit_test.hpp>

#include "hub/lockapi/account_pulse.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

hub::gateway_config one_gateway(std::string account, std::string hotel, std::vector<hub::card_reader_config> readers) {
    hub::gateway_config section;
    section.account.account = account_id(std::move(account));
    section.pms = "demopms";
    section.hotel_no = std::move(hotel);
    section.readers = std::move(readers);
    return section;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reader_book_test)

BOOST_AUTO_TEST_CASE(a_reader_is_found_by_pms_hotel_and_id) {
    const hub::reader_book book({one_gateway("gw-1", "H1", {{"d1", "前台"}, {"d2", ""}}),
                                 one_gateway("gw-2", "H1", {{"d3", ""}}), one_gateway("gw-3", "H2", {{"d1", ""}})});
    const auto* found = book.find(pms_id("demopms"), hotel_no("H1"), "d1");
    BOOST_REQUIRE(found != nullptr);
    BOOST_TEST(found->account.value == "gw-1");
    BOOST_TEST(found->nickname == "前台");
    BOOST_TEST(book.find(pms_id("demopms"), hotel_no("H2"), "d1")->account.value == "gw-3");
    BOOST_TEST(book.find(pms_id("demopms"), hotel_no("H2"), "d2") == nullptr);
    BOOST_TEST(book.find(pms_id("other"), hotel_no("H1"), "d1") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_hotel_has_the_readers_of_all_its_gateways_in_the_order_of_the_file) {
    const hub::reader_book book(
        {one_gateway("gw-1", "H1", {{"d2", ""}, {"d1", ""}}), one_gateway("gw-2", "H1", {{"d0", ""}})});
    std::string ids;
    for (const auto& reader : book.of_hotel(pms_id("demopms"), hotel_no("H1"))) ids += reader.id + " ";
    BOOST_TEST(ids == "d2 d1 d0 ");
    BOOST_TEST(book.of_hotel(pms_id("demopms"), hotel_no("H9")).empty());
}

BOOST_AUTO_TEST_CASE(whether_an_account_answers_is_remembered_for_a_short_while) {
    constexpr time_point now = from_unix_ms(1'795'320'000'000);
    hub::account_pulse pulse;
    BOOST_TEST(!pulse.answers("gw-1", now).has_value());
    pulse.note("gw-1", true, now);
    pulse.note("gw-2", false, now);
    BOOST_TEST((pulse.answers("gw-1", now + limits::pulse_lifetime - 1ms) == true));
    BOOST_TEST((pulse.answers("gw-2", now) == false));
    BOOST_TEST(!pulse.answers("gw-1", now + limits::pulse_lifetime).has_value());
    BOOST_TEST(!pulse.answers("gw-1", now - 1ms).has_value(), "the clock was set back");
}

BOOST_AUTO_TEST_SUITE_END()
