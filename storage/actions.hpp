#pragma once
// What store.hpp says of actions, the commands that carry them, and PINs.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/action.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/delivery.hpp"

namespace lockhub::storage {

// A room may have its passwords from one lock and its cards from another.
enum class lock_service { password, card };
std::string_view to_string(lock_service service);

// What a PMS wants done. Its commands run one after another with those of the same lock, in the order accepted; cards,
// with those of the same reader.
struct action_request {
    pms_id pms;
    hotel_no hotel;
    room_id room;                             // empty: read_card and clear_card, which are about what lies on a reader
    std::string method;                       // "enableGuestPwd"
    std::array<std::byte, 16> request_key{};  // of the request without hmac: the same while open → the same action
    // set_pin, remove_pin, freeze_pin, unfreeze_pin, make_card, read_card, clear_card, lose_cards, open_door,
    // upload_face, stop_face, upload_fingerprint, stop_fingerprint, grant_access or revoke_access
    command_verb verb = command_verb::set_pin;
    account_id reader_account{};  // make_card, read_card, clear_card: whose reader it is
    std::string reader_id{};
    secret pin;
    bool manage = false;
    std::optional<time_point> valid_until;
    std::string operator_guid;
    std::string operator_name;
    std::optional<delivery_kind> callback = delivery_kind::password_result;  // nullopt: none was promised
    // Faces, fingerprints and access: whose. A guest's id of the PMS's, or a mobile number; "" of stop_face and
    // stop_fingerprint: everybody's of the room.
    std::string holder{};
    std::string holder_name{};  // grant_access
    secret biometric{};         // as vendor_command has it; kept sealed until the action is final, then erased
    std::optional<time_point> valid_from{};
    bool only_if_online = true;  // do not open, answer lock_offline, when the lock is known to be off line
};

// An action takes the place of older ones of the same room whose commands were never sent, where one undoes what the
// other does: setting and removing a PIN of one purpose, freezing and unfreezing it, giving a face, a fingerprint or
// access to one holder and taking it back. They become superseded, with code -1 and their callback. The same request
// again does so with what was asked for in between.
// An order to open a door that is not sent within limits::open_door_validity expires; one whose reply is lost is
// unverifiable at once.
struct action_opened {
    enum class kind {
        opened,
        already_open,   // the same request while its action is open
        nothing_to_do,  // what is to be taken back is not known to the hub: recorded as succeeded
        cannot_remove,  // remove_pin of a computed PIN alone that only its end takes away: no action is recorded
        unknown_room,
        no_lock,       // the room has no lock for this service
        not_served,    // its lock cloud has no such call
        wrong_reader,  // make_card: the reader's account is not the one of the room's card lock
        lock_offline,
        no_such_pin,  // freeze_pin, unfreeze_pin: the hub knows no PIN of that purpose on the lock
    };
    kind what = kind::opened;
    action_id action;    // opened, already_open, nothing_to_do
    secret pin;          // already_open: the PIN of the open action
    account_id account;  // of the lock: all kinds but unknown_room and no_lock
    std::string lock_uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;
    std::optional<time_point> pin_valid_until{};  // cannot_remove
    bool accepted = false;                        // already_open: its lock cloud has taken it, the result comes later
};

// An action that is answered within its own request and promises no callback (lock off line: a computed PIN). Its PIN
// is kept as one that opens the lock until `pin_valid_until`.
struct answered_action {
    action_request request;
    std::string note;  // for the operator: "dynamic password, lock off line"
    std::optional<time_point> pin_valid_until{};
};

// The PIN of a room, shown to its PMS. Each such call leaves an audit row.
struct pin_question {
    pms_id pms;
    hotel_no hotel;
    room_id room;
    bool manage = false;
    std::string method;  // "queryGuestPwd"
    std::string operator_guid;
    std::string operator_name;
};
struct pin_known {
    enum class kind { known, none, unknown_room, no_lock };
    kind what = kind::none;
    secret pin;  // known
    std::optional<time_point> valid_until;
    bool frozen = false;            // known: it does not open the lock until it is unfrozen
    bool change_under_way = false;  // an action of the same room and purpose is open
};

// --- commands ----------------------------------------------------------------------------------------------------

struct command_lease_request {
    std::string owner;
    duration lease{};
    struct share {
        account_id account;
        std::size_t limit = 0;
    };
    std::vector<share> shares;  // accounts that may send now, and how many calls each
};

struct leased_command {
    command_id id;
    std::int64_t lease_token = 0;
    command_state state = command_state::sending;  // sending, probing or polling
    account_id account;
    action_id action;
    vendor_command command;
    std::string ref;
    std::uint32_t sends = 0;          // calls that may have reached the cloud, this one included when sending
    std::uint32_t probes = 0;         // questions asked since the last send, this one included when asking
    std::uint32_t absent_probes = 0;  // in a row
    time_point opened_at{};
    time_point accepted_at{};  // epoch: not accepted yet
};

// What a reply or an answer says about the lock itself, beside the command.
struct lock_condition {
    std::optional<bool> online{};
    std::optional<int> battery_percent{};
    std::optional<int> signal_percent{};
};

// What a step of the command machine decided; storage applies it as one unit with everything it causes: a parked result
// that matches `ref`, the action's final state, the callback's outbox row, the credential projection.
struct command_settlement {
    command_id id;
    std::int64_t lease_token = 0;
    command_state next = command_state::pending;  // never a leased state
    time_point due_at{};                          // of pending, uncertain and awaiting
    std::string ref;                              // awaiting: the cloud's reference; "" keeps what is there
    std::string credential_ref;                   // "" keeps what is there
    bool credential_gone = false;                 // the lock has no PIN of that reference: the next send sets a new one
    bool asked_absent = false;                    // the probe said absent
    bool count_attempt = true;                    // false: interrupted by a stop, or refused before anything was sent
    int final_code = 0;                           // done: 0; rejected, expired: the code the PMS gets
    std::string message;                          // what happened, for the operator and as msg; no secrets
    std::int64_t vendor_code = 0;
    lock_condition lock{};
    std::optional<card_facts> card{};  // done, of a card command: what the reader showed
};

struct command_settled {
    bool finished = false;  // the action has its final code now
    action_state action = action_state::open;
};

}  // namespace lockhub::storage
