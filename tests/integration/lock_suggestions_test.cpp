// Locks found for rooms, before a real store, with a lock cloud that lists what the test says.
#include "hub/directory/lock_suggestions.hpp"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

#include "hub/system/system_clock.hpp"
#include "storage/sqlite/open.hpp"
#include "tests/support/run_task.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/sql_reader.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using namespace lockhub::test;
using state = hub::lock_suggestion::state;

namespace {

struct finding {
    temporary_folder folder;
    dispatch::asio::io_context io;
    hub::system_clock time;
    seeded_entropy random;
    std::unique_ptr<storage::inline_store> store;
    std::unique_ptr<hub::reader_pool> readers;
    std::vector<reported_device> devices;
    std::vector<std::string> homes_asked;
    std::optional<error> cloud_fails;

    finding() {
        storage::sqlite_options options;
        options.path = folder / "hub.db";
        options.time = &time;
        options.random = &random;
        options.seal_key = secret(std::string(32, 'k'));
        options.completions = [](storage::completion_batch batch) {
            for (auto& done : batch) done();
        };
        store = storage::open_inline_store(std::move(options));
        readers = std::make_unique<hub::reader_pool>(
            io.get_executor(), [this] { return storage::open_reader(folder / "hub.db", time); }, 1);
    }
    ~finding() {
        readers->stop();
        store->close();
    }

    // "hotel room number lock": a room, with its lock where there is one.
    void add_rooms(const std::vector<std::array<std::string, 4>>& rooms) {
        storage::directory_change change;
        for (const auto& [hotel, room, number, lock] : rooms) {
            directory_row row;
            row.pms_id = "alpha";
            row.hotel_no = hotel;
            row.room_type_code = "t";
            row.room_id = room;
            row.room_no = number;
            row.lock_uuid = lock;
            if (!lock.empty()) {
                row.cloud_account = "plain";
                row.cloud_home_id = "home of " + hotel;
            }
            change.rows.push_back(row);
        }
        bool done = false;
        store->change_directory(std::move(change), [&](const auto& changed) {
            BOOST_REQUIRE(changed.has_value());
            done = true;
        });
        while (!done) store->run_group();
    }

