// The whole hub in one thread, on virtual time, from one seed. LOCKHUB_SIM_SEEDS=2000 runs that many seeds;
// LOCKHUB_SIM_SEED=17 one of them again.
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
        BOOST_FAIL(ex.what());
    }
}

void live_through(std::uint64_t seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
        sim::sim_world world(seed);
        for (int step = 0; step < 150; ++step) {
            world.step();
            must_hold(world, false);
        }
        world.settle();
        must_hold(world, true);
        BOOST_TEST_MESSAGE("seed " << seed << ": " << world.crashes() << " crashes, " << world.pushes_acknowledged()
                                   << " pushes acknowledged, " << world.promised() << " actions promised");
        BOOST_TEST(world.pushes_acknowledged() > 0u);
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(whatever_fails_and_crashes_the_laws_hold) {
    hub::log::configure(hub::log::level::error, hub::log::format::text, nullptr);
    const auto first = number_from_environment("LOCKHUB_SIM_SEED", 1);
    const auto seeds = number_from_environment("LOCKHUB_SIM_SEEDS", 20);
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        live_through(seed);
    }
}

BOOST_AUTO_TEST_SUITE_END()
