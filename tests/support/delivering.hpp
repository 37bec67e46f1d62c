#pragma once
// A deliverer on virtual time, with scripted PMS systems, before a real store.
#include <boost/test/unit_test.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/deliverer.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/support/stored_world.hpp"

namespace lockhub::test {

using namespace std::chrono_literals;

using dispatch::deliverer;
using dispatch::delivery_report;
using dispatch::delivery_target;

// One run of the hub's delivering half on the world's store.
struct delivering {
    explicit delivering(stored_world& w, scripted_transport& network, std::string owner = "first",
                        dispatch::retry_schedule schedule = {})
        : world(w) {
        dispatch::deliverer_options options;
        options.owner = std::move(owner);
        options.schedule = std::move(schedule);
        options.observer = [this](const delivery_report& seen) {
            reports.push_back(seen);
            reports.back().pms = reports.back().subject = reports.back().message = {};
        };
        options.on_failure = [](const std::string& name, const std::string& what) { BOOST_ERROR(name + ": " + what); };
        owner_name = options.owner;
        subject.emplace(world.io.get_executor(), world.store(), network, world.time, world.time, world.random,
                        std::move(options));
        world.deliveries_ready = [this](const auto& hints) { subject->note_due(hints); };
    }
    ~delivering() { world.deliveries_ready = nullptr; }

    void start(const std::vector<std::string>& systems) {
        std::vector<delivery_target> targets;
        for (const auto& pms : systems) targets.push_back(target(pms));
        subject->set_targets(std::move(targets));
        world.stored<storage::nothing>([&](auto done) { world.store().recover(owner_name, std::move(done)); });
        run("restore", [](deliverer& d) -> dispatch::task<void> {
            const auto restored = co_await d.restore();
            BOOST_REQUIRE(restored.has_value());
        });
        subject->start();
        world.time.run_for(10ms);
    }

    static delivery_target target(const std::string& pms) {
        delivery_target out;
        out.pms = pms_id(pms);
        out.key = secret("made-up-sign-key");
        out.url(delivery_kind::event) = "http://" + pms + ".test/event";
        out.url(delivery_kind::password_result) = "http://" + pms + ".test/password";
        return out;
    }

    void stop(duration grace) {
        const time_point deadline = world.time.now() + grace;
        bool stopped = false;
        group.spawn("stop", [](deliverer& d, time_point at, bool& done) -> dispatch::task<void> {
            co_await d.stop(at);
            done = true;
        }(*subject, deadline, stopped));
        BOOST_REQUIRE(world.time.run_until([&] { return stopped; }, grace + 1s));
    }
    void join() {
        run("join", [](deliverer& d) -> dispatch::task<void> { co_await d.join(); });
    }
    void stop_and_join(scripted_transport& network, duration grace = 0s) {
        stop(grace);
        network.interrupt();
        join();
    }

    dispatch::delivery_statistics of(const std::string& pms) const {
        for (auto& one : subject->statistics()) {
            if (one.pms == pms) return one;
        }
        throw std::runtime_error("no such PMS");
    }

    stored_world& world;
    std::string owner_name;
    std::vector<delivery_report> reports;  // without their views
    dispatch::task_group group{world.io.get_executor(),
                               [](const auto& name, const auto& what) { BOOST_ERROR(name + what); }};
    std::optional<deliverer> subject;

  private:
    void run(const std::string& name, dispatch::task<void> (*work)(deliverer&)) {
        group.spawn(name, work(*subject));
        world.time.run_until_idle();
        BOOST_REQUIRE_EQUAL(group.running(), 0u);
    }
};

}  // namespace lockhub::test
