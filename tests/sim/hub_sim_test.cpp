// The whole hub in one thread, on virtual time, from one seed. LOCKHUB_SIM_SEEDS=2000 runs that many seeds;
// LOCKHUB_SIM_SEED=17 one of them again; LOCKHUB_SIM_KEEP=FILE copies the database of a run that broke a law.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "hub/observe/log.hpp"
#include "tests/sim/sim_world.hpp"

using namespace lockhub;

BOOST_AUTO_TEST_SUITE(hub_sim_test)

namespace {

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::stoull(text);
}

void must_hold(sim::sim_world& world, bool settled) {
    try {
        world.check_laws(settled);
    } catch (const std::exception& ex) {
        if (const char* target = std::getenv("LOCKHUB_SIM_KEEP")) world.keep(target);
        BOOST_FAIL(ex.what());
    }
}

void live_through(std::uint64_t seed, sim::sim_pace pace) {
    BOOST_TEST_CONTEXT("seed " << seed) {
        sim::sim_world world(seed, pace);
        while (!world.over()) {
            world.step();
            must_hold(world, false);
        }
        const auto hours = std::chrono::floor<std::chrono::hours>(world.age());
        world.settle();
        must_hold(world, true);
        BOOST_TEST_MESSAGE("seed " << seed << ": " << hours.count() << " hours, " << world.crashes() << " crashes, "
                                   << world.pushes_acknowledged() << " pushes acknowledged, " << world.promised()
                                   << " actions promised");
        BOOST_TEST(world.pushes_acknowledged() > 0u);
    }
}

void live_through_seeds(sim::sim_pace pace, std::uint64_t seeds_otherwise) {
    hub::log::configure(hub::log::level::error, hub::log::format::text, nullptr);
    const auto first = number_from_environment("LOCKHUB_SIM_SEED", 1);
    const auto seeds = number_from_environment("LOCKHUB_SIM_SEEDS", seeds_otherwise);
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) live_through(seed, pace);
}

}  // namespace

BOOST_AUTO_TEST_CASE(whatever_fails_and_crashes_in_a_busy_hour_the_laws_hold) {
    live_through_seeds(sim::busy_hour, 20);
}

BOOST_AUTO_TEST_CASE(a_hotel_with_three_lock_clouds_keeps_the_laws_through_a_week_of_faults) {
    live_through_seeds(sim::whole_week, 4);
}

BOOST_AUTO_TEST_SUITE_END()
