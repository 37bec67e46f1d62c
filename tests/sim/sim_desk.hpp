#pragma once
// The front desk of a simulated hotel: what its PMS asks of the hub, and what it was promised. One thread, virtual
// time.
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "dispatch/net/task_group.hpp"
#include "tests/sim/sim_network.hpp"
#include "tests/sim/sim_room.hpp"
#include "tests/simulators/pms_system.hpp"

namespace lockhub::sim {

// An action whose callback was promised.
struct promise {
    std::string action;
    std::string room;  // "" for what lies on the card reader
    std::string pin;   // "" for cards
};

class sim_desk {
  public:
    static constexpr const char* hotel = "H10086";
    static constexpr const char* reader = "d0000000";

    sim_desk(dispatch::asio::io_context& io, sim_network& network, simulators::gateway_box& gateway,
             simulators::random_source& random, simulators::pms_registration pms);

    // One call of the lockapi about that room, answered whenever the hub answers.
    void something_for(const sim_room& room);

    const std::vector<promise>& promised() const { return promised_; }

    // PINs this desk chose; others the hub did. Guests' begin with 1 to 4, the staff's with 5 to 9; each is used once.
    bool chose(const std::string& pin) const { return chosen_.contains(pin); }
    static bool is_guests(const std::string& pin) { return pin.front() < '5'; }

    // How often a room's door was ordered to open.
    std::uint64_t doors_ordered(const std::string& room) const {
        const auto found = doors_ordered_.find(room);
        return found == doors_ordered_.end() ? 0 : found->second;
    }

  private:
    void enable(const std::string& room);
    void at_the_reader(const std::string& room);
    void beyond_pins(const sim_room& room);
    void about_a_face(const std::string& room);
    void about_a_phone(const std::string& room);
    void send(std::string method, simulators::text_fields fields);
    task<void> call(std::string method, std::string body);
    void take_promise(const std::string& method, const simulators::text_fields& fields, const std::string& answer);
    std::size_t pick(std::size_t below);
    bool chance(double p);

    sim_network& network_;
    simulators::gateway_box& gateway_;
    simulators::random_source& random_;
    simulators::pms_registration pms_;
    dispatch::task_group calls_;
    std::vector<promise> promised_;
    std::set<std::string> chosen_;
    std::vector<std::string> cards_made_;
    std::map<std::string, std::uint64_t> doors_ordered_;
    std::uint64_t calls_made_ = 0;
};

}  // namespace lockhub::sim
