#pragma once
// What becomes of a leased command: one event in, one settlement out. Pure.
//
// An order to open a door is sent within limits::open_door_validity or never, and never again: a door that opens a
// minute later by itself is a burglar's friend. A lost reply leaves it to an operator at once.
//
// The rule behind it: nothing that may have reached the lock cloud is sent again before the cloud was asked and has
// said twice that it knows nothing of it; and a PMS gets exactly one final code.
#include <cstdint>
#include <string>
#include <variant>

#include "schemas/core/time.hpp"
#include "schemas/domain/command.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

struct command_rules {
    duration result_poll_after =
        std::chrono::seconds(60);  // from acceptance to the first question, then between questions
    duration result_expires_after = std::chrono::minutes(15);  // from opening (never sent) or acceptance (no result)
    duration doubt_ends_after = std::chrono::hours(24);  // a lost reply nobody could clear up by then: unverifiable
};

inline constexpr duration first_probe_after = std::chrono::seconds(5);    // of a lost reply
inline constexpr duration absent_twice_apart = std::chrono::seconds(30);  // the cloud may show a new PIN late
inline constexpr int code_of_failure = -1;                                // document 000: the lock's own error

namespace command_event {
struct replied {  // sending
    command_reply reply;
};
struct token_refused_again {  // sending: the renewed token was refused too
    std::string message;
};
struct not_sent {  // certainly no byte of the request left: no connection, no token, the breaker is open
    std::string why;
    time_point not_before{};  // the breaker's, or none
};
struct reply_lost {  // sending: it may have reached the cloud
    std::string why;
};
struct too_late {};     // sending: its time was over before the first byte
struct cannot_encode {  // sending: the cloud has no such call, or the command lacks what it needs
    std::string why;
};
struct probed {  // probing, polling
    probe_reply reply;
};
struct no_answer {  // probing, polling: the question was lost, or could not be asked now
    std::string why;
    time_point not_before{};
};
struct cannot_ask {};   // probing, polling: the cloud has no way to ask
struct interrupted {};  // the hub stops: sending before anything was handed to the transport; or probing, polling
}  // namespace command_event

using command_event_type = std::variant<command_event::replied, command_event::token_refused_again,
                                        command_event::not_sent, command_event::reply_lost, command_event::too_late,
                                        command_event::cannot_encode, command_event::probed, command_event::no_answer,
                                        command_event::cannot_ask, command_event::interrupted>;

// True for a leased command in `sending` that is too old to be sent at all; settle it with settle_expired.
bool expired_unsent(const storage::leased_command& command, const command_rules& rules, time_point now);
storage::command_settlement settle_expired(const storage::leased_command& command);

// A reply that asks for a retry is believed only with such a status: behind any other (a gateway's 502 or 504, a
// success without a readable body) the cloud may well have taken the command, and it is reply_lost.
bool certainly_not_done(int http_status);

// Throws std::logic_error for an event that cannot come in the command's state. reply::renew_token is no event of this
// machine: the runner renews once, then reports token_refused_again.
storage::command_settlement settle_command(const storage::leased_command& command, const command_event_type& event,
                                           const command_rules& rules, time_point now);

}  // namespace lockhub::dispatch
