#pragma once
// One simulated door of 云柚: its PINs and its access grants, each under a mobile number, and its log of openings.
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "schemas/core/time.hpp"
#include "tests/simulators/door_answer.hpp"

namespace lockhub::simulators {

struct yeeuu_permission {
    time_point from{};
    time_point until{};
    std::string author;
    std::string holder_name;
    std::string digits;  // of a PIN

    bool valid_at(time_point now) const { return from <= now && now <= until; }
};

// `type` as the log has it.
enum class yeeuu_opened_by { alms = 0, wechat = 1, app = 2, password = 3, api = 4 };

struct yeeuu_opening {
    time_point at{};
    yeeuu_opened_by by = yeeuu_opened_by::password;
    std::string opener;
};

struct yeeuu_door {
    std::string lock;  // "code" or "code/door"
    std::string building_id;
    bool online = true;
    std::map<std::string, yeeuu_permission, std::less<>> pins;
    std::map<std::string, yeeuu_permission, std::less<>> grants;
    std::deque<yeeuu_opening> log;  // newest first

    void note_opening(yeeuu_opening opening);
    // What opens is in the log.
    door_answer open_by_pin(std::string_view digits, time_point now);
    // With the phone of somebody who was granted access, from WeChat or the app.
    door_answer open_by_phone(std::string_view mobile, yeeuu_opened_by by, time_point now);
    bool may_open(std::string_view mobile, time_point now) const;
};

}  // namespace lockhub::simulators
