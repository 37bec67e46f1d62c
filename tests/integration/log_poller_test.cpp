// Logs of 云柚 doors polled on virtual time: the real codec, a simulated cloud, the real store.
#include "dispatch/log_poller.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

#include "dispatch/cloud_talk.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/yeeuu/cloud.hpp"
#include "tests/simulators/yeeuu_cloud.hpp"
#include "tests/support/sql_reader.hpp"
#include "tests/support/stored_world.hpp"

using namespace lockhub;
using namespace std::chrono_literals;

namespace {

using dispatch::log_poller;
using simulators::yeeuu_opened_by;
using test::stored_world;

constexpr std::string_view origin = "http://yeeuu.sim";

yeeuu::account_settings account_at_the_cloud() {
    yeeuu::account_settings out;
    out.account = account_id("yy");
    out.base_url = origin;
    out.partner_id = simulators::yeeuu_registration{}.partner_id;
    out.key = secret(simulators::yeeuu_registration{}.secret);
    out.guest_mobile = "13000000001";
    out.manage_mobile = "13000000002";
    return out;
}

// Hotel h1 of PMS alpha: room r1 has the door "alpha-r1", room r2 "alpha-r2".
struct hotel : stored_world {
    explicit hotel(int rooms = 2) {
        for (int room = 1; room <= rooms; ++room) cloud.add_door("alpha-r" + std::to_string(room), "B01");
        add_pms("alpha", rooms, "yy");
        poller.emplace(make_poller());
    }
    ~hotel() { end(); }

    std::unique_ptr<log_poller> make_poller() {
        dispatch::log_poller_options options;
        options.ask = [this](account_id, vendor_command command, time_point until) {
            return ask(*this, std::move(command), until);
        };
        options.observer = [this](const dispatch::log_poll_report& report) {
            ++polls;
            if (report.why) ++failures;
        };
        options.on_failure = [](const std::string& name, const std::string& what) { BOOST_ERROR(name + ": " + what); };
        return std::make_unique<log_poller>(io.get_executor(), store(), time, time, std::move(options));
    }
    void start(duration every = 1min) {
        (*poller)->set_accounts({{account_id("yy"), every}});
        (*poller)->start();
        time.run_until_idle();
    }
    void end() {
        if (!poller) return;
        (*poller)->stop();
        bool joined = false;
        joins.spawn("join", join(**poller, joined));
        BOOST_REQUIRE(time.run_until([&] { return joined; }, 1min));
        poller.reset();
    }
    void restart() {
        end();
        reopen();
        poller.emplace(make_poller());
        start();
    }

    void open(int room, time_point at, std::string opener = "13000000001",
              yeeuu_opened_by by = yeeuu_opened_by::password) {
        cloud.find_door("alpha-r" + std::to_string(room))->note_opening({at, by, std::move(opener)});
    }
    std::string events(int room) const {
        return test::sql_value(database(), "SELECT COUNT(*) FROM outbox WHERE event = 'lock.opened' AND room_id = 'r" +
                                               std::to_string(room) + "'");
    }
    std::string logged() const { return test::sql_value(database(), "SELECT COUNT(*) FROM lock_log"); }

    static dispatch::task<void> join(log_poller& what, bool& done) {
        co_await what.join();
        done = true;
    }
    static dispatch::task<result<command_facts>> ask(hotel& self, vendor_command command, time_point) {
        ++self.asked[command.verb];
        self.most_under_way = std::max(self.most_under_way, ++self.under_way);
        const auto pause = self.time.make_waiter();
        co_await pause->wait_until(self.time.now() + self.takes);
        --self.under_way;
        if (self.away) co_return fail(errc::unavailable, "the lock cloud cannot be reached");
        auto request = self.codec->encode(command, {}, self.time.now(), std::to_string(++self.nonces));
        BOOST_REQUIRE(request.has_value());
        request->url.erase(0, origin.size());
        auto answer = self.cloud.handle(*request, self.time.now(), self.chance);
        if (self.fails_after && --*self.fails_after < 0) co_return fail(errc::timeout, "no answer");
        co_return dispatch::facts_of(self.codec->decode(command, *answer.response, self.time.now()));
    }

