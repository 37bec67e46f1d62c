// A hotel made at the simulated clouds on virtual time: lost answers, refusals, and a hub that ends between any two
// calls.
#include "hub/provision/provisioning.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

#include "schemas/dingding/cloud.hpp"
#include "schemas/yeeuu/cloud.hpp"
#include "storage/sqlite/open.hpp"
#include "tests/simulators/dingding_cloud.hpp"
#include "tests/simulators/yeeuu_cloud.hpp"
#include "tests/support/commanding.hpp"
#include "tests/support/sql_reader.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

// Reads where it stands: after the units submitted before it.
class direct_place_reads final : public hub::place_reads {
  public:
    explicit direct_place_reads(stored_world& world) : world_(world) {}

    dispatch::task<result<std::vector<storage::directory_listing_row>>> rooms(pms_id pms, hotel_no hotel) override {
        const auto reader = storage::open_reader(world_.database(), world_.time);
        co_return (*reader)->list_directory(pms.value, hotel.value, limits::provision_rooms + 1);
    }
    dispatch::task<result<std::vector<storage::provisioned_home>>> homes(account_id account) override {
        const auto reader = storage::open_reader(world_.database(), world_.time);
        co_return (*reader)->provisioned_homes(account);
    }

  private:
    stored_world& world_;
};

std::shared_ptr<const lock_cloud> dingding_account() {
    return dingding::make_cloud({.account = account_id("dd-main"),
                                 .event_url = "https://hub.example.com/e",
                                 .result_url = "https://hub.example.com/r",
                                 .sign = dingding::sign_policy::required,
                                 .base_url = "https://lockapi.example.com/openapi/v1",
                                 .client_id = "demo",
                                 .client_secret = secret("demo-secret")});
}

std::shared_ptr<const lock_cloud> yeeuu_account() {
    return yeeuu::make_cloud({.account = account_id("yy-main"),
                              .base_url = "https://alms.example.com",
                              .partner_id = "000000000000000000000001",
                              .key = secret("demo-secret"),
                              .guest_mobile = "13000000001",
                              .manage_mobile = "13000000002",
                              .operator_mobile = ""});
}

// One run of the hub on the world's store, before a cloud that outlives it.
struct hub_run {
    hub_run(stored_world& world, std::shared_ptr<const lock_cloud> cloud, scripted_transport::script network,
            std::string owner = "first")
        : world(world), hub(world, std::move(owner)) {
        hub.account = {cloud, false};
        hub.network.set_script(std::move(network));
        hub.start();
        places.emplace(hub::provisioning_seams{
            .run = {
                .store = world.store(),
                .reads = reads,
                .call =
                    [this](account_id account, std::string method, wire::form fields) {
                        return call(std::move(account), std::move(method), std::move(fields));
                    },
                .ask = [this](account_id account,
                              vendor_command what) { return hub.runner->ask(std::move(account), std::move(what)); }},
            .waiters = world.time,
            .time = world.time,
            .where = world.io.get_executor()});
        places->set_clouds({cloud});
    }
    ~hub_run() {
        places->stop();
        hub.network.interrupt();
        hub.group.spawn("join", places->join());
        world.time.run_until_idle();
        hub.end();
    }

    dispatch::task<dispatch::call_result<dispatch::method_called>> call(account_id account, std::string method,
                                                                        wire::form fields) {
        return hub.runner->call_method(std::move(account), std::move(method), std::move(fields));
    }

    hub::provision_request asking(bool apply = true) const {
        hub::provision_request out;
        out.hotel = hotel_no("h1");
        out.account = hub.account.cloud->account();
        out.apply = apply;
        out.actor = "cli:alice";
        return out;
    }
    // Begins; the outcome comes as time passes.
    void begin(hub::provision_request request) {
        hub.group.spawn("provision",
                        [](hub::provisioning& at, hub::provision_request what,
                           std::optional<result<hub::provision_report>>& into) -> dispatch::task<void> {
                            into = co_await at.run(std::move(what));
                        }(*places, std::move(request), outcome));
    }
    result<hub::provision_report> run(hub::provision_request request) {
        outcome.reset();
        begin(std::move(request));
        BOOST_REQUIRE(world.time.run_until([&] { return outcome.has_value(); }, 30min));
        return *outcome;
    }

