#pragma once
// Commands to lock clouds, in the domain's words; each cloud's codec turns them into its own calls.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"

namespace lockhub {

enum class command_verb : std::uint8_t {
    set_pin,           // 丁盯 add_password
    replace_pin,       // 丁盯 update_password; names the old one by credential_ref
    remove_pin,        // 丁盯 delete_password
    freeze_pin,        // 丁盯 frozen_password
    unfreeze_pin,      // 丁盯 unfrozen_password
    read_pins,         // 丁盯 fetch_passwords
    read_dynamic_pin,  // 丁盯 get_dynamic_password_plaintext
    read_lock,         // 丁盯 get_lock_info
};
std::string_view to_string(command_verb verb);
std::optional<command_verb> command_verb_from(std::string_view name);
bool changes_lock(command_verb verb);  // true: is sent only under a persisted intent

struct vendor_command {
    command_verb verb = command_verb::set_pin;
    std::string lock_uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;
    std::string credential_ref;  // the vendor's password id where the verb needs one
    secret pin;
    std::string label;    // our mark on what the command makes: the actionId; probes look for it
    bool manage = false;  // a management PIN (丁盯: is_default, id 999), not a guest's
    std::optional<time_point> valid_from;
    std::optional<time_point> valid_until;  // nullopt: for ever
};

// One PIN as a lock cloud reports it.
struct reported_credential {
    enum class progress { running, failed, done };

    std::string credential_ref;
    std::string label;
    bool manage = false;
    progress stage = progress::done;
    std::optional<command_verb> operation;  // what is or was last done to it
    std::optional<time_point> valid_from;
    std::optional<time_point> valid_until;
};

struct command_facts {
    std::string credential_ref;
    secret pin;
    std::optional<time_point> pin_valid_until;
    std::optional<bool> online;
    std::optional<int> battery_percent;
    std::vector<reported_credential> credentials;
};

// What the cloud's reply to a command says.
namespace reply {
struct accepted {     // under way; a result with this reference follows by push or poll
    std::string ref;  // may be empty where the cloud gave none: only polling settles it then
    std::string credential_ref;
};
struct done {
    command_facts facts;
};
struct rejected {  // final: sending it again would be refused again
    std::int64_t code = 0;
    std::string message;              // the vendor's text
    bool credential_unknown = false;  // the lock has no PIN of that reference: a new one can be set
};
struct retry {  // not done, and worth another try
    std::optional<duration> after;
    std::string message;
};
struct renew_token {  // the token was refused: get a new one and send once more
    std::string message;
};
}  // namespace reply
using command_reply = std::variant<reply::accepted, reply::done, reply::rejected, reply::retry, reply::renew_token>;

// What asking the cloud about a command whose reply was lost, or whose result stays out, says.
namespace probe {
struct absent {};  // the cloud knows nothing of it
struct running {
    std::string credential_ref;
};
struct done {
    std::string credential_ref;
};
struct failed {
    std::string message;
};
struct unclear {  // the answer could not be read, or the token was refused: ask again
    bool renew_token = false;
    std::string message;
};
}  // namespace probe
using probe_reply = std::variant<probe::absent, probe::running, probe::done, probe::failed, probe::unclear>;

}  // namespace lockhub
