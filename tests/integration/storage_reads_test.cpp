#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "schemas/core/limits.hpp"
#include "storage/sqlite/lockapi_statements.hpp"
#include "tests/support/sql_reader.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(storage_reads_test)

namespace {

using std::chrono::minutes;

const pms_id demopms("demopms");
const hotel_no h1("H1");

std::vector<room_id> ids(const std::vector<std::string>& rooms) {
    return {rooms.begin(), rooms.end()};
}

directory_row typed(std::string room, std::string type, std::string lock = "") {
    auto row = room_row(std::move(room), std::move(lock));
    row.room_type_code = std::move(type);
    return row;
}

lock_event opening(const std::string& lock, time_point at, std::string source_id = "1015", int source = 2) {
    auto out = event(event_kind::opened, lock, at);
    out.source = source;
    out.source_id = std::move(source_id);
    out.source_name = "guest";
    return out;
}

struct hotel : store_rig {
    hotel() {
        import({typed("102", "TWIN", "lock-b"), typed("101", "TWIN", "lock-a"), typed("201", "SUITE"),
                room_row("101", "lock-z", "otherpms", "H9")});
        // A card lock of its own, as the gateway has it.
        texts(
            "INSERT INTO locks (account, lock_uuid, cloud_home_id, cloud_room_id, origin) "
            "VALUES ('gw', 'rm-101', '', '', 'directory')");
        texts(
            "INSERT INTO room_locks (room_row, service, lock_row) "
            "SELECT r.room_row, 'card', l.lock_row FROM rooms AS r, locks AS l "
            "WHERE r.room_no = 'No101' AND r.hotel_row = 1 AND l.lock_uuid = 'rm-101'");
    }

    void open_door(const std::string& lock, time_point at, std::string source_id = "1015", int source = 2) {
        push(event_push(opening(lock, at, std::move(source_id), source), ++pushes_));
    }
    storage::log_question question(std::vector<std::string> rooms, std::size_t count = 100) const {
        return {.pms = demopms,
                .hotel = h1,
                .rooms = ids(rooms),
                .from = clock.now() - std::chrono::hours(24),
                .until = clock.now(),
                .offset = 0,
                .count = count};
    }

