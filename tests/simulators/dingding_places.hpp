#pragma once
// Homes, rooms and installation orders of a simulated 丁盯 account (document 001, sections 5 and 8). Ids are their
// owner's. No I/O, no clock; one thread.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/time.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/dingding_call.hpp"

namespace lockhub::simulators {

struct dingding_room {
    std::string name;
    std::string description;
};

struct dingding_order {
    std::int64_t date_s = 0;
    std::int64_t time = 100;  // 100 the whole day, 101 morning, 102 afternoon, 103 evening, or a stamp in seconds
    std::string name, phone, note;
    bool confirmed = false;
    std::string installer, installer_phone;
    std::int64_t confirmed_date_s = 0;
    std::int64_t confirmed_time = 100;
    time_point made_at{};
    time_point changed_at{};
};

struct dingding_home {
    std::string name, location, description;
    int sp_state = 1;       // 1: not installed, 2: may be managed
    int install_state = 4;  // 3: an installer is assigned, 4: none is, 5: installed
    std::map<std::string, dingding_room, std::less<>> rooms;
    std::optional<dingding_order> order;
};

// The answer to a call, and the devices that go with what it removed.
struct place_answer {
    std::int64_t number = 0;
    std::string body;
    std::optional<std::string> home_gone;                          // with every device
    std::optional<std::pair<std::string, std::string>> room_gone;  // home and room, with its lock
};

class dingding_places {
  public:
    static bool serves(std::string_view verb);

    // A lock was installed there: what it stands in exists.
    void install(std::string_view home, std::string_view room, std::string_view name);
    // `service_id` is what an asynchronous answer gets.
    place_answer handle(const dingding_call& call, std::int64_t service_id, time_point now);
    // What a call that does nothing says.
    static place_answer untrue_answer(const dingding_call& call, std::int64_t service_id);
    // The installer takes the order: from now on it cannot be changed. False: there is none.
    bool confirm_order(const wire::json_value& with, time_point now);

    const std::map<std::string, dingding_home, std::less<>>& homes() const { return homes_; }
    void write(wire::json_writer& out) const;  // the members "homes" and "orders" of an open object
    void restore(const wire::json_value& state);

  private:
    place_answer add_home(const dingding_call& call);
    place_answer update_home(const dingding_call& call);
    place_answer delete_home(const dingding_call& call, std::int64_t service_id);
    place_answer find_states(const dingding_call& call) const;
    place_answer change_room(const dingding_call& call);
    place_answer delete_room(const dingding_call& call);
    place_answer add_order(const dingding_call& call, time_point now);
    place_answer update_order(const dingding_call& call, time_point now);
    place_answer find_orders(const dingding_call& call) const;
    dingding_home* find(std::string_view home);

    std::map<std::string, dingding_home, std::less<>> homes_;
};

}  // namespace lockhub::simulators
