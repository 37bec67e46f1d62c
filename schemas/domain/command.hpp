#pragma once
// Commands to lock clouds, in the domain's words; each cloud's codec turns them into its own calls.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"

namespace lockhub {

enum class command_verb : std::uint8_t {
    set_pin,             // 丁盯 add_password
    replace_pin,         // 丁盯 update_password; names the old one by credential_ref
    remove_pin,          // 丁盯 delete_password
    freeze_pin,          // 丁盯 frozen_password
    unfreeze_pin,        // 丁盯 unfrozen_password
    read_pins,           // 丁盯 fetch_passwords
    read_dynamic_pin,    // 丁盯 get_dynamic_password_plaintext
    read_lock,           // 丁盯 get_lock_info
    read_log,            // 丁盯 get_lock_events
    list_devices,        // 丁盯 find_home_devices; gateway GetRoomList
    make_card,           // gateway MarkRoomCard
    read_card,           // gateway ReadCard: the card that lies on the reader
    clear_card,          // gateway ClearRoomCard: that one card
    lose_cards,          // gateway ClearRoomCard without a card: every card of the room
    open_door,           // gateway GatewayOpen; 云柚 remote_action
    upload_face,         // gateway GatewayUploadFace
    stop_face,           // gateway GatewayStopFace
    upload_fingerprint,  // gateway GatewayUploadFinger
    stop_fingerprint,    // gateway GatewayStopFinger
    grant_access,        // 云柚 auth
    revoke_access,       // 云柚 delete_auth
    read_operation_log,  // 丁盯 search_device_op_log
    count_log,           // 云柚 get_device_logs_page_count: of a log that read_log reads page by page
};
std::string_view to_string(command_verb verb);
std::optional<command_verb> command_verb_from(std::string_view name);
bool changes_lock(command_verb verb);  // true: is sent only under a persisted intent

// A set of verbs: what a lock cloud can do.
class verb_set {
  public:
    constexpr verb_set() = default;
    constexpr verb_set(std::initializer_list<command_verb> verbs) {
        for (const auto verb : verbs) bits_ |= bit(verb);
    }
    constexpr bool has(command_verb verb) const { return (bits_ & bit(verb)) != 0; }
    bool operator==(const verb_set&) const = default;

  private:
    static constexpr std::uint64_t bit(command_verb verb) { return std::uint64_t{1} << std::to_underlying(verb); }
    std::uint64_t bits_ = 0;
};

// A room card, as its reader shows it.
struct card_facts {
    std::string card_id{};
    std::string lock_uuid{};  // the cloud's name of the lock it opens (gateway: rm_id)
    std::optional<time_point> valid_from{};
    std::optional<time_point> valid_until{};

    bool operator==(const card_facts&) const = default;
};

// Which part of a log is asked for.
struct log_page {
    time_point from{};
    time_point until{};
    std::size_t offset = 0;
    std::size_t count = 0;
};

struct vendor_command {
    command_verb verb = command_verb::set_pin;
    std::string lock_uuid;  // gateway: rm_id, "" for a card reader
    std::string cloud_home_id;
    std::string cloud_room_id;
    std::string credential_ref;  // the vendor's password id where the verb needs one
    secret pin{};
    std::string label;    // our mark on what the command makes: the actionId; probes look for it
    bool manage = false;  // a management PIN (丁盯: is_default, id 999), not a guest's
    std::optional<time_point> valid_from{};
    std::optional<time_point> valid_until{};  // nullopt: for ever
    bool offline_pin = false;                 // remove_pin: one that was computed, not sent to the lock
    card_facts card{};                        // clear_card: the one to clear
    log_page page{};                          // read_log, read_operation_log; count_log: `count` of a page
    secret biometric{};         // upload_face: base64 of a JPEG or PNG picture; upload_fingerprint: hexadecimal digits
    std::string holder{};       // grant_access, revoke_access: the mobile number that gets or loses access
    std::string holder_name{};  // grant_access
};

// One PIN as a lock cloud reports it.
struct reported_credential {
    enum class progress { running, failed, done };

    std::string credential_ref;
    std::string label;
    bool manage = false;
    progress stage = progress::done;
    std::optional<command_verb> operation;  // what is or was last done to it
    std::optional<time_point> valid_from{};
    std::optional<time_point> valid_until{};
    bool frozen = false;
};

// One opening as a lock cloud's log has it: the same fields as of a pushed one, so that both fall together.
struct reported_opening {
    time_point occurred_at{};
    int source = 0;
    std::string source_id;
    std::string source_name;

    bool operator==(const reported_opening&) const = default;
};

// One thing done to a lock or its room by whoever manages it there, as a lock cloud's own log has it.
struct reported_operation {
    time_point occurred_at{};
    std::string operation;      // the vendor's id of what was done (丁盯: op_id)
    std::string operator_name;  // who
    std::string target;         // to what
    std::string recipient;      // for whom; may be empty

    bool operator==(const reported_operation&) const = default;
};

// A lock a cloud knows: what rooms can be matched with.
struct reported_device {
    std::string lock_uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;
    std::string name;            // what its owner calls it: a room number, with luck
    std::string gateway_uuid{};  // the lock gateway it is reached through; "" where nobody said

    bool operator==(const reported_device&) const = default;
};

struct command_facts {
    std::string credential_ref{};
    secret pin{};
    std::optional<time_point> pin_valid_until{};
    std::optional<bool> online{};
    std::optional<int> battery_percent{};
    std::optional<int> signal_percent{};
    std::optional<card_facts> card{};
    std::vector<reported_credential> credentials{};
    std::vector<reported_opening> openings{};
    std::vector<reported_device> devices{};
    std::vector<reported_operation> operations{};
    std::size_t log_entries = 0;             // read_log: entries of the page, openings or not
    std::optional<std::size_t> log_pages{};  // count_log
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
    std::optional<bool> online{};     // what the refusal says about the lock
};
struct retry {  // not done, and worth another try
    std::optional<duration> after;
    std::string message;
    bool certain = false;  // the cloud itself says that it did nothing: no need to ask before the next try
    bool busy = false;     // it has too much to do: the whole account waits before its next call
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
    std::optional<card_facts> card{};
};
struct failed {
    std::string message;
};
struct undecided {  // it answered, and the answer cannot prove anything: an operator decides
    std::string message;
};
struct unclear {  // the answer could not be read, or the token was refused: ask again
    bool renew_token = false;
    std::string message;
    bool busy = false;  // as of reply::retry
    std::optional<duration> after{};
};
}  // namespace probe
using probe_reply =
    std::variant<probe::absent, probe::running, probe::done, probe::failed, probe::undecided, probe::unclear>;

}  // namespace lockhub