    stored_world& world;
    commanding hub;
    direct_place_reads reads{world};
    std::optional<hub::provisioning> places;
    std::optional<result<hub::provision_report>> outcome;
};

struct provisioned_world : stored_world {
    static constexpr int rooms = 3;

    provisioned_world() {
        std::vector<directory_row> listed;
        for (int room = 1; room <= rooms; ++room) {
            directory_row row;
            row.pms_id = "alpha";
            row.hotel_no = "h1";
            row.hotel_name = "Hotel";
            row.room_type_code = "t1";
            row.room_id = "r" + std::to_string(room);
            row.room_no = std::to_string(room);
            listed.push_back(std::move(row));
        }
        stored<storage::directory_changed>([&](auto done) {
            store().change_directory({.rows = listed, .dry_run = false, .actor = "test"}, std::move(done));
        });
    }

    // The simulated cloud as the network; calls that change something are counted by name, and the one of that number
    // is where the hub ends.
    scripted_answer meet(const wire::http_request& request) {
        const auto path = request.url.substr(0, request.url.find('?'));
        const auto name = path.substr(path.rfind('/') + 1);
        const bool ends = ends_at > 0 && name != "access_token" && --ends_at == 0;
        if (ends && !arrives) return never_answer();
        auto said = dingding.handle(request, time.now(), random_source);
        ++calls[name];
        if (ends) return never_answer();
        return said.response ? respond(said.response->status, said.response->body) : lose_reply();
    }
    scripted_transport::script network() {
        return [this](const wire::http_request& request) { return meet(request); };
    }
    std::string there() const {
        std::string out;
        for (const auto& [id, home] : dingding.places().homes()) {
            out += id + ":";
            for (const auto& [room, what] : home.rooms) out += " " + room + "=" + what.name;
        }
        return out;
    }
    std::string states() const {
        std::string out;
        for (const auto& row : sql(database(), "SELECT state FROM provisioned_places GROUP BY state"))
            out += row.at(0) + " ";
        return out;
    }
    std::string recorded() const {
        std::string out;
        for (const auto& row : sql(database(), "SELECT reason FROM audit WHERE verb = 'provision' ORDER BY audit_id"))
            out += row.at(0) + "; ";
        return out;
    }

    simulators::dingding_cloud dingding{{}};
    simulators::random_source random_source{7};
    std::map<std::string, int> calls;
    int ends_at = 0;
    bool arrives = true;  // that call
};

constexpr const char* complete = "h1: r1=1 r2=2 r3=3";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(provisioning_run_test, provisioned_world)

BOOST_AUTO_TEST_CASE(a_comparison_sends_nothing_that_changes_and_writes_nothing) {
    hub_run hub(*this, dingding_account(), network());
    const auto report = hub.run(hub.asking(false)).value();
    BOOST_TEST(report.differences.size() == 4u);
    BOOST_TEST(!report.applied);
    BOOST_TEST(calls["add_home"] == 0);
    BOOST_TEST(sql(database(), "SELECT name FROM provisioned_places").empty());
}

BOOST_AUTO_TEST_CASE(each_call_is_on_record_before_it_is_made_and_after_it_ended) {
    std::vector<std::string> at_call;
    hub_run hub(*this, dingding_account(), [&](const wire::http_request& request) {
        if (request.url.ends_with("add_room"))
            at_call.push_back(sql(database(),
                                  "SELECT group_concat(state) FROM (SELECT state FROM provisioned_places "
                                  "ORDER BY cloud_room_id)")
                                  .at(0)
                                  .at(0));
        return meet(request);
    });
    const auto report = hub.run(hub.asking()).value();
    BOOST_TEST(report.calls == 4u);
    BOOST_TEST(!report.stopped.has_value());
    const std::vector<std::string> expected{"present,sent", "present,present,sent", "present,present,present,sent"};
    BOOST_TEST(at_call == expected, boost::test_tools::per_element());
    BOOST_TEST(there() == complete);
    BOOST_TEST(recorded() ==
               "is called; done 0: success; is called; done 0: success; is called; done 0: success; "
               "is called; done 0: success; ");
    const auto again = hub.run(hub.asking()).value();
    BOOST_TEST(again.calls == 0u);
    BOOST_TEST(again.differences.empty());
}

