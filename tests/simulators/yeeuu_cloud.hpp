#pragma once
// The cloud of one 云柚 partner, as document 004 and PROTOCOLS 3 have it: apartments and their doors, PINs and access
// grants by mobile number, and the log of each door. It never calls anybody. No I/O, no clock, no randomness of its
// own; one thread.
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/answer.hpp"
#include "tests/simulators/busy.hpp"
#include "tests/simulators/fault.hpp"
#include "tests/simulators/knobs.hpp"
#include "tests/simulators/rate_meter.hpp"
#include "tests/simulators/yeeuu_call.hpp"
#include "tests/simulators/yeeuu_door.hpp"

namespace lockhub::simulators {

struct yeeuu_registration {
    std::string partner_id = "000000000000000000000001";
    std::string secret = "demo-secret";
};

struct yeeuu_knobs {
    std::string only_method;  // the faults strike this method alone; "": every method
    fault drop;               // nothing done, no answer
    fault lose_reply;         // done, no answer
    fault error;              // nothing done, success false with error_text
    fault server_error;       // nothing done, HTTP 502 with a page
    fault html;               // done, HTTP 200 with a page
    fault lie;                // says done, does nothing
    duration answer_delay{};
    std::string error_text = "操作失败";
    duration timestamp_window = std::chrono::minutes(5);  // a timestamp this far off is refused; 0: any is taken
    std::string nonce_reuse = "refuse";
    std::string quotes = "straight";  // typographic: as the document prints its samples
    std::string offline = "refuse";   // of a call for a door off line: refuse, or close without an answer
    std::string remote = "anyone";    // who may open from afar: anyone, or numbers an auth names
    std::string log_order = "newest";
    busy_knobs load{};
};

class yeeuu_cloud {
  public:
    explicit yeeuu_cloud(yeeuu_registration registration);
    yeeuu_cloud(const yeeuu_cloud&) = delete;  // the board refers to the knobs inside
    yeeuu_cloud& operator=(const yeeuu_cloud&) = delete;

    // `lock` is "code" or "code/door". A door that is there already keeps what it has.
    yeeuu_door& add_door(std::string lock, std::string building_id);
    yeeuu_door* find_door(std::string_view lock);

    answer handle(const wire::http_request& request, time_point now, random_source& random);

    // A door nobody knows does not open.
    door_answer open_by_pin(std::string_view lock, std::string_view digits, time_point now);
    door_answer open_by_phone(std::string_view lock, std::string_view mobile, yeeuu_opened_by by, time_point now);

    yeeuu_knobs knobs;
    knob_board& board() { return board_; }
    const yeeuu_registration& registration() const { return registration_; }

    // {"doors":[…],"apartments":[…],"calls":{…},"log":[…]}: everything a test wants to know, digits too.
    std::string state_json() const;
    // Puts the doors, PINs and grants of a state_json() back: a lock remembers when its simulator does not.
    void restore(const wire::json_value& state);
    std::uint64_t calls(std::string_view method) const;
    // Calls that put a PIN on a door under this authoredName: what "one action, one answer" is checked against.
    std::size_t times_sent(std::string_view holder_name) const;

  private:
    struct outcome {
        bool success = true;
        std::string description = "操作成功";
        std::string extra;    // further members, as JSON with a comma before
        bool silent = false;  // the connection is closed without an answer

        static outcome refused(std::string why);
        std::string json(std::string_view quotes) const;
    };
    struct call_made {
        time_point at{};
        std::string method;
        std::string lock;
        bool success = false;
        std::string note;
    };

    outcome run(const yeeuu_call& call, time_point now);
    // The list takes the place of the one before; a door that is in it no more is gone, with what it knew.
    outcome synchronize(const yeeuu_call& call);
    outcome change_door(const yeeuu_call& call, yeeuu_door& door, time_point now);
    outcome open_remotely(const yeeuu_call& call, yeeuu_door& door, time_point now);
    outcome read_log(const yeeuu_call& call, const yeeuu_door& door) const;
    bool is_signed(const yeeuu_call& call, time_point now);
    void remember(const yeeuu_call& call, bool success, std::string note, time_point now);
    void fill_board();

    yeeuu_registration registration_;
    knob_board board_;
    std::map<std::string, yeeuu_door, std::less<>> doors_;
    std::map<std::string, std::string, std::less<>> apartments_;  // by lock: the entry as it was synchronized
    std::deque<std::string> nonces_;                              // the latest
    std::vector<std::string> pins_sent_;                          // authoredName of each
    std::map<std::string, std::uint64_t, std::less<>> calls_;
    rate_meter meter_;           // of calls, those for a token aside
    std::deque<call_made> log_;  // the latest
};

}  // namespace lockhub::simulators
