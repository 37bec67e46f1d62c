#include "hub/cli/outbox_filter.hpp"

#include <boost/test/unit_test.hpp>

#include "hub/cli/context.hpp"
#include "hub/routes/operator_routes.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {
constexpr time_point now = from_unix_ms(1'795'320'000'000);  // 2026-11-22 12:00:00 China time
}

BOOST_AUTO_TEST_SUITE(outbox_filter_test)

BOOST_AUTO_TEST_CASE(a_point_in_time_is_a_date_a_day_or_a_while_ago) {
    const struct {
        std::string_view text;
        time_point means;
    } cases[] = {{"2026-11-22 11:00:00", now - 1h}, {"2026-11-22", now - 12h}, {"2h", now - 2h}, {"30m", now - 30min}};
    for (const auto& one : cases) {
        const auto parsed = hub::parse_point("--since", one.text, now);
        BOOST_REQUIRE(parsed.has_value());
        BOOST_TEST(to_unix_ms(*parsed) == to_unix_ms(one.means), one.text);
    }
    BOOST_TEST(
        hub::parse_point("--until", "tomorrow", now).error().message.starts_with("--until: 'tomorrow' is no time"));
}

BOOST_AUTO_TEST_CASE(wrong_words_are_named_with_their_option) {
    hub::outbox_options options;
    options.state = "deda";
    BOOST_TEST(hub::read_filter(options, now).error().message.ends_with("did you mean 'dead'?"));
    options.state = "";
    options.error_name = "time_out";
    BOOST_TEST(hub::read_filter(options, now)
                   .error()
                   .message.starts_with("--error: 'time_out' must be one of none, refused_by_pms"));
    options.error_name = "";
    options.event = "lock.open";
    BOOST_TEST(hub::read_filter(options, now).error().message ==
               "--event: 'lock.open' is no event, did you mean 'lock.opened'?");
}

BOOST_AUTO_TEST_CASE(what_the_command_line_sends_is_what_the_service_reads) {
    hub::outbox_options options;
    options.ids = {3, 4};
    options.state = "held";
    options.pms = "演示 \"pms\"";
    options.hotel = "H1";
    options.room = "R1";
    options.action = "A1";
    options.event = "lock.opened";
    options.error_name = "timeout";
    options.since = "2h";
    options.until = "1h";
    const auto filter = hub::read_filter(options, now);
    BOOST_REQUIRE(filter.has_value());
    const auto change = hub::parse_outbox_change(storage::delivery_verb::release,
                                                 hub::change_body(*filter, true, "cli:root", "because"));
    BOOST_REQUIRE(change.has_value());
    const auto& read = change->filter;
    BOOST_TEST((read.ids == filter->ids));
    BOOST_TEST((read.state == filter->state));
    BOOST_TEST(read.pms == filter->pms);
    BOOST_TEST(read.hotel == filter->hotel);
    BOOST_TEST(read.room == filter->room);
    BOOST_TEST(read.action == filter->action);
    BOOST_TEST(read.event == filter->event);
    BOOST_TEST((read.why == filter->why));
    BOOST_TEST((read.created_from == filter->created_from));
    BOOST_TEST((read.created_until == filter->created_until));
    BOOST_TEST(change->dry_run);
    BOOST_TEST(change->actor == "cli:root");
    BOOST_TEST(change->reason == "because");
}

BOOST_AUTO_TEST_CASE(a_filter_knows_when_ids_alone_name_the_rows) {
    storage::delivery_filter filter;
    BOOST_TEST(hub::names_nothing(filter));
    BOOST_TEST(!hub::only_ids(filter));
    filter.ids = {1};
    BOOST_TEST(hub::only_ids(filter));
    filter.pms = "p";
    BOOST_TEST(!hub::only_ids(filter));
    BOOST_TEST(!hub::names_nothing(filter));
}

BOOST_AUTO_TEST_SUITE_END()
