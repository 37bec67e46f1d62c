#include <sys/stat.h>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <thread>

#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_open_test)

namespace {

using namespace std::chrono_literals;

std::string refusal(const storage::sqlite_options& options) {
    try {
        storage::open_inline_store(options);
    } catch (const std::runtime_error& why) {
        return why.what();
    }
    return "opened";
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

storage::push_record numbered_push(std::int64_t order) {
    auto p = event_push(event(event_kind::battery_low, "lock-a"), order);
    p.received_at = from_unix_ms(1'795'320'000'000);
    return p;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_empty_file_gets_the_schema_and_nobody_else_may_read_it) {
    store_rig rig;
    BOOST_TEST(rig.number("PRAGMA user_version") == 3);
    BOOST_TEST(rig.number("PRAGMA application_id") == 0x6c6b6862);
    BOOST_TEST(rig.text("PRAGMA journal_mode") == "wal");
    rig.push(numbered_push(1));
    for (const auto* suffix : {"", "-wal", "-shm", ".lock"}) {
        struct stat s{};
        BOOST_REQUIRE(::stat((rig.path().string() + suffix).c_str(), &s) == 0);
        BOOST_TEST((s.st_mode & 0777) == 0600, suffix);
    }
}

BOOST_AUTO_TEST_CASE(the_folder_is_made_when_it_is_missing) {
    store_rig rig;
    auto options = rig.options();
    options.path = rig.path().parent_path() / "a" / "b" / "lockhub.db";
    BOOST_TEST(refusal(options) == "opened");
    BOOST_TEST(std::filesystem::exists(options.path));
}

BOOST_AUTO_TEST_CASE(a_second_hub_on_the_same_file_is_refused) {
    store_rig rig;
    BOOST_TEST(contains(refusal(rig.options()), "another hub (process "));
    rig.close();
    BOOST_TEST(refusal(rig.options()) == "opened");
}

BOOST_AUTO_TEST_CASE(a_newer_schema_is_refused_and_left_alone) {
    store_rig rig;
    rig.close();
    rig.texts("PRAGMA user_version = 999");
    BOOST_TEST(contains(refusal(rig.options()), "written by a newer lockhub"));
    BOOST_TEST(rig.number("PRAGMA user_version") == 999);
    const auto reader = storage::open_reader(rig.path(), rig.clock);
    BOOST_REQUIRE(!reader.has_value());
    BOOST_TEST(contains(reader.error().message, "written by a newer lockhub"));
}

BOOST_AUTO_TEST_CASE(what_is_no_lockhub_database_is_refused_with_its_name) {
    store_rig rig;
    rig.close();
    auto options = rig.options();
    options.path = rig.path().parent_path() / "other.db";
    {
        std::ofstream(options.path) << "this is no database at all, but long enough to look at: "
                                    << std::string(200, '.');
    }
    BOOST_TEST(contains(refusal(options), "other.db"));
    rig.texts("PRAGMA application_id = 7");
    BOOST_TEST(contains(refusal(rig.options()), "is no lockhub database"));
}

BOOST_AUTO_TEST_CASE(another_seal_key_is_refused) {
    store_rig rig;
    rig.close();
    auto options = rig.options();
    options.seal_key = secret(std::string(32, 'z'));
    BOOST_TEST(contains(refusal(options), "the seal key does not fit"));
    BOOST_TEST(refusal(rig.options()) == "opened");
}

BOOST_AUTO_TEST_CASE(a_reader_works_while_the_hub_runs_and_while_it_is_down) {
    store_rig rig;
    rig.import({room_row("101", "lock-a")});
    rig.allow({policy()});
    rig.push(numbered_push(1));
    BOOST_TEST(rig.reader()->list_deliveries({}, 10)->size() == 1U);
    rig.close();
    BOOST_TEST(rig.reader()->list_deliveries({}, 10)->size() == 1U);
    rig.open();
    BOOST_TEST(!rig.push(numbered_push(2)).repeat);
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_not_made_by_a_reader) {
    store_rig rig;
    const auto missing = rig.path().parent_path() / "missing.db";
    const auto reader = storage::open_reader(missing, rig.clock);
    BOOST_REQUIRE(!reader.has_value());
    BOOST_TEST((reader.error().code == errc::not_found));
    BOOST_TEST(!std::filesystem::exists(missing));
}

BOOST_AUTO_TEST_CASE(a_backup_is_a_whole_database_and_replaces_nothing) {
    store_rig rig;
    rig.import({room_row("101", "lock-a")});
    rig.allow({policy()});
    for (int i = 1; i <= 50; ++i) rig.push(numbered_push(i));
    const auto copy = rig.path().parent_path() / "copy.db";
    const auto bytes = rig.reader()->backup(copy.string());
    BOOST_REQUIRE(bytes.has_value());
    BOOST_TEST(*bytes == std::filesystem::file_size(copy));
    const auto copied = storage::open_reader(copy, rig.clock);
    BOOST_REQUIRE(copied.has_value());
    BOOST_TEST((*copied)->count_conservation()->accepted == 50U);
    const auto again = rig.reader()->backup(copy.string());
    BOOST_REQUIRE(!again.has_value());
    BOOST_TEST(contains(again.error().message, "exists already"));
    auto nowhere = rig.reader()->backup((rig.path().parent_path() / "no" / "copy.db").string());
    BOOST_TEST(!nowhere.has_value());
    for (const auto& entry : std::filesystem::directory_iterator(rig.path().parent_path()))
        BOOST_TEST(!contains(entry.path().string(), ".partial"), entry.path());
}

BOOST_AUTO_TEST_CASE(after_closing_calls_are_answered_with_unavailable) {
    store_rig rig;
    std::vector<errc> codes;
    const auto note = [&](result<storage::push_outcome> r) { codes.push_back(r ? errc::internal : r.error().code); };
    rig.store().record_push(numbered_push(1), note);
    rig.store().close();
    rig.store().record_push(numbered_push(2), note);
    BOOST_REQUIRE(codes.size() == 2U);
    for (const auto code : codes) BOOST_TEST((code == errc::unavailable));
    rig.close();
    rig.open();
    BOOST_TEST(rig.number("SELECT COUNT(*) FROM inbox") == 0);
}

BOOST_AUTO_TEST_CASE(the_threaded_store_commits_what_many_threads_submit_and_stops_with_nothing_lost) {
    store_rig rig;
    rig.close();
    constexpr int threads = 4;
    constexpr int each = 250;
    std::atomic<int> stored = 0;
    {
        auto store = storage::open_threaded_store(rig.options());
        std::vector<std::thread> submitters;
        for (int t = 0; t < threads; ++t)
            submitters.emplace_back([&, t] {
                for (int i = 0; i < each; ++i)
                    store->record_push(numbered_push(1 + t * each + i),
                                       [&](result<storage::push_outcome> r) { stored += r ? 1 : 0; });
            });
        for (auto& thread : submitters) thread.join();
        store->stop();
        BOOST_TEST(stored == threads * each);
        BOOST_TEST(store->statistics().units == threads * each);
        store->stop();
        bool late = true;
        store->record_push(numbered_push(99'999), [&](result<storage::push_outcome> r) { late = r.has_value(); });
        BOOST_TEST(!late);
    }
    rig.open();
    BOOST_TEST(rig.number("SELECT COUNT(*) FROM inbox") == threads * each);
}

BOOST_AUTO_TEST_CASE(a_round_trip_comes_back_after_everything_before_it) {
    store_rig rig;
    rig.close();
    auto store = storage::open_threaded_store(rig.options());
    std::atomic<int> stored = 0;
    for (int i = 1; i <= 100; ++i)
        store->record_push(numbered_push(i), [&](result<storage::push_outcome> r) { stored += r ? 1 : 0; });
    std::promise<int> seen;
    store->round_trip([&](result<storage::nothing>) { seen.set_value(stored); });
    auto future = seen.get_future();
    BOOST_REQUIRE((future.wait_for(30s) == std::future_status::ready));
    BOOST_TEST(future.get() == 100);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
