#include "dispatch/reconciler.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

#include "schemas/core/limits.hpp"
#include "tests/support/reconciled_hotel.hpp"
#include "tests/support/stored_world.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

// A reconciler on virtual time before a real store, and a lock cloud that answers each question after a second.
struct reconciling : stored_world {
    reconciling() {
        add_pms("alpha", 8);
        stored<storage::nothing>(
            [&](auto done) { store().set_accounts({{account_id("plain"), telling_traits()}}, std::move(done)); });
        inventories_ready = [this](const auto& hints) {
            if (hub) hub->note_due(hints);
        };
    }
    ~reconciling() { inventories_ready = nullptr; }

    void start(dispatch::reconciler_options options = {}) {
        options.on_failure = [](const std::string& name, const std::string& what) { BOOST_ERROR(name + ": " + what); };
        options.observer = [this](const dispatch::inventory_told& one) {
            told.emplace_back(one.outcome ? (one.outcome->repair ? "repaired" : "compared") : "failed");
        };
        hub.emplace(
            io.get_executor(), store(), time, time, random,
            [this](account_id account, vendor_command command, time_point until) {
                return answer(std::move(account), std::move(command), until);
            },
            std::move(options));
        hub->set_accounts({account_id("plain")});
        hub->start();
        time.run_until_idle();
    }
    void end() {
        hub->stop();
        time.run_for(5s);
        bool joined = false;
        group.spawn("join", [](dispatch::reconciler& r, bool& done) -> dispatch::task<void> {
            co_await r.join();
            done = true;
        }(*hub, joined));
        BOOST_REQUIRE(time.run_until([&] { return joined; }, 1min));
        hub.reset();
    }

    dispatch::task<result<command_facts>> answer(account_id, vendor_command command, time_point) {
        BOOST_TEST((command.verb == command_verb::read_pins));
        asked.push_back(command.lock_uuid);
        at_once = std::max(at_once, ++asking);
        const auto pause = time.make_waiter();
        co_await pause->wait_until(time.now() + 1s);
        --asking;
        if (silent) co_return fail(errc::unavailable, "no contact");
        command_facts facts;
        facts.credentials = on_locks[command.lock_uuid];
        co_return facts;
    }

    // A guest's PIN, as set and confirmed; it stands on the lock unless a test takes it away.
    void give_pin(int room) {
        const auto action = open_action("alpha", room);
        carry_out();
        on_locks["alpha-r" + std::to_string(room)].push_back(found("1001", action));
    }
    storage::leased_command lease_one() {
        auto leased = stored<std::vector<storage::leased_command>>([&](auto completed) {
            store().lease_commands({"hub", 60s, {{account_id("plain"), 16}}}, std::move(completed));
        });
        BOOST_REQUIRE_EQUAL(leased.size(), 1U);
        return std::move(leased.front());
    }
    void settle(storage::command_settlement settlement) {
        stored<storage::command_settled>(
            [&](auto completed) { store().settle_command(std::move(settlement), std::move(completed)); });
    }
    storage::leased_command carry_out() {
        auto leased = lease_one();
        settle(done(leased, "1001"));
        return leased;
    }

    std::optional<result<dispatch::reconciled>> check(std::string room, duration wait = 1min) {
        std::optional<result<dispatch::reconciled>> out;
        group.spawn("check",
                    [](dispatch::reconciler& r, std::string where,
                       std::optional<result<dispatch::reconciled>>& to) -> dispatch::task<void> {
                        to = co_await r.check(pms_id("alpha"), hotel_no("h1"), room_id(std::move(where)));
                    }(*hub, std::move(room), out));
        time.run_until([&] { return out.has_value(); }, wait);
        return out;
    }

    std::map<std::string, std::vector<reported_credential>> on_locks;
    texts asked;
    texts told;
    int asking = 0;
    int at_once = 0;
    bool silent = false;
    dispatch::task_group group{
        io.get_executor(), [](const std::string& name, const std::string& what) { BOOST_ERROR(name + ": " + what); }};
    std::optional<dispatch::reconciler> hub;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reconciler_test, reconciling)

BOOST_AUTO_TEST_CASE(a_lock_is_compared_soon_after_its_first_pin_and_then_every_half_hour) {
    start();
    give_pin(1);
    time.run_for(4min);
    BOOST_TEST(asked.empty());
    time.run_for(2min);
    BOOST_TEST(asked.size() == 1U);
    time.run_for(34min);
    BOOST_TEST(asked.size() == 2U);
    time.run_for(33min * 4);
    BOOST_TEST(asked.size() == 6U);
    BOOST_TEST(told == texts(6, "compared"), boost::test_tools::per_element());
    end();
}