    result<hub::lock_suggestions> suggest(bool apply, const std::string& home = {}, const std::string& hotel = "h1") {
        hub::suggestion_request request;
        request.pms = pms_id("alpha");
        request.hotel = hotel_no(hotel);
        request.account = account_id("plain");
        request.home = home;
        request.apply = apply;
        request.actor = "test";
        const hub::suggestion_seams seams{
            *store, *readers, [this](account_id, vendor_command question) -> dispatch::task<result<command_facts>> {
                BOOST_TEST((question.verb == command_verb::list_devices));
                homes_asked.push_back(question.cloud_home_id);
                if (cloud_fails) co_return std::unexpected(*cloud_fails);
                command_facts facts;
                facts.devices = devices;
                co_return facts;
            }};
        std::optional<result<hub::lock_suggestions>> outcome;
        dispatch::asio::co_spawn(io.get_executor(), hub::suggest_locks(seams, request),
                                 [&](const std::exception_ptr& thrown, result<hub::lock_suggestions> found) {
                                     BOOST_REQUIRE(!thrown);
                                     outcome = std::move(found);
                                 });
        run_until(io, [&] {
            store->run_group();
            return outcome.has_value();
        });
        return std::move(*outcome);
    }
};

const hub::lock_suggestion& of_room(const hub::lock_suggestions& found, std::string_view room) {
    const auto at = std::ranges::find_if(found.suggestions, [&](const auto& one) { return one.room.room == room; });
    BOOST_REQUIRE(at != found.suggestions.end());
    return *at;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lock_suggestions_test)

BOOST_FIXTURE_TEST_CASE(each_room_is_told_what_stands_for_and_against_its_lock, finding) {
    add_rooms({{"h1", "r1", "301", ""},
               {"h1", "r2", "302", "u2"},
               {"h1", "r3", "303", "another"},
               {"h1", "r4", "304", ""},
               {"h1", "r5", "305", ""},
               {"h1", "r6", "306", ""},
               {"h2", "x", "304", "u4"}});
    devices = {{"u1", "home", "c1", "301"},    {"u2", "home", "", "302"}, {"u3", "home", "", "303"},
               {"u4", "home", "", "304"},      {"u5", "home", "", "305"}, {"u5b", "home", "", "305"},
               {"u9", "home", "", "the lobby"}};
    const auto shown = suggest(false);
    BOOST_REQUIRE(shown.has_value());
    BOOST_TEST(shown->rooms == 6U);
    BOOST_TEST(shown->devices == 7U);
    BOOST_TEST((of_room(*shown, "r1").what == state::possible));
    BOOST_TEST((of_room(*shown, "r2").what == state::as_before));
    BOOST_TEST((of_room(*shown, "r3").what == state::room_taken));
    BOOST_TEST(of_room(*shown, "r3").note == "plain/another");
    BOOST_TEST((of_room(*shown, "r4").what == state::lock_taken));
    BOOST_TEST(of_room(*shown, "r4").note == "room x of hotel h2 (alpha)");
    BOOST_REQUIRE(shown->unclear.size() == 1U);
    BOOST_TEST(shown->unclear[0].rooms.at(0).room == "r5");
    BOOST_TEST(shown->unclear[0].devices.size() == 2U);
    BOOST_REQUIRE(shown->rooms_left.size() == 1U);
    BOOST_TEST(shown->rooms_left[0].room == "r6");
    BOOST_REQUIRE(shown->devices_left.size() == 1U);
    BOOST_TEST(shown->devices_left[0].name == "the lobby");

    const auto applied = suggest(true);
    BOOST_REQUIRE(applied.has_value());
    BOOST_TEST((of_room(*applied, "r1").what == state::bound));
    BOOST_TEST((of_room(*applied, "r4").what == state::lock_taken));
    BOOST_TEST((of_room(suggest(false).value(), "r1").what == state::as_before));
}

BOOST_FIXTURE_TEST_CASE(the_cloud_is_asked_about_the_home_given_or_those_of_known_locks, finding) {
    add_rooms({{"h1", "r1", "301", "u1"}, {"h1", "r2", "302", ""}, {"h2", "r1", "301", ""}});
    BOOST_TEST(suggest(false, "mine").has_value());
    BOOST_TEST(suggest(false).has_value());
    BOOST_TEST(suggest(false, "", "h2").has_value());
    const std::vector<std::string> expected{"mine", "home of h1", ""};
    BOOST_TEST(homes_asked == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_hotel_nobody_knows_and_a_cloud_that_fails_are_told, finding) {
    BOOST_TEST((suggest(false).error().code == errc::not_found));
    BOOST_TEST(homes_asked.empty());
    add_rooms({{"h1", "r1", "301", ""}});
    cloud_fails = error{errc::timeout, "no answer"};
    BOOST_TEST(suggest(true).error().message == "no answer");
}

BOOST_FIXTURE_TEST_CASE(the_lock_gateways_of_the_listing_are_kept_of_locks_bound_before_and_now, finding) {
    add_rooms({{"h1", "r1", "301", ""}, {"h1", "r2", "302", "u2"}});
    devices = {{"u1", "home of h1", "c1", "301", "g1"}, {"u2", "home of h1", "c2", "302", "g2"}};
    BOOST_REQUIRE(suggest(true, "home of h1").has_value());
    BOOST_TEST(sql_value(folder / "hub.db", "SELECT gateway_uuid FROM locks WHERE lock_uuid = 'u1'") == "g1");
    BOOST_TEST(sql_value(folder / "hub.db", "SELECT gateway_uuid FROM locks WHERE lock_uuid = 'u2'") == "g2");
}

BOOST_AUTO_TEST_SUITE_END()
