// Locks behind lock gateways: what is learned of them, and which commands are leased.
#include <boost/test/unit_test.hpp>
#include <set>

#include "storage/sqlite/statement.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

namespace {

using namespace std::chrono_literals;
using storage::leased_command;

const std::string gateway_a = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const std::string gateway_b = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

// Rooms 1 to 6: the locks of 1 to 3 are behind gateway a, 4 and 5 behind b, 6 behind none that anybody told of.
struct house : store_rig {
    house() {
        std::vector<directory_row> rows;
        for (int room = 1; room <= 6; ++room) rows.push_back(room_row(std::to_string(room), lock(room)));
        import(std::move(rows));
        for (int room = 1; room <= 5; ++room) heard_through(room, room <= 3 ? gateway_a : gateway_b);
    }

    static std::string lock(int room) { return "lock-" + std::to_string(room); }
    void heard_through(int room, const std::string& gateway) {
        auto record = event_push(event(event_kind::battery_level, lock(room), clock.now()), ++pushes);
        record.push.device_uuid = lock(room);
        record.push.gateway_uuid = gateway;
        push(std::move(record));
    }
    std::string gateway_of(int room) const {
        return text("SELECT gateway_uuid FROM locks WHERE lock_uuid = '" + lock(room) + "'");
    }
    void check_in(int room) { open_action(action(std::to_string(room), static_cast<std::uint8_t>(room))); }
    // Rooms of what can be leased now.
    std::set<std::string> lease_rooms(std::size_t limit = 16) {
        command_hints.clear();
        leased = lease_commands("dd", limit);
        std::set<std::string> out;
        for (const auto& one : leased) out.insert(one.command.lock_uuid.substr(5));
        return out;
    }
    // The time of a hint, if one came.
    std::optional<time_point> hinted() const {
        if (command_hints.empty()) return std::nullopt;
        return command_hints.back().due_at;
    }

    std::vector<leased_command> leased;
    std::int64_t pushes = 0;
};

using rooms = std::set<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(storage_gateway_test, house)

BOOST_AUTO_TEST_CASE(a_gateway_is_learned_from_pushes_and_listings_and_written_only_when_it_is_new) {
    BOOST_TEST(gateway_of(1) == gateway_a);
    BOOST_TEST(gateway_of(6) == "");
    heard_through(1, "");
    BOOST_TEST(gateway_of(1) == gateway_a);
    heard_through(1, gateway_b);
    BOOST_TEST(gateway_of(1) == gateway_b);
    storage::lock_gateways listed{account_id("dd"), {}};
    for (const auto& [uuid, gateway] :
         {std::pair(lock(6), gateway_a), {lock(1), std::string()}, {std::string("nobody"), gateway_a}}) {
        reported_device device;
        device.lock_uuid = uuid;
        device.gateway_uuid = gateway;
        listed.devices.push_back(std::move(device));
    }
    BOOST_REQUIRE(call<storage::nothing>([&](auto done) { store().note_gateways(listed, std::move(done)); }));
    BOOST_TEST(gateway_of(6) == gateway_a);
    BOOST_TEST(gateway_of(1) == gateway_b);
    BOOST_TEST(number("SELECT COUNT(*) FROM locks WHERE lock_uuid = 'nobody'") == 0);
    reopen();
    heard_through(1, gateway_a);
    BOOST_TEST(gateway_of(1) == gateway_a);
}

BOOST_AUTO_TEST_CASE(a_gateway_that_tells_of_its_locks_is_theirs) {
    auto offline = event(event_kind::gateway_offline, gateway_b, clock.now());
    offline.subdevices = {lock(6)};
    push(event_push(std::move(offline), ++pushes));
    BOOST_TEST(gateway_of(6) == gateway_b);
}

BOOST_AUTO_TEST_CASE(a_busy_gateway_delays_only_its_own_locks) {
    for (int room = 1; room <= 6; ++room) check_in(room);
    BOOST_TEST((lease_rooms() == rooms{"1", "4", "6"}));
    const auto first = leased;
    // Nothing but the ends of calls can change that: no hint but the ends of the leases.
    BOOST_TEST((hinted() == clock.now() + 60s));
    BOOST_TEST((lease_rooms() == rooms{}));
    command_hints.clear();
    BOOST_REQUIRE(settle(done(first[0])));  // room 1
    BOOST_TEST((hinted() <= clock.now()));
    BOOST_TEST((lease_rooms() == rooms{"2"}));
    BOOST_REQUIRE(settle(taken(first[1], "700", clock.now() + 60s)));  // room 4: taken, and the call has ended
    BOOST_TEST((lease_rooms() == rooms{"5"}));
}

BOOST_AUTO_TEST_CASE(the_others_are_reached_past_many_that_wait) {
    for (int room = 1; room <= 6; ++room) {
        check_in(room);
        clock.advance(1s);
    }
    BOOST_TEST((lease_rooms(2) == rooms{"1", "4"}));
    BOOST_TEST((hinted() <= clock.now()));  // room 6 may go
    BOOST_TEST((lease_rooms(2) == rooms{"6"}));
}

BOOST_AUTO_TEST_CASE(how_many_calls_a_gateway_takes_is_the_accounts_word) {
    cloud_traits traits;
    traits.verbs = {command_verb::set_pin};
    serve({{account_id("dd"), traits, 2}});
    for (int room = 1; room <= 6; ++room) check_in(room);
    BOOST_TEST((lease_rooms() == rooms{"1", "2", "4", "5", "6"}));
}

BOOST_AUTO_TEST_CASE(a_result_that_ends_a_poll_lets_the_gateways_next_one_go) {
    check_in(1);
    lease_rooms();
    BOOST_REQUIRE(settle(taken(leased[0], "700", clock.now())));
    BOOST_TEST((lease_rooms() == rooms{"1"}));  // polls
    check_in(2);
    BOOST_TEST((lease_rooms() == rooms{}));
    command_hints.clear();
    command_result result;
    result.service = "Password_Add_Service";
    result.ref = "700";
    result.ok = true;
    push(result_push(std::move(result), 700));
    BOOST_TEST((hinted() <= clock.now()));
    BOOST_TEST((lease_rooms() == rooms{"2"}));
}

BOOST_AUTO_TEST_CASE(a_lease_that_ran_out_no_longer_holds_the_gateway) {
    check_in(1);
    check_in(2);
    BOOST_TEST((lease_rooms() == rooms{"1"}));
    clock.advance(61s);
    BOOST_TEST((lease_rooms() == rooms{"2"}));
    BOOST_REQUIRE(settle(done(leased[0])));
    BOOST_TEST((lease_rooms() == rooms{"1"}));  // it is asked about
    BOOST_CHECK(leased[0].state == command_state::probing);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