BOOST_AUTO_TEST_CASE(only_so_many_locks_of_an_account_are_asked_at_once) {
    start();
    for (int room = 1; room <= 8; ++room) give_pin(room);
    time.run_for(7min);
    BOOST_TEST(asked.size() == 8U);
    BOOST_TEST(at_once == static_cast<int>(limits::inventories_in_flight));
    end();
}

BOOST_AUTO_TEST_CASE(a_missing_pin_is_repaired_and_the_repair_confirmed) {
    start();
    give_pin(1);
    on_locks.clear();
    time.run_for(6min);
    BOOST_TEST(told == texts{"repaired"});
    const auto repair = carry_out();
    on_locks["alpha-r1"].push_back(found("1001", repair.action.value));
    time.run_for(40s);
    BOOST_TEST(told == texts({"repaired", "compared"}));
    end();
}

BOOST_AUTO_TEST_CASE(trouble_is_looked_at_at_once) {
    give_pin(1);
    start();
    open_action("alpha", 2);
    auto lost = done(lease_one());
    lost.next = command_state::unverifiable;
    settle(lost);
    time.run_for(12s);
    BOOST_TEST(asked == texts{"alpha-r2"});
    end();
}

BOOST_AUTO_TEST_CASE(a_silent_cloud_is_asked_later_and_later) {
    silent = true;
    start();
    give_pin(1);
    time.run_for(5min + 5s);
    BOOST_TEST(asked.size() == 1U);
    time.run_for(32s);
    BOOST_TEST(asked.size() == 2U);
    time.run_for(30s);
    BOOST_TEST(asked.size() == 2U);
    time.run_for(35s);
    BOOST_TEST(asked.size() == 3U);
    BOOST_TEST(told == texts(3, "failed"), boost::test_tools::per_element());
    end();
}

BOOST_AUTO_TEST_CASE(comparing_by_hand_sums_up_what_it_brought) {
    start();
    give_pin(1);
    give_pin(2);
    on_locks["alpha-r1"].clear();
    on_locks["alpha-r2"].push_back(found("2", "Mr Li"));
    time.run_for(1s);
    const auto all = check("");
    BOOST_REQUIRE(all && *all);
    BOOST_TEST((*all)->locks == 8U);
    BOOST_TEST((*all)->compared == 8U);
    BOOST_TEST((*all)->found == 2U);
    BOOST_TEST((*all)->repairs == 1U);
    const auto one = check("r2");
    BOOST_REQUIRE(one && *one);
    BOOST_TEST((*one)->locks == 1U);
    BOOST_TEST(asked.back() == "alpha-r2");
    const auto none = check("r99");
    BOOST_REQUIRE(none);
    BOOST_TEST((none->error().code == errc::not_found));
    end();
}

BOOST_AUTO_TEST_CASE(what_cannot_be_asked_is_told_by_hand) {
    silent = true;
    start();
    give_pin(1);
    const auto one = check("r1");
    BOOST_REQUIRE(one && *one);
    BOOST_TEST((*one)->failures == texts{"alpha-r1: no contact"});
    end();
}

BOOST_AUTO_TEST_CASE(without_a_schedule_only_operators_compare_and_without_repair_nothing_is_opened) {
    dispatch::reconciler_options options;
    options.every = duration::zero();
    options.repair = false;
    start(options);
    give_pin(1);
    on_locks.clear();
    time.run_for(24h);
    BOOST_TEST(asked.empty());
    const auto one = check("r1");
    BOOST_REQUIRE(one && *one);
    BOOST_TEST((*one)->found == 1U);
    BOOST_TEST((*one)->repairs == 0U);
    time.run_for(24h);
    BOOST_TEST(asked.size() == 1U);
    end();
}

BOOST_AUTO_TEST_CASE(a_stop_ends_those_who_wait_and_nothing_is_asked_any_more) {
    start();
    give_pin(1);
    std::optional<result<dispatch::reconciled>> out;
    group.spawn("check",
                [](dispatch::reconciler& r, std::optional<result<dispatch::reconciled>>& to) -> dispatch::task<void> {
                    to = co_await r.check(pms_id("alpha"), hotel_no("h1"), room_id(""));
                }(*hub, out));
    time.run_until_idle();
    BOOST_TEST(asked.size() == limits::inventories_in_flight);
    end();
    BOOST_REQUIRE(out);
    BOOST_TEST((out->error().code == errc::unavailable));
    BOOST_TEST(asked.size() == limits::inventories_in_flight);
}

BOOST_AUTO_TEST_SUITE_END()
