#pragma once
// One PMS: takes password, card and event callbacks, tells its hotels and rooms, checks the hmac of both, remembers
// everything. No I/O, no clock, no randomness of its own; one thread.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulators/answer.hpp"
#include "tests/simulators/fault.hpp"
#include "tests/simulators/knobs.hpp"
#include "tests/simulators/pms_directory.hpp"
#include "tests/simulators/rate_meter.hpp"
#include "tests/simulators/signatures.hpp"

namespace lockhub::simulators {

struct pms_registration {
    std::string id = "demopms";
    std::string key = "made-up-sign-key";
};

struct pms_knobs {
    fault refuse;  // HTTP 200, code -1
    fault http_500;
    fault html;        // HTTP 200 with a page instead of JSON
    fault redirect;    // HTTP 302
    fault too_many;    // HTTP 429, Retry-After: retry_after_s
    fault slow;        // answers 0, after slow_ms
    fault drop;        // closes without an answer, forgets the callback
    fault lose_reply;  // takes the callback, closes without an answer
    duration slow_for = duration(15'000);
    duration answer_delay{};
    std::int64_t retry_after_s = 60;
    std::string style = "number";  // of a good answer
};

// One answered or unanswered request, as it came.
struct callback_seen {
    time_point at{};
    std::string path;
    std::string body;
    text_fields fields;
    bool hmac_ok = false;
    bool taken = false;  // this PMS did what the callback says, whether or not the hub heard of it
    bool answered_ok = false;
    std::string answered;  // in a word: "0", "-1", "500", "html", "lost", …
};

class pms_system {
  public:
    explicit pms_system(pms_registration registration);
    pms_system(const pms_system&) = delete;
    pms_system& operator=(const pms_system&) = delete;

    // Every path but the directory's takes callbacks; which one it was stands in callback_seen.
    answer handle(const wire::http_request& request, time_point now, random_source& random);

    pms_knobs knobs;
    pms_directory directory;
    knob_board& board() { return board_; }
    const pms_registration& registration() const { return registration_; }

    const std::vector<callback_seen>& seen() const { return seen_; }
    std::uint64_t bad_hmacs() const { return bad_hmacs_; }
    const rate_meter& rates() const { return rates_; }
    // The different codes this actionId came with, in the order they came first. Refused ones count: they were told.
    std::vector<std::string> codes_told(std::string_view action_id) const;
    std::size_t times_taken(std::string_view event_id) const;  // callbacks of that event this PMS took

    std::string state_json() const;

  private:
    void fill_board();
    bool hmac_fits(const text_fields& fields) const;
    answer decide(callback_seen& callback, random_source& random);

    pms_registration registration_;
    knob_board board_;
    std::vector<callback_seen> seen_;
    rate_meter rates_;
    std::uint64_t bad_hmacs_ = 0;
};

// A lockapi form as a careful PMS sends it: version and pmsId added, signed.
std::string signed_lockapi_form(text_fields fields, const pms_registration& pms);

}  // namespace lockhub::simulators