    simulators::random_source chance{7};
    simulators::yeeuu_cloud cloud{simulators::yeeuu_registration{}};
    std::unique_ptr<lock_cloud> codec = yeeuu::make_cloud(account_at_the_cloud());
    dispatch::task_group joins{io.get_executor(),
                               [](const std::string&, const std::string& what) { BOOST_ERROR(what); }};
    std::optional<std::unique_ptr<log_poller>> poller;
    std::map<command_verb, int> asked;
    int nonces = 0;
    duration takes = 10ms;
    int under_way = 0;
    int most_under_way = 0;
    int polls = 0;
    int failures = 0;
    bool away = false;
    std::optional<int> fails_after;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(log_poller_test)

BOOST_AUTO_TEST_CASE(each_opening_is_told_once_however_often_its_page_is_read) {
    hotel at;
    at.start();
    at.time.run_for(10s);
    at.open(1, at.time.now());
    at.time.run_for(30min);
    BOOST_TEST(at.events(1) == "1");
    BOOST_TEST(at.events(2) == "0");
    BOOST_TEST(at.polls >= 58);
    const auto row = test::sql(at.database(), "SELECT kind, name, records, sealed FROM inbox");
    BOOST_TEST((row == std::vector<test::sql_row>{{"event", "get_device_logs", "1", "0"}}));
}

BOOST_AUTO_TEST_CASE(what_was_opened_before_the_hub_knew_the_lock_goes_to_the_log_alone) {
    hotel at;
    const auto known_at = at.time.now();
    for (int hour = 1; hour <= 3; ++hour) at.open(1, known_at - duration(1h) * hour);
    at.open(1, known_at - 1s);
    at.open(1, known_at);
    at.time.run_for(5min);  // known, and not polled yet
    at.open(1, known_at + 2min);
    at.start();
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "2");
    BOOST_TEST(at.logged() == "6");
}

BOOST_AUTO_TEST_CASE(an_opening_of_the_second_in_which_the_hub_came_to_know_the_lock_is_told) {
    hotel at;
    at.time.run_for(700ms);
    at.add_pms("beta", 1, "yy");
    at.cloud.add_door("beta-r1", "B01").note_opening({at.time.now(), yeeuu_opened_by::password, "13000000001"});
    at.start();
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "1");
}

BOOST_AUTO_TEST_CASE(openings_that_come_late_are_told_within_the_overlap) {
    hotel at;
    at.start();
    at.time.run_for(20min);
    at.open(1, at.time.now());
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "1");
    at.open(1, at.time.now() - 8min, "13000000009");
    at.open(1, at.time.now() - 8min, "13000000009", yeeuu_opened_by::wechat);
    at.open(1, at.time.now() - 8min, "13000000009");  // the same: no id tells it from the first
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "3");
}

BOOST_AUTO_TEST_CASE(both_orders_of_a_long_log_are_read_only_as_far_as_needed) {
    for (const auto* order : {"newest", "oldest"}) {
        BOOST_TEST_CONTEXT(order) {
            hotel at(1);
            at.cloud.knobs.log_order = order;
            for (int minute = 1500; minute > 0; --minute) at.open(1, at.time.now() - duration(1min) * minute);
            at.start();
            at.time.run_for(2min);
            at.open(1, at.time.now());
            at.time.run_for(2min);
            BOOST_TEST(at.events(1) == "1");
            // Of 15 pages the ends, and one more that shows where to stop.
            BOOST_TEST(at.asked[command_verb::read_log] <= 3 * at.asked[command_verb::count_log]);
        }
    }
}

BOOST_AUTO_TEST_CASE(more_than_one_poll_may_read_is_gone_on_with_by_the_next) {
    hotel at(1);
    at.away = true;
    at.start();
    at.time.run_for(1min);
    const auto begin = at.time.now();
    for (int second = 1; second <= 5000; ++second) at.open(1, begin + duration(1s) * second);
    at.time.run_for(2h);
    at.away = false;
    at.time.run_for(59s);
    BOOST_TEST(at.events(1) != "5000");
    at.time.run_for(5min);
    BOOST_TEST(at.events(1) == "5000");
    const int pages = at.asked[command_verb::read_log];
    at.time.run_for(1min);
    BOOST_TEST(at.asked[command_verb::read_log] - pages < 12);  // caught up: the overlap alone
}

BOOST_AUTO_TEST_CASE(a_cloud_that_is_away_delays_and_loses_nothing) {
    hotel at;
    at.start();
    at.time.run_for(1min);
    at.away = true;
    at.open(1, at.time.now());
    at.time.run_for(6h);
    at.open(1, at.time.now());
    at.time.run_for(10min);
    BOOST_TEST(at.events(1) == "0");
    BOOST_TEST(at.failures > 300);
    at.away = false;
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "2");
}