BOOST_AUTO_TEST_CASE(a_lost_answer_is_asked_about_and_nothing_is_made_twice) {
    for (int lost = 1; lost <= 4; ++lost) {
        provisioned_world world;
        hub_run hub(world, dingding_account(), world.network());
        // The answers of the first calls that change something are lost.
        BOOST_REQUIRE(world.dingding.board().set("lose_reply", "1x" + std::to_string(lost)));
        const auto report = hub.run(hub.asking()).value();
        if (report.stopped) BOOST_TEST(hub.run(hub.asking()).has_value());
        BOOST_TEST(world.there() == complete, "with " << lost << " answers lost: " << world.there());
        BOOST_TEST(world.states() == "present ");
        BOOST_TEST(world.calls["add_home"] == 1);
        BOOST_TEST(world.calls["add_room"] == 3);
    }
}

BOOST_AUTO_TEST_CASE(a_call_that_never_came_there_is_made_after_asking) {
    hub_run hub(*this, dingding_account(), network());
    BOOST_REQUIRE(dingding.board().set("drop", "1x3"));
    BOOST_REQUIRE(dingding.board().set("only_verb", "add_room"));
    const auto report = hub.run(hub.asking()).value();
    BOOST_TEST(!report.stopped.has_value(), (report.stopped ? report.stopped->message : ""));
    BOOST_TEST(there() == complete);
    BOOST_TEST(calls["update_room"] == 3);  // each was asked about so
    BOOST_TEST(states() == "present ");
}

