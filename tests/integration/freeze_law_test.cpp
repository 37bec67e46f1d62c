// Freezing through runner, store, codec and the simulated 丁盯, with faults drawn from a seed: what an action is said
// to have done was done.
#include <boost/test/unit_test.hpp>

#include "schemas/dingding/cloud.hpp"
#include "tests/simulators/dingding_cloud.hpp"
#include "tests/support/commanding.hpp"
#include "tests/support/sql_reader.hpp"

using namespace lockhub;
using namespace lockhub::test;
using namespace std::chrono_literals;

namespace {

using enum command_verb;

// Results are asked for: none of the cloud's pushes arrives.
struct silent_hotel : stored_world {
    explicit silent_hotel(std::uint64_t seed) : chance(seed) {
        add_pms("alpha", 1, "dd");
        cloud.add_lock(lock, "home", "room");
        const auto& registered = cloud.registration();
        std::shared_ptr<const lock_cloud> codec =
            dingding::make_cloud({.account = account_id("dd"),
                                  .event_url = registered.event_url,
                                  .result_url = registered.result_url,
                                  .base_url = "http://dd.cloud",
                                  .client_id = registered.client_id,
                                  .client_secret = secret(registered.client_secret)});
        stored<storage::nothing>(
            [&](auto done) { store().set_accounts({{account_id("dd"), codec->traits()}}, std::move(done)); });
        hub.account = {codec, false};
        hub.network.set_script([this](const wire::http_request& request) {
            auto said = cloud.handle(request, time.now(), chance);
            return said.response ? respond(said.response->status, said.response->body) : lose_reply();
        });
        hub.start();
    }
    ~silent_hotel() { hub.end(); }

    storage::action_opened ask(command_verb verb) {
        storage::action_request request;
        request.pms = pms_id("alpha");
        request.hotel = hotel_no("h1");
        request.room = room_id("r1");
        request.method = to_string(verb);
        request.verb = verb;
        if (verb == set_pin) request.pin = secret(std::to_string(100'000 + asked * 7'919));
        request.request_key[0] = static_cast<std::byte>(++asked & 0xff);
        return stored<storage::action_opened>(
            [&](auto done) { store().open_action(std::move(request), std::move(done)); });
    }

    std::string state_of(const storage::action_opened& opened) {
        return sql_value(database(), "SELECT state FROM actions WHERE action_id = '" + opened.action.value + "'");
    }

    // The PIN the hub knows of, on the lock itself.
    const simulators::pin* pin_on_lock() {
        const auto ref =
            sql_value(database(), "SELECT COALESCE(MAX(credential_ref), '') FROM credentials WHERE state = 'active'");
        for (const auto& [id, pin] : cloud.find_lock(lock)->pins)
            if (std::to_string(id) == ref) return &pin;
        return nullptr;
    }

    static constexpr const char* lock = "alpha-r1";
    simulators::dingding_cloud cloud{{}};
    simulators::random_source chance;
    commanding hub{*this, "first", {.account = "dd"}};
    int asked = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(freeze_law_test)

BOOST_AUTO_TEST_CASE(a_pin_is_frozen_when_the_action_says_so_and_opens_the_lock_after_it_is_enabled_again) {
    int checked = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed) {
            silent_hotel hotel(seed);
            hotel.cloud.knobs.drop = {.chance = 0.1};
            hotel.cloud.knobs.lose_reply = {.chance = 0.2};
            hotel.cloud.knobs.server_error = {.chance = 0.05};
            for (int step = 0; step < 40; ++step) {
                const auto verb = std::array{set_pin, freeze_pin, freeze_pin, unfreeze_pin}.at(hotel.chance() % 4);
                const auto opened = hotel.ask(verb);
                hotel.time.run_for(40min);
                if (opened.what != storage::action_opened::kind::opened || hotel.state_of(opened) != "succeeded")
                    continue;
                const auto* pin = hotel.pin_on_lock();
                BOOST_REQUIRE(pin);
                BOOST_TEST(pin->frozen == (verb == freeze_pin), "step " << step << ", " << to_string(verb));
                ++checked;
            }
        }
    }
    BOOST_TEST(checked > 60);
}

BOOST_AUTO_TEST_SUITE_END()
