#include "dispatch/deliverer.hpp"

#include <boost/test/unit_test.hpp>

#include "schemas/wire/form.hpp"
#include "tests/support/delivering.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

std::string field(const wire::http_request& request, std::string_view name) {
    return std::string(wire::form::parse(request.body).value().find(name).value_or(""));
}

std::string host_of(const wire::http_request& request) {
    const auto begin = request.url.find("//") + 2;
    return request.url.substr(begin, request.url.find('.', begin) - begin);
}

// No stretch of `span`, wherever it begins, has more than `most` of these.
void never_more_than(std::size_t most, duration span, const std::vector<time_point>& times) {
    for (std::size_t last = most; last < times.size(); ++last) {
        BOOST_REQUIRE_MESSAGE(times[last] - times[last - most] >= span,
                              "more than " << most << " in " << (times[last] - times[last - most]).count() << " ms");
    }
}

std::vector<time_point> times_of(const scripted_transport& network) {
    std::vector<time_point> out;
    for (const auto& sent : network.requests()) out.push_back(sent.at);
    return out;
}

scripted_transport::script always(scripted_answer what) {
    return [what](const wire::http_request&) { return what; };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deliverer_test)

BOOST_AUTO_TEST_CASE(an_event_reaches_its_pms_signed_and_is_delivered_once) {
    stored_world world;
    world.add_pms("alpha", 1);
    scripted_transport network(world.time, world.time, always(respond_ok()));
    delivering hub(world, network);
    hub.start({"alpha"});
    world.push_opening("alpha", 1);
    world.time.run_for(1h);

    BOOST_REQUIRE_EQUAL(network.requests().size(), 1u);
    const auto& sent = network.requests()[0].request;
    BOOST_TEST(sent.url == "http://alpha.test/event");
    BOOST_TEST(wire::find_header(sent.headers, "content-type") == "application/x-www-form-urlencoded;charset=UTF-8");
    BOOST_TEST(field(sent, "event") == "lock.opened");
    BOOST_TEST(field(sent, "roomId") == "r1");
    BOOST_TEST(field(sent, "pmsId") == "alpha");
    BOOST_TEST(field(sent, "version") == "1.1.0");
    BOOST_TEST(field(sent, "hmac").size() == 32u);
    BOOST_TEST(hub.of("alpha").attempts[0] == 1u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(what_waited_before_the_start_is_delivered_without_a_new_hint) {
    stored_world world;
    world.add_pms("alpha", 3);
    for (int room = 1; room <= 3; ++room) world.push_opening("alpha", room);
    scripted_transport network(world.time, world.time, always(respond_ok()));
    delivering hub(world, network);
    hub.start({"alpha"});
    world.time.run_for(1s);
    BOOST_TEST(network.requests().size() == 3u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(a_lane_keeps_its_order_and_alarms_do_not_wait_for_it) {
    stored_world world;
    world.add_pms("alpha", 1);
    int refusals = 2;
    scripted_transport network(world.time, world.time, [&](const wire::http_request& request) {
        if (field(request, "event") == "lock.opened" && refusals-- > 0) return respond(200, R"({"code":-1})");
        return respond_ok();
    });
    delivering hub(world, network);
    hub.start({"alpha"});
    for (int event = 0; event < 3; ++event) world.push_opening("alpha", 1);
    world.push_tampering("alpha", 1);
    world.time.run_for(5s);
    BOOST_REQUIRE_EQUAL(network.requests().size(), 2u);
    BOOST_TEST(field(network.requests()[1].request, "event") == "lock.tampered");

    world.time.run_for(1min);
    std::vector<std::string> openings;
    for (const auto& sent : network.requests()) {
        if (field(sent.request, "event") == "lock.opened") openings.push_back(field(sent.request, "eventId"));
    }
    BOOST_REQUIRE_EQUAL(openings.size(), 5u);
    BOOST_TEST(openings[0] == openings[1]);
    BOOST_TEST(openings[1] == openings[2]);
    BOOST_TEST(openings[2] != openings[3]);
    BOOST_TEST(openings[3] != openings[4]);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(a_dead_pms_and_a_slow_one_do_not_delay_the_others) {
    stored_world world;
    for (const auto* pms : {"dead", "slow", "good"}) world.add_pms(pms, 60);
    std::map<std::string, std::vector<time_point>> seen;
    scripted_transport network(world.time, world.time, [&](const wire::http_request& request) {
        const auto host = host_of(request);
        seen[host].push_back(world.time.now());
        if (host == "dead") return never_answer();
        if (host == "slow") return delayed(9s, respond_ok());
        return respond_ok();
    });
    delivering hub(world, network);
    hub.start({"dead", "slow", "good"});
    for (int room = 1; room <= 60; ++room) {
        for (const auto* pms : {"dead", "slow", "good"}) world.push_opening(pms, room);
    }
    world.time.run_for(2500ms);
    BOOST_TEST(seen["good"].size() == 60u);
    never_more_than(29, 1s, seen["good"]);
    world.time.run_for(10min);
    BOOST_TEST(hub.of("slow").attempts[0] == 60u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(an_unreachable_pms_is_probed_by_one_call_at_a_time_with_growing_pauses) {
    stored_world world;
    world.add_pms("dead", 40);
    scripted_transport network(world.time, world.time, always(refuse_connection()));
    delivering hub(world, network);
    hub.start({"dead"});
    for (int room = 1; room <= 40; ++room) world.push_opening("dead", room);
    world.time.run_for(10ms);
    const std::size_t at_first = network.requests().size();
    BOOST_TEST(at_first < 40u);
    BOOST_CHECK(hub.of("dead").breaker == dispatch::breaker_state::open);
    world.time.run_for(9s);
    BOOST_TEST(network.requests().size() == at_first);
    world.time.run_for(2s);
    BOOST_TEST(network.requests().size() == at_first + 1);
    world.time.run_for(20s);
    BOOST_TEST(network.requests().size() == at_first + 2);

    network.set_script(always(respond_ok()));
    world.time.run_for(2h);
    BOOST_TEST(hub.of("dead").attempts[0] == 40u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(a_pms_never_gets_more_than_29_calls_in_any_second_whatever_its_answers_take) {
    stored_world world;
    world.add_pms("alpha", 200);
    int number = 0;
    std::vector<time_point> answered;
    scripted_transport network(world.time, world.time, [&](const wire::http_request&) {
        const duration after{(++number * 37) % 400};
        answered.push_back(world.time.now() + after);
        return delayed(after, respond_ok());
    });
    delivering hub(world, network);
    for (int room = 1; room <= 200; ++room) world.push_opening("alpha", room);
    hub.start({"alpha"});
    world.time.run_for(1min);
    BOOST_REQUIRE_EQUAL(network.requests().size(), 200u);
    never_more_than(29, 1s, times_of(network));
    // The PMS may see a call as late as it answers it.
    std::ranges::sort(answered);
    never_more_than(29, 1s, answered);
    BOOST_TEST(hub.of("alpha").window_waits > 0u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(the_second_holds_across_a_restart) {
    stored_world world;
    world.add_pms("alpha", 100);
    for (int room = 1; room <= 100; ++room) world.push_opening("alpha", room);
    scripted_transport before(world.time, world.time, always(respond_ok()));
    {
        delivering hub(world, before, "first");
        hub.start({"alpha"});
        world.time.run_for(1100ms);
        hub.stop_and_join(before);
    }
    world.reopen();
    scripted_transport after(world.time, world.time, always(respond_ok()));
    delivering hub(world, after, "second");
    hub.start({"alpha"});
    world.time.run_for(10s);

    auto times = times_of(before);
    const auto later = times_of(after);
    times.insert(times.end(), later.begin(), later.end());
    BOOST_REQUIRE_EQUAL(times.size(), 100u);
    BOOST_TEST(!later.empty());
    never_more_than(29, 1s, times);
    hub.stop_and_join(after);
}

BOOST_AUTO_TEST_CASE(the_same_callback_is_never_sent_more_than_4_times_in_30_seconds_even_across_a_restart) {
    stored_world world;
    world.add_pms("alpha", 1);
    const dispatch::retry_schedule hasty(std::vector<duration>(20, duration(1s)));
    scripted_transport before(world.time, world.time, always(respond(200, R"({"code":-1})")));
    {
        delivering hub(world, before, "first", hasty);
        hub.start({"alpha"});
        world.push_opening("alpha", 1);
        world.time.run_for(40s);
        BOOST_TEST(hub.of("alpha").identical_waits > 0u);
        hub.stop_and_join(before);
    }
    world.reopen();
    scripted_transport after(world.time, world.time, always(respond(200, R"({"code":-1})")));
    delivering hub(world, after, "second", hasty);
    hub.start({"alpha"});
    world.time.run_for(10min);

    auto times = times_of(before);
    for (const auto at : times_of(after)) times.push_back(at);
    BOOST_TEST(times.size() == 21u);
    never_more_than(4, 30s, times);
    hub.stop_and_join(after);
}

BOOST_AUTO_TEST_CASE(an_operators_replays_keep_to_4_in_30_seconds) {
    stored_world world;
    world.add_pms("alpha", 1);
    scripted_transport network(world.time, world.time, always(respond(200, R"({"code":-1})")));
    delivering hub(world, network, "first", dispatch::retry_schedule({1h, 1h, 1h, 1h, 1h, 1h, 1h, 1h, 1h, 1h}));
    hub.start({"alpha"});
    world.push_opening("alpha", 1);
    for (int replay = 0; replay < 8; ++replay) {
        world.time.run_for(1s);
        storage::operator_change change;
        change.verb = storage::delivery_verb::retry;
        change.filter.pms = "alpha";
        change.actor = change.reason = "test";
        world.stored<storage::operator_changed>(
            [&](auto done) { world.store().change_deliveries(std::move(change), std::move(done)); });
    }
    world.time.run_for(1min);
    BOOST_TEST(network.requests().size() > 4u);
    never_more_than(4, 30s, times_of(network));
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(retry_after_is_honoured_and_a_timeout_waits_a_minute) {
    stored_world world;
    world.add_pms("alpha", 1);
    int call = 0;
    scripted_transport network(world.time, world.time, [&](const wire::http_request&) {
        ++call;
        if (call == 1) return respond(503, "", {{"Retry-After", "100"}});
        if (call == 2) return never_answer();
        return respond_ok();
    });
    delivering hub(world, network);
    hub.start({"alpha"});
    world.push_opening("alpha", 1);
    world.time.run_for(1h);
    const auto times = times_of(network);
    BOOST_REQUIRE_EQUAL(times.size(), 3u);
    BOOST_TEST((times[1] - times[0]).count() == 100'000);
    BOOST_TEST((times[2] - times[1]).count() >= 70'000);  // ten seconds of waiting for an answer, then a minute
    BOOST_REQUIRE_EQUAL(hub.reports.size(), 3u);
    BOOST_TEST(hub.reports[2].attempt == 3u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(after_the_last_step_it_is_dead_and_is_sent_no_more) {
    stored_world world;
    world.add_pms("alpha", 1);
    scripted_transport network(world.time, world.time, always(respond(500, "")));
    delivering hub(world, network);
    hub.start({"alpha"});
    world.push_opening("alpha", 1);
    world.time.run_for(24h * 14);
    BOOST_TEST(network.requests().size() == 11u);
    BOOST_TEST(hub.of("alpha").dead == 1u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(without_a_url_it_is_held_and_not_sent) {
    stored_world world;
    world.add_pms("alpha", 1);
    scripted_transport network(world.time, world.time, always(respond_ok()));
    delivering hub(world, network);
    hub.start({"alpha"});
    auto target = delivering::target("alpha");
    target.url(delivery_kind::event).clear();
    hub.subject->set_targets({target});
    world.push_opening("alpha", 1);
    world.time.run_for(1h);
    BOOST_TEST(network.requests().empty());
    BOOST_TEST(hub.of("alpha").held == 1u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(a_pms_that_is_enabled_again_gets_what_was_held) {
    stored_world world;
    world.add_pms("alpha", 2);
    scripted_transport network(world.time, world.time, always(respond_ok()));
    delivering hub(world, network);
    hub.start({"alpha"});
    world.set_enabled("alpha", false);
    hub.subject->set_targets({});
    world.push_opening("alpha", 1);
    world.time.run_for(1h);
    BOOST_TEST(network.requests().empty());
    hub.subject->set_targets({delivering::target("alpha")});
    world.set_enabled("alpha", true);
    world.push_opening("alpha", 2);
    world.time.run_for(1s);
    BOOST_TEST(network.requests().size() == 2u);
    hub.stop_and_join(network);
}

BOOST_AUTO_TEST_CASE(a_stop_lets_quick_calls_end_and_gives_back_the_others_without_counting) {
    stored_world world;
    world.add_pms("quick", 1);
    world.add_pms("hung", 2);
    scripted_transport before(world.time, world.time, [&](const wire::http_request& request) {
        return host_of(request) == "hung" ? never_answer() : delayed(1s, respond_ok());
    });
    {
        delivering hub(world, before, "first");
        hub.start({"quick", "hung"});
        world.push_opening("quick", 1);
        world.push_opening("hung", 1);
        world.push_opening("hung", 2);
        BOOST_TEST(hub.subject->in_flight() == 3u);
        hub.stop(2s);
        BOOST_TEST(hub.of("quick").attempts[0] == 1u);
        BOOST_TEST(hub.subject->in_flight() == 0u);
        before.interrupt();
        hub.join();
        BOOST_TEST(hub.reports.size() == 1u);
    }
    world.reopen();
    scripted_transport after(world.time, world.time, always(respond_ok()));
    delivering hub(world, after, "second");
    hub.start({"quick", "hung"});
    world.time.run_for(5s);
    BOOST_REQUIRE_EQUAL(hub.reports.size(), 2u);
    for (const auto& report : hub.reports) BOOST_TEST(report.attempt == 1u);
    hub.stop_and_join(after);
}

BOOST_AUTO_TEST_CASE(a_call_under_way_when_the_hub_dies_counts_as_an_attempt) {
    stored_world world;
    world.add_pms("alpha", 1);
    scripted_transport before(world.time, world.time, always(never_answer()));
    delivering dead(world, before, "first");
    dead.start({"alpha"});
    world.push_opening("alpha", 1);
    BOOST_REQUIRE_EQUAL(before.in_flight(), 1u);
    // What the first run still has in mind never reaches the store: its token has moved on.
    scripted_transport after(world.time, world.time, always(respond_ok()));
    delivering hub(world, after, "second");
    hub.start({"alpha"});
    world.time.run_for(1h);
    BOOST_REQUIRE_EQUAL(hub.reports.size(), 1u);
    BOOST_TEST(hub.reports[0].attempt == 2u);
    dead.stop_and_join(before);
    hub.stop_and_join(after);
}

BOOST_AUTO_TEST_SUITE_END()