BOOST_AUTO_TEST_CASE(a_hub_that_ends_between_any_two_calls_goes_on_without_doubles) {
    // A question and four calls that change something: the hub ends while each of them is under way, and the cloud has
    // it or has it not.
    for (int call = 1; call <= 10; ++call) {
        provisioned_world world;
        world.ends_at = (call + 1) / 2;
        world.arrives = call % 2 == 0;
        {
            hub_run first(world, dingding_account(), world.network());
            first.begin(first.asking());
            world.time.run_for(1s);
            BOOST_TEST(!first.outcome.has_value());
        }
        world.reopen();
        hub_run second(world, dingding_account(), world.network(), "second");
        const auto report = second.run(second.asking());
        BOOST_REQUIRE(report.has_value());
        BOOST_TEST(!report->stopped.has_value());
        BOOST_TEST(world.there() == complete, "ended at call " << call << ": " << world.there());
        BOOST_TEST(world.states() == "present ");
        BOOST_TEST(world.calls["add_home"] == 1);
        BOOST_TEST(world.calls["add_room"] == 3);
        BOOST_TEST(second.run(second.asking(false))->differences.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_room_that_is_refused_does_not_keep_the_others_and_is_tried_again) {
    hub_run hub(*this, dingding_account(), network());
    BOOST_REQUIRE(dingding.board().set("only_verb", "add_room"));
    BOOST_REQUIRE(dingding.board().set("error", "1x1"));
    BOOST_REQUIRE(dingding.board().set("error_code", "15014"));
    const auto report = hub.run(hub.asking()).value();
    BOOST_REQUIRE(report.refused.size() == 1u);
    BOOST_TEST(report.refused[0].place == "r1");
    BOOST_TEST(report.refused[0].code == 15014);
    BOOST_TEST(report.refused[0].meaning.is_known());
    BOOST_TEST(there() == "h1: r2=2 r3=3");
    BOOST_TEST(hub.run(hub.asking())->refused.empty());
    BOOST_TEST(there() == complete);
}

BOOST_AUTO_TEST_CASE(rooms_are_not_sent_where_their_home_is_refused) {
    hub_run hub(*this, dingding_account(), network());
    BOOST_REQUIRE(dingding.board().set("only_verb", "add_home"));
    BOOST_REQUIRE(dingding.board().set("error", "1"));
    const auto report = hub.run(hub.asking()).value();
    BOOST_TEST(report.refused.size() == 1u);
    BOOST_TEST(calls["add_room"] == 0);
}

BOOST_AUTO_TEST_CASE(a_room_made_by_hand_meanwhile_takes_the_directorys_name) {
    dingding.add_lock("u1", "h1", "r1", "by hand");
    hub_run hub(*this, dingding_account(), network());
    const auto report = hub.run(hub.asking()).value();
    BOOST_TEST(report.refused.empty());
    BOOST_TEST(calls["add_home"] == 0);
    BOOST_TEST(calls["add_room"] == 2);
    BOOST_TEST(there() == complete);
}

BOOST_AUTO_TEST_CASE(a_cloud_that_cannot_be_reached_stops_the_run_before_anything_is_in_doubt) {
    bool away = false;
    hub_run hub(*this, dingding_account(), [&](const wire::http_request& request) {
        if (request.url.ends_with("add_home")) away = true;
        return away ? refuse_connection() : meet(request);
    });
    const auto report = hub.run(hub.asking()).value();
    BOOST_REQUIRE(report.stopped.has_value());
    BOOST_TEST(report.calls == 0u);
    BOOST_TEST(states() == "wanted ");
}

BOOST_AUTO_TEST_CASE(one_run_at_a_time_for_an_account_and_none_after_the_stop) {
    hub_run hub(*this, dingding_account(),
                [&](const wire::http_request& request) { return delayed(1s, meet(request)); });
    hub.begin(hub.asking());
    time.run_for(100ms);
    std::optional<result<hub::provision_report>> second;
    const auto ask = [](hub::provisioning& at, hub::provision_request what,
                        std::optional<result<hub::provision_report>>& into) -> dispatch::task<void> {
        into = co_await at.run(std::move(what));
    };
    hub.hub.group.spawn("second", ask(*hub.places, hub.asking(), second));
    time.run_for(100ms);
    BOOST_REQUIRE(second.has_value());
    BOOST_CHECK(second->error().code == errc::conflict);
    hub.places->stop();
    BOOST_REQUIRE(time.run_until([&] { return hub.outcome.has_value(); }, 1s));
    BOOST_CHECK(hub.outcome->error().code == errc::unavailable);
    BOOST_CHECK(hub.run(hub.asking()).error().code == errc::unavailable);
}

BOOST_AUTO_TEST_CASE(one_list_is_sent_again_after_a_lost_answer_and_ends_in_the_same_state) {
    simulators::yeeuu_cloud cloud({});
    BOOST_REQUIRE(cloud.board().set("timestamp_window_ms", "0"));
    BOOST_REQUIRE(cloud.board().set("lose_reply", "1x1"));
    hub_run hub(*this, yeeuu_account(), [&](const wire::http_request& request) {
        auto local = request;
        local.url = request.url.substr(request.url.find("/apartments"));
        const auto said = cloud.handle(local, time.now(), random_source);
        return said.response ? respond(said.response->status, said.response->body) : lose_reply();
    });
    auto request = hub.asking();
    request.details = wire::form({{"provinceId", "33"}, {"cityId", "3301"}, {"disId", "330106"}});
    const auto report = hub.run(request).value();
    BOOST_TEST(!report.stopped.has_value());
    BOOST_TEST(cloud.calls("synchronize_apartments") == 2u);
    BOOST_TEST(states() == "present ");
    for (const auto* code : {"r1", "r2", "r3"}) BOOST_TEST(cloud.find_door(code) != nullptr, code);
    BOOST_TEST(hub.run(hub.asking(false))->differences.empty());
}

BOOST_AUTO_TEST_SUITE_END()
