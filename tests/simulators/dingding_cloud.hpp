#pragma once
// The cloud of one 丁盯 account, as document 001 and PROTOCOLS 2 have it: tokens, locks, passwords, and the pushes its
// locks cause. No I/O, no clock, no randomness of its own; one thread.
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/wire/json_value.hpp"
#include "tests/simulators/answer.hpp"
#include "tests/simulators/busy.hpp"
#include "tests/simulators/dingding_call.hpp"
#include "tests/simulators/dingding_lock.hpp"
#include "tests/simulators/dingding_places.hpp"
#include "tests/simulators/fault.hpp"
#include "tests/simulators/knobs.hpp"
#include "tests/simulators/rate_meter.hpp"

namespace lockhub::simulators {

struct dingding_registration {
    std::string event_url = "https://hub.example.com/in/dd/k7Qm2/event";  // what `sign` is computed over
    std::string result_url = "https://hub.example.com/in/dd/k7Qm2/result";
    std::string client_id = "demo";
    std::string client_secret = "demo-secret";
    std::int64_t first_service_id = 700000100;  // a cloud that is started again must go on above what it gave before
};

struct dingding_knobs {
    std::string only_verb;  // drop, error and server_error strike this verb alone; "": every verb
    fault drop;             // nothing done, no answer
    fault lose_reply;       // done, no answer
    fault error;            // nothing done, ErrNo error_code
    fault server_error;     // nothing done, HTTP 502 with a page
    fault lie;              // says accepted, does nothing
    fault fail_operation;   // the lock reports 5101
    std::string fail_verb;  // fail_operation strikes this verb alone; "": every verb
    fault stuck;            // the lock never reports
    fault lose_push;        // done, and its result push is never sent
    fault duplicate;        // the push is sent twice
    fault reorder;          // the result push is answered before the call is
    duration answer_delay{};
    duration result_delay = duration(50);
    duration token_life = std::chrono::hours(72);
    std::int64_t error_code = 15000;
    std::string sign = "right";
    std::string offline = "refuse";  // of a call for a lock that is off line: refuse, or accept and stay silent
    busy_knobs load{};
    std::int64_t repush = 0;  // times a push the hub did not acknowledge is sent again
};

class dingding_cloud {
  public:
    explicit dingding_cloud(dingding_registration registration);
    dingding_cloud(const dingding_cloud&) = delete;  // the board refers to the knobs inside
    dingding_cloud& operator=(const dingding_cloud&) = delete;

    dingding_lock& add_lock(std::string uuid, std::string home_id, std::string room_id, std::string nickname = {});
    dingding_lock* find_lock(std::string_view uuid);
    const dingding_places& places() const { return places_; }
    bool confirm_order(const wire::json_value& with, time_point now) { return places_.confirm_order(with, now); }

    answer handle(const wire::http_request& request, time_point now, random_source& random);

    // --- what happens at the doors; each returns the pushes it causes. `detail` is compact JSON, "" for none.
    std::vector<scheduled_push> raise_event(std::string_view event, std::string_view uuid, std::string_view detail,
                                            time_point now, random_source& random);
    std::vector<scheduled_push> battery_alarm(std::string_view uuid, int percent, time_point now,
                                              random_source& random);
    // Digits typed at the door: what opens is pushed and in the log, the third wrong ones in a row are an alarm.
    door_answer try_digits(std::string_view uuid, std::string_view digits, time_point now, random_source& random,
                           std::vector<scheduled_push>& pushes);
    std::vector<scheduled_push> open_by_pin(std::string_view uuid, std::int64_t pin_id, time_point now,
                                            random_source& random);
    // Late bulk upload of one opening by each of these passwords, a minute apart, the last one an hour ago.
    std::vector<scheduled_push> upload_history(std::string_view uuid, const std::vector<std::int64_t>& pin_ids,
                                               time_point now, random_source& random);
    std::vector<scheduled_push> set_online(std::string_view uuid, bool online, time_point now, random_source& random);
    // Taken away at the lock itself; without `tell` nobody hears of it.
    std::vector<scheduled_push> delete_at_door(std::string_view uuid, std::int64_t pin_id, bool tell, time_point now,
                                               random_source& random);
    // Made at the lock itself; its id is free and small.
    std::vector<scheduled_push> add_at_door(std::string_view uuid, std::string digits, std::string name, bool tell,
                                            time_point now, random_source& random);
    void expire_tokens(time_point now);

    dingding_knobs knobs;
    knob_board& board() { return board_; }
    const dingding_registration& registration() const { return registration_; }

    // {"locks":[…],"pins_sent":[…],"calls":{verb:count},"log":[…]}: everything a test wants to know, digits too.
    std::string state_json(time_point now);
    // Puts the passwords of a state_json() back on the locks there are: a cloud remembers when its simulator does not.
    void restore(const wire::json_value& state);
    std::uint64_t calls(std::string_view verb) const;
    // Calls that put a password on a lock under this name, new or in place of another: what "one action, one answer"
    // is checked against.
    std::size_t times_sent(std::string_view name) const;

  private:
    struct outcome;
    struct pin_sent {
        std::string uuid;
        std::string name;
        std::int64_t id = 0;
        time_point at{};
    };
    struct call_made {
        time_point at{};
        std::string verb;
        std::string uuid;
        std::int64_t error_number = 0;
        std::string note;
    };

    outcome run(const dingding_call& call, time_point now, random_source& random);
    outcome give_token(const dingding_call& call, time_point now);
    outcome change_pin(const dingding_call& call, dingding_lock& lock, time_point now, random_source& random);
    outcome start_change(dingding_lock& lock, pin& target, pin_change change, time_point now, random_source& random);
    outcome list_devices(const dingding_call& call) const;
    outcome show_center(const dingding_call& call) const;
    outcome change_places(const dingding_call& call, time_point now, random_source& random);
    std::int64_t check_token(const dingding_call& call, time_point now) const;
    scheduled_push result_push(const dingding_lock& lock, const ended_change& ended, time_point at) const;
    void twice_by_fault(std::vector<scheduled_push>& pushes, random_source& random);
    void remember(const dingding_call& call, std::int64_t error_number, std::string note, time_point now);
    void fill_board();

    dingding_registration registration_;
    knob_board board_;
    std::map<std::string, dingding_lock, std::less<>> locks_;
    dingding_places places_;
    std::map<std::string, time_point, std::less<>> tokens_;  // and when each expires
    std::uint64_t tokens_given_ = 0;
    std::int64_t next_service_id_;
    std::int64_t last_event_ms_ = 0;
    std::vector<pin_sent> pins_sent_;
    std::map<std::string, std::uint64_t, std::less<>> calls_;
    rate_meter meter_;           // of calls, those for a token aside
    std::deque<call_made> log_;  // the latest
};

}  // namespace lockhub::simulators