BOOST_AUTO_TEST_CASE(a_restart_in_the_middle_reads_again_and_tells_nothing_twice) {
    hotel at(1);
    at.start();
    at.time.run_for(1min);
    for (int second = 1; second <= 450; ++second) at.open(1, at.time.now() + duration(1s) * second);
    at.time.run_for(7min + 40s);
    at.restart();
    at.fails_after = 3;  // the count and two pages, then nothing
    at.time.run_for(30s);
    at.restart();
    at.fails_after.reset();
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "450");
    BOOST_TEST(test::sql_value(at.database(), "SELECT COUNT(*) FROM inbox") == "450");
}

BOOST_AUTO_TEST_CASE(how_far_a_log_was_read_is_durable_and_never_moves_back) {
    hotel at(1);
    at.start();
    at.time.run_for(5s);
    const auto opened_at = at.time.now() - 5s;
    at.open(1, opened_at);
    at.time.run_for(1min);
    const auto read_until = "SELECT read_until_at_ms FROM lock_polls";
    BOOST_TEST(test::sql_value(at.database(), read_until) == std::to_string(to_unix_ms(opened_at)));
    at.restart();
    at.open(1, opened_at - 2min);
    at.time.run_for(2min);
    BOOST_TEST(test::sql_value(at.database(), read_until) == std::to_string(to_unix_ms(opened_at)));
}

BOOST_AUTO_TEST_CASE(a_lock_whose_clock_is_ahead_hides_nobody_else) {
    hotel at(1);
    at.start();
    at.time.run_for(1min);
    at.open(1, at.time.now() + 24h * 365);
    at.time.run_for(1h);
    BOOST_TEST(at.events(1) == "1");
    at.open(1, at.time.now());
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "2");
}

BOOST_AUTO_TEST_CASE(two_locks_of_one_door_are_two_and_so_many_are_asked_at_a_time) {
    hotel at(12);
    at.cloud.add_door("alpha-r1/甲", "B01");
    storage::lock_binding inner;
    inner.pms = pms_id("alpha");
    inner.hotel = hotel_no("h1");
    inner.room = room_id("r2");
    inner.account = account_id("yy");
    inner.lock_uuid = "alpha-r1/甲";
    inner.actor = "test";
    at.stored<storage::directory_changed>([&](auto done) { at.store().bind_lock(std::move(inner), std::move(done)); });
    at.takes = 10s;
    at.start();
    at.time.run_for(1s);
    const auto now = at.time.now();
    at.open(1, now);
    at.cloud.find_door("alpha-r1/甲")->note_opening({now, yeeuu_opened_by::password, "13000000001"});
    at.time.run_for(5min);
    BOOST_TEST(at.events(1) == "1");
    BOOST_TEST(at.events(2) == "1");
    BOOST_TEST(at.most_under_way == static_cast<int>(limits::polls_in_flight));
}

BOOST_AUTO_TEST_CASE(an_account_that_is_not_polled_any_more_is_left_alone_and_taken_up_again) {
    hotel at;
    at.start();
    at.time.run_for(2min);
    (*at.poller)->set_accounts({});
    at.time.run_for(1s);
    const int polls = at.polls;
    at.open(1, at.time.now());
    at.time.run_for(10min);
    BOOST_TEST(at.polls == polls);
    (*at.poller)->set_accounts({{account_id("yy"), 30s}});
    at.time.run_for(1min);
    BOOST_TEST(at.events(1) == "1");
    BOOST_TEST(at.polls >= polls + 2);
}

BOOST_AUTO_TEST_CASE(what_the_hub_has_forgotten_is_not_told_again) {
    hotel at(1);
    at.start();
    at.time.run_for(1min);
    at.open(1, at.time.now());
    at.time.run_for(2min);
    BOOST_TEST(at.events(1) == "1");
    at.time.run_for(1h);
    at.stored<std::uint64_t>([&](auto done) { at.store().expunge({at.time.now() - 30min, 100}, std::move(done)); });
    at.stored<storage::openings_recorded>([&](auto done) {
        storage::polled_openings again{account_id("yy"), "alpha-r1", at.time.now(), {}, std::nullopt};
        again.openings.push_back({at.time.now() - 62min, opened_by_password, "13000000001", "密码"});
        at.store().record_openings(std::move(again), std::move(done));
    });
    at.time.run_for(10min);
    BOOST_TEST(at.events(1) == "1");
}

BOOST_AUTO_TEST_SUITE_END()
