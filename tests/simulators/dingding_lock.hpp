#pragma once
// One simulated 丁盯 lock with its passwords. A password operation runs at the lock for a while and then takes effect
// or fails; what the cloud reports follows from the time asked about.
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/core/time.hpp"
#include "tests/simulators/door_answer.hpp"

namespace lockhub::simulators {

// Numbers as fetch_passwords has them.
enum class pin_operation { add = 1, remove = 2, update = 3, freeze = 4, unfreeze = 5 };
enum class operation_stage { running = 1, failed = 2, done = 3 };

// "Password_Add_Service" and so on.
std::string service_name(pin_operation operation);

struct pin_values {
    std::string name;
    std::string digits;
    std::string send_to;
    std::optional<std::int64_t> begin_s;  // both absent: for ever
    std::optional<std::int64_t> end_s;
};

struct pin_change {
    pin_operation operation = pin_operation::add;
    std::int64_t service_id = 0;
    pin_values values;  // of add and update
    bool fails = false;
    std::optional<time_point> due_at;  // nullopt: runs until the lock comes back, or for ever when it is stuck
    bool stuck = false;
};

struct pin {
    std::int64_t id = 0;
    bool manage = false;
    bool frozen = false;
    bool on_lock = false;  // an add has taken effect
    pin_values values;
    time_point created_at{};
    pin_operation last_operation = pin_operation::add;
    operation_stage stage = operation_stage::running;
    std::optional<pin_change> running;
};

// A change that has ended; the cloud pushes its result.
struct ended_change {
    std::int64_t pin_id = 0;
    pin_change change;
};

// One opening, as the lock's log keeps it.
struct door_opening {
    std::int64_t at_ms = 0;
    std::int64_t pin_id = 0;
};

// Somebody types digits at a door.
struct pin_try {
    door_answer said;
    std::int64_t pin_id = 0;  // of what opened it
    bool alarm = false;       // the third wrong one in a row
};

// One thing done to the lock by way of the cloud, as the cloud's own log keeps it.
struct lock_operation {
    std::int64_t at_ms = 0;
    std::string op_id;
    std::string operator_id;
    std::int64_t pin_id = 0;
    std::string pin_name;
    std::string recipient;  // "" for nobody
};

struct dingding_lock {
    static constexpr int wrong_tries_to_alarm = 3;
    static constexpr std::size_t longest_log = 10'000;  // beyond: the oldest go
    static constexpr std::int64_t manage_pin_id = 999;
    static constexpr std::int64_t first_online_id = 1001;

    std::string uuid;
    std::string home_id;
    std::string room_id;
    std::string nickname;
    bool online = true;
    int battery_percent = 80;
    int link_quality = 200;  // `lqi`, of 255
    time_point onoff_at{};
    std::map<std::int64_t, pin> pins;
    std::int64_t next_id = first_online_id;
    int wrong_tries = 0;
    std::deque<door_opening> log;           // in the order of happening, late ones last
    std::deque<lock_operation> operations;  // in the order of happening

    // A new entry for an add; the management password always has id 999.
    pin& make_pin(bool manage, const pin_values& values, time_point now);
    void opened(door_opening opening);
    // Whether these digits open it now, on line or not: a lock knows its passwords itself.
    pin_try try_digits(std::string_view digits, time_point now);
    void operated(lock_operation operation);
    // Takes what is due by `now` into effect.
    void settle(time_point now);
    // Operations that waited for the lock end at `at`; the due ones are returned for pushing.
    std::vector<ended_change> resume(time_point at);

    // The passwords of fetch_passwords, an object keyed by id text.
    std::string passwords_json(time_point now) const;
};

}  // namespace lockhub::simulators
