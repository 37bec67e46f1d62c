// The directory follows a scripted PMS, before a real store, on virtual time.
#include "hub/directory/directory_sync.hpp"

#include <boost/test/unit_test.hpp>

#include "dispatch/net/task_group.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/support/stored_world.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;
using hub::directory_sync;
using storage::directory_difference;

namespace {

// A PMS with one hotel.
struct told {
    std::string hotel_name = "Hotel";
    std::string rooms = R"({"roomId":"r1","roomNo":"1"},{"roomId":"r2","roomNo":"2"})";

    scripted_answer operator()(const wire::http_request& request) const {
        if (request.url.ends_with("hotels"))
            return respond(200, R"({"code":"0","data":[{"hotelNo":"h1","hotelName":")" + hotel_name + "\"}]}");
        if (request.url.ends_with("types"))
            return respond(
                200,
                R"({"code":0,"data":[{"hotelNo":"h1","roomTypeList":[{"roomTypeCode":"t1","roomTypeName":"Type"}]}]})");
        return respond(200, R"({"code":0,"data":[{"hotelNo":"h1","roomTypeList":[{"roomTypeCode":"t1","roomList":[)" +
                                rooms + "]}]}]}");
    }
};

struct following : stored_world {
    told pms;
    scripted_transport network{time, time, [this](const wire::http_request& request) { return pms(request); }};
    hub::metrics counted{"test"};
    dispatch::task_group group{
        io.get_executor(), [](const std::string& name, const std::string& what) { BOOST_ERROR(name + ": " + what); }};
    directory_sync sync{{.store = store(),
                         .transport = network,
                         .waiters = time,
                         .time = time,
                         .random = random,
                         .where = io.get_executor(),
                         .gate = {},
                         .counted = counted}};
    std::vector<hub::directory_sync_outcome> outcomes;

    following() { add_pms("alpha", 2); }
    ~following() {
        sync.stop();
        network.interrupt();
        group.spawn("join", [](directory_sync& what) -> dispatch::task<void> { co_await what.join(); }(sync));
        time.run_until_idle();
        BOOST_TEST(group.running() == 0u);
    }

    void configure(duration every = {}, bool enabled = true) {
        hub::directory_pms one;
        one.source = {.pms = pms_id("alpha"),
                      .key = secret("k"),
                      .private_addresses = false,
                      .hotels_url = "http://pms/hotels",
                      .room_types_url = "http://pms/types",
                      .rooms_url = "http://pms/rooms"};
        one.every = every;
        one.enabled = enabled;
        hub::directory_pms silent;
        silent.source.pms = pms_id("silent");
        sync.set_systems({one, silent});
    }

    void ask(const std::string& id, bool dry_run) {
        group.spawn("ask", [](following& self, pms_id who, bool dry) -> dispatch::task<void> {
            auto outcome = co_await self.sync.sync(std::move(who), dry, "cli:test");
            self.outcomes.push_back(std::move(outcome));
        }(*this, pms_id(id), dry_run));
        time.run_until_idle();
    }
    std::string why(std::size_t index) const { return outcomes.at(index) ? "done" : outcomes[index].error().why; }

    std::uint64_t pulls(std::string_view outcome) { return counted.directory_pulls("alpha", outcome).value(); }
};