  private:
    std::int64_t pushes_ = 0;
};

std::string listed(const std::vector<storage::lockapi_room>& rooms) {
    std::string out;
    for (const auto& r : rooms) out += fmt::format("{}/{}{} ", r.room_type_code, r.room_id, r.has_lock ? "+" : "-");
    return out;
}

std::string sources(const storage::log_rows& log) {
    std::string out;
    for (const auto& row : log.rows) out += fmt::format("{}:{} ", row.room_id, row.source_id);
    return out;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(rooms_come_by_room_type_and_room_and_say_whether_they_have_a_lock, hotel) {
    const auto all = reader()->lockapi_rooms(demopms, h1, {}, {});
    BOOST_REQUIRE(all.has_value());
    BOOST_TEST(listed(*all) == "SUITE/201- TWIN/101+ TWIN/102+ ");
}

BOOST_FIXTURE_TEST_CASE(rooms_are_filtered_by_room_type_by_room_and_by_both, hotel) {
    const auto r = reader();
    const auto ask = [&](const std::vector<std::string>& types, const std::vector<std::string>& rooms) {
        return listed(r->lockapi_rooms(demopms, h1, types, ids(rooms)).value());
    };
    BOOST_TEST(ask({"TWIN", "SUITE", "TWIN"}, {}) == "SUITE/201- TWIN/101+ TWIN/102+ ");
    BOOST_TEST(ask({"SUITE"}, {}) == "SUITE/201- ");
    BOOST_TEST(ask({"NONE"}, {}) == "");
    BOOST_TEST(ask({}, {"201", "102", "201", "999"}) == "SUITE/201- TWIN/102+ ");
    BOOST_TEST(ask({"TWIN"}, {"201", "101"}) == "TWIN/101+ ");
}

BOOST_FIXTURE_TEST_CASE(a_room_with_only_a_card_lock_has_a_lock, hotel) {
    texts("DELETE FROM room_locks WHERE service = 'password'");
    BOOST_TEST(listed(reader()->lockapi_rooms(demopms, h1, {"TWIN"}, {}).value()) == "TWIN/101+ TWIN/102- ");
}

BOOST_FIXTURE_TEST_CASE(a_hotel_the_directory_does_not_know_is_not_found, hotel) {
    const auto r = reader();
    BOOST_TEST((r->lockapi_rooms(demopms, hotel_no("H2"), {}, {}).error().code == errc::not_found));
    BOOST_TEST((r->locks_of_rooms(pms_id("otherpms"), h1, {}).error().code == errc::not_found));
    auto q = question({"101"});
    q.hotel = hotel_no("H9");
    BOOST_TEST((r->lock_log(q).error().code == errc::not_found));
}

BOOST_FIXTURE_TEST_CASE(each_room_asked_for_shows_its_locks_in_the_order_asked, hotel) {
    const auto found = reader()->locks_of_rooms(demopms, h1, ids({"201", "nowhere", "101", "102", "101"})).value();
    BOOST_REQUIRE(found.size() == 5U);
    BOOST_TEST(found[0].room_id == "201");
    BOOST_TEST(found[0].known);
    BOOST_TEST(found[0].room_no == "No201");
    BOOST_TEST(!found[0].password.has_value());
    BOOST_TEST(!found[0].card.has_value());
    BOOST_TEST(found[1].room_id == "nowhere");
    BOOST_TEST(!found[1].known);
    BOOST_REQUIRE(found[2].password.has_value());
    BOOST_TEST(found[2].password->account.value == "dd");
    BOOST_TEST(found[2].password->lock_uuid == "lock-a");
    BOOST_TEST(found[2].password->cloud_home_id == "home-H1");
    BOOST_TEST(found[2].password->cloud_room_id == "cloud-101");
    BOOST_REQUIRE(found[2].card.has_value());
    BOOST_TEST(found[2].card->account.value == "gw");
    BOOST_TEST(found[2].card->lock_uuid == "rm-101");
    BOOST_TEST(found[3].password->lock_uuid == "lock-b");
    BOOST_TEST(!found[3].card.has_value());
    BOOST_TEST(found[4].password->lock_uuid == "lock-a");
}

BOOST_FIXTURE_TEST_CASE(what_is_known_of_a_lock_comes_with_the_time_of_its_youngest_part, hotel) {
    const auto t = clock.now();
    auto level = event(event_kind::battery_level, "lock-a", t - minutes(5));
    level.battery_percent = limits::low_battery_percent;
    push(event_push(level, 1));
    push(event_push(event(event_kind::lock_offline, "lock-a", t - minutes(3)), 2));
    const auto found = reader()->locks_of_rooms(demopms, h1, ids({"101", "102"})).value();
    BOOST_TEST(found[0].password->online.value() == false);
    BOOST_TEST(found[0].password->battery_percent.value() == 10);
    BOOST_TEST(found[0].password->battery_low);
    BOOST_TEST(!found[0].password->signal_percent.has_value());
    BOOST_TEST((found[0].password->condition_at == t - minutes(3)));
    BOOST_TEST(!found[1].password->online.has_value());
    BOOST_TEST((found[1].password->condition_at == time_point{}));
}

BOOST_FIXTURE_TEST_CASE(the_log_merges_rooms_and_pages_them_newest_first_with_the_exact_total, hotel) {
    const auto t = clock.now();
    for (int i = 0; i < 10; ++i) open_door(i % 2 == 0 ? "lock-a" : "lock-b", t - minutes(i), std::to_string(i));
    open_door("lock-z", t - minutes(1), "elsewhere");
    auto q = question({"102", "101", "101", "nowhere"}, 3);
    q.offset = 4;
    const auto middle = reader()->lock_log(q).value();
    BOOST_TEST(middle.total == 10U);
    BOOST_TEST(sources(middle) == "101:4 102:5 101:6 ");
    BOOST_TEST((middle.rows[0].occurred_at == t - minutes(4)));
    BOOST_TEST(middle.rows[0].source_name == "guest");
    BOOST_TEST(middle.rows[0].succeeded);
    q.offset = 9;
    BOOST_TEST(sources(reader()->lock_log(q).value()) == "102:9 ");
    q.offset = 10;
    const auto past = reader()->lock_log(q).value();
    BOOST_TEST(past.total == 10U);
    BOOST_TEST(past.rows.empty());
}

BOOST_FIXTURE_TEST_CASE(both_ends_of_the_time_range_belong_to_it, hotel) {
    const auto t = clock.now();
    for (int i = 0; i < 5; ++i) open_door("lock-a", t - minutes(i), std::to_string(i));
    auto q = question({"101"});
    q.from = t - minutes(3);
    q.until = t - minutes(1);
    const auto log = reader()->lock_log(q).value();
    BOOST_TEST(log.total == 3U);
    BOOST_TEST(sources(log) == "101:1 101:2 101:3 ");
}

BOOST_FIXTURE_TEST_CASE(openings_of_the_card_lock_stand_in_the_rooms_log_too_and_a_lock_with_both_services_counts_once,
                        hotel) {
    const auto t = clock.now();
    texts(
        fmt::format("INSERT INTO lock_log (occurred_at_ms, lock_row, source, source_id, source_name, push_id) "
                    "SELECT {}, lock_row, 5, 'card', '', 0 FROM locks WHERE lock_uuid = 'rm-101'",
                    to_unix_ms(t)));
    open_door("lock-b", t - minutes(1), "pin");
    texts(
        "INSERT INTO room_locks (room_row, service, lock_row) "
        "SELECT room_row, 'card', lock_row FROM room_locks WHERE lock_row = "
        "(SELECT lock_row FROM locks WHERE lock_uuid = 'lock-b')");
    const auto log = reader()->lock_log(question({"101", "102"})).value();
    BOOST_TEST(log.total == 2U);
    BOOST_TEST(sources(log) == "101:card 102:pin ");
}

namespace {

// Room 101 has a PIN under reference 1015, set by an action that began now.
void set_pin(store_rig& rig, const std::string& credential_ref = "1015") {
    const auto opened = rig.open_action(action("101"));
    const auto sent = rig.lease_commands("dd");
    BOOST_REQUIRE(sent.size() == 1U);
    storage::command_settlement done;
    done.id = sent[0].id;
    done.lease_token = sent[0].lease_token;
    done.next = command_state::done;
    done.credential_ref = credential_ref;
    BOOST_REQUIRE(rig.settle(done).value().finished);
    BOOST_REQUIRE(rig.text("SELECT action_id FROM credentials") == opened.action.value);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_pin_shows_only_with_the_seal_key_and_only_for_openings_by_it, hotel) {
    set_pin(*this);
    const auto t = clock.now();
    open_door("lock-a", t + minutes(4), "1015");
    open_door("lock-a", t + minutes(3), "1016");
    open_door("lock-a", t + minutes(2), "1015", 5);
    clock.advance(minutes(10));
    for (const auto& row : reader()->lock_log(question({"101"})).value().rows) BOOST_TEST(row.pin.empty());
    const auto shown = reader(store_key())->lock_log(question({"101"})).value();
    BOOST_REQUIRE(shown.rows.size() == 3U);
    BOOST_TEST(shown.rows[0].pin.reveal() == "482915");
    BOOST_TEST(shown.rows[1].pin.empty());
    BOOST_TEST(shown.rows[2].pin.empty());
}

BOOST_FIXTURE_TEST_CASE(an_opening_before_its_references_pin_was_asked_for_was_by_another_one, hotel) {
    open_door("lock-a", clock.now() - minutes(1), "1015");
    set_pin(*this);
    const auto shown = reader(store_key())->lock_log(question({"101"})).value();
    BOOST_REQUIRE(shown.rows.size() == 1U);
    BOOST_TEST(shown.rows[0].pin.empty());
}

BOOST_FIXTURE_TEST_CASE(a_key_that_does_not_fit_is_an_error_and_not_a_log_without_pins, hotel) {
    set_pin(*this);
    open_door("lock-a", clock.now(), "1015");
    const auto wrong = reader(secret(std::string(32, 'w')))->lock_log(question({"101"}));
    BOOST_REQUIRE(!wrong.has_value());
    BOOST_TEST(wrong.error().message.find("482915") == std::string::npos);
    BOOST_TEST(wrong.error().message.find("seal key") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(as_many_rooms_as_the_lockapi_takes_are_answered_in_one_call, store_rig) {
    std::vector<directory_row> rows;
    std::vector<std::string> rooms;
    for (std::size_t i = 0; i < limits::lockapi_list_items; ++i) {
        rooms.push_back(fmt::format("r{:04}", i));
        rows.push_back(room_row(rooms.back(), "lock-" + rooms.back()));
    }
    import(rows);
    const auto t = clock.now();
    texts(
        fmt::format("INSERT INTO lock_log (occurred_at_ms, lock_row, source, source_id, source_name, push_id) "
                    "SELECT {} - lock_row, lock_row, 2, 'x', '', 0 FROM locks",
                    to_unix_ms(t)));
    const auto r = reader();
    BOOST_TEST(r->lockapi_rooms(demopms, h1, {}, ids(rooms))->size() == rooms.size());
    BOOST_TEST(r->locks_of_rooms(demopms, h1, ids(rooms))->back().password->lock_uuid == "lock-r0999");
    const auto log = r->lock_log({.pms = demopms,
                                  .hotel = h1,
                                  .rooms = ids(rooms),
                                  .from = t - minutes(1),
                                  .until = t,
                                  .offset = 990,
                                  .count = 1000});
    BOOST_TEST(log->total == rooms.size());
    BOOST_REQUIRE(log->rows.size() == 10U);
    BOOST_TEST(log->rows.back().room_id == "r0999");
}

BOOST_FIXTURE_TEST_CASE(no_lockapi_read_walks_through_a_table, store_rig) {
    // What may be walked through: the rooms asked for, their locks, the rows of the page.
    const std::vector<std::string> small{"SCAN wanted VIRTUAL TABLE INDEX 1:", "SCAN a", "SCAN p"};
    for (const auto sql_text : {storage::sqlite::lockapi_sql::hotel, storage::sqlite::lockapi_sql::rooms_of_hotel,
                                storage::sqlite::lockapi_sql::rooms_of_type, storage::sqlite::lockapi_sql::one_room,
                                storage::sqlite::lockapi_sql::locks_of_room, storage::sqlite::lockapi_sql::room_row,
                                storage::sqlite::lockapi_sql::log_total, storage::sqlite::lockapi_sql::log_page}) {
        const auto plan = sql(path(), fmt::format("EXPLAIN QUERY PLAN {}", sql_text));
        BOOST_TEST(!plan.empty());
        std::size_t searches = 0;
        for (const auto& step : plan) {
            const auto& detail = step.at(3);
            searches += detail.starts_with("SEARCH ") ? 1U : 0U;
            if (detail.starts_with("SCAN "))
                BOOST_TEST((std::ranges::find(small, detail) != small.end()), detail << " in " << sql_text);
        }
        BOOST_TEST(searches > 0U, sql_text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
