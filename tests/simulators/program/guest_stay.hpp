#pragma once
// A guest's whole stay as the demo plays it: check-in with a PIN, a room card, doors that open, a low battery,
// check-out. What the PMS asks goes to the hub over HTTP, what happens at the doors happens in the simulators.
#include <functional>
#include <string>

#include "tests/simulators/program/demo_files.hpp"
#include "tests/simulators/program/simulation.hpp"

namespace lockhub::simulators {

class guest_stay {
  public:
    struct places {
        simulation& in;
        cloud_server& cloud;
        gateway_server* gateway = nullptr;  // nullptr: a configuration without cards
        pms_server& pms;
        std::string hub_origin;
    };

    guest_stay(places at, const demo_room& room);

    // Tells each step with say(). Ends early when the program stops.
    task<void> play();

  private:
    task<void> check_in();
    task<void> make_card();
    task<void> use_the_doors();
    task<void> ask_for_state();
    task<void> check_out();

    // One lockapi call, signed; its answer, or null where there was none.
    task<wire::json_value> call(std::string method, text_fields fields);
    // Until the PMS has been told, for a few seconds at most.
    task<void> hear(std::function<bool(const callback_seen&)> wanted);
    task<void> hear_of(std::string action_id);
    text_fields room_fields() const;
    void try_the_pin(const char* expected);

    places at_;
    const demo_room& room_;
    std::string pin_;
    std::string card_id_;
    std::size_t heard_before_ = 0;
};

// enableGuestPwd for that room with a fresh PIN, signed: what the demo prints for a first try by hand.
std::string check_in_form(const demo_room& room, const std::string& pin, time_point now, const pms_registration& pms);

}  // namespace lockhub::simulators