bool names(const storage::directory_changed& changed, directory_difference::kind what, std::string_view room) {
    return std::ranges::any_of(changed.differences,
                               [&](const auto& one) { return one.what == what && one.room == room; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(directory_sync_test)

BOOST_FIXTURE_TEST_CASE(a_dry_run_shows_the_difference_and_changes_nothing, following) {
    configure();
    pms.rooms = R"({"roomId":"r1","roomNo":"101"},{"roomId":"r3","roomNo":"3"})";
    ask("alpha", true);
    ask("alpha", true);
    BOOST_REQUIRE(outcomes.size() == 2U);
    for (const auto& outcome : outcomes) {
        BOOST_REQUIRE(outcome.has_value());
        BOOST_TEST(outcome->rooms == 2U);
        BOOST_TEST(outcome->changed.rooms_added == 1U);
        BOOST_TEST(outcome->changed.rooms_changed == 1U);
        BOOST_TEST(outcome->changed.rooms_missing == 1U);
        BOOST_TEST(names(outcome->changed, directory_difference::kind::room_added, "r3"));
        BOOST_TEST(names(outcome->changed, directory_difference::kind::room_changed, "r1"));
        BOOST_TEST(names(outcome->changed, directory_difference::kind::room_missing, "r2"));
    }
    BOOST_TEST(pulls("compared") == 2U);
}

BOOST_FIXTURE_TEST_CASE(what_was_applied_is_no_difference_any_more_and_rooms_keep_their_locks, following) {
    configure();
    pms.rooms = R"({"roomId":"r1","roomNo":"101"},{"roomId":"r2","roomNo":"2"})";
    ask("alpha", false);
    ask("alpha", true);
    BOOST_REQUIRE(outcomes.at(0).has_value());
    BOOST_TEST(outcomes[0]->changed.rooms_changed == 1U);
    BOOST_TEST(outcomes[0]->changed.locks_unbound == 0U);
    BOOST_TEST(outcomes.at(1).value().changed.differences.empty());
    BOOST_TEST(outcomes[1]->changed.rooms_unchanged == 2U);
    BOOST_TEST(pulls("applied") == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_pms_that_cannot_be_asked_is_refused_with_the_reason, following) {
    configure();
    ask("nobody", true);
    ask("silent", true);
    configure({}, false);
    ask("alpha", true);
    BOOST_TEST(why(0) == "unknown_pms");
    BOOST_TEST(why(1) == "no_urls");
    BOOST_TEST(why(2) == "disabled");
    BOOST_TEST(network.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(a_failure_changes_nothing_is_counted_and_stands_in_the_report, following) {
    configure();
    network.set_script([&](const wire::http_request& request) {
        return request.url.ends_with("rooms") ? respond(200, "{\"code\":0\n\"data\":[]}") : pms(request);
    });
    ask("alpha", false);
    BOOST_TEST(why(0) == "refused_by_pms");
    BOOST_TEST(outcomes[0].error().message.contains("line 2, column 1"));
    BOOST_TEST(pulls("refused_by_pms") == 1U);
    const auto reports = sync.reports();
    BOOST_REQUIRE(reports.size() == 1U);
    BOOST_TEST(reports[0].pms == "alpha");
    BOOST_TEST(!reports[0].succeeded);
    BOOST_TEST(reports[0].outcome == "refused_by_pms");
    BOOST_TEST((reports[0].ended_at == time.now()));
    BOOST_TEST(reports[0].actor == "cli:test");
}

BOOST_FIXTURE_TEST_CASE(the_schedule_applies_again_and_again, following) {
    configure(1h);
    sync.start();
    pms.hotel_name = "New name";
    BOOST_TEST(time.run_until([&] { return pulls("applied") == 1; }, 5min));
    BOOST_TEST(time.run_until([&] { return pulls("applied") == 3; }, 140min));
    const auto report = sync.reports().at(0);
    BOOST_TEST(report.actor == "schedule");
    BOOST_TEST((report.next_at > time.now()));
    ask("alpha", true);
    BOOST_TEST(outcomes.at(0).value().changed.differences.empty());
}

BOOST_FIXTURE_TEST_CASE(a_scheduled_pull_that_failed_is_tried_again_sooner, following) {
    configure(24h);
    network.set_script([](const wire::http_request&) { return refuse_connection(); });
    sync.start();
    BOOST_TEST(time.run_until([&] { return pulls("connection_refused") == 1; }, 5min));
    network.set_script([&](const wire::http_request& request) { return pms(request); });
    BOOST_TEST(time.run_until([&] { return pulls("applied") == 1; }, 17min));
}

BOOST_FIXTURE_TEST_CASE(a_caller_is_let_go_when_the_hub_stops, following) {
    configure();
    network.set_script([](const wire::http_request&) { return never_answer(); });
    ask("alpha", true);
    BOOST_TEST(outcomes.empty());
    sync.stop();
    time.run_until_idle();
    BOOST_TEST(why(0) == "interrupted");
    ask("alpha", true);
    BOOST_TEST(why(1) == "interrupted");
}

BOOST_AUTO_TEST_SUITE_END()
