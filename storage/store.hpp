#pragma once
// What the rest of the program may ask of storage, in the domain's words. No SQL leaks out: a second engine can stand
// behind this.
//
// Contract: every call is one unit of work. It is queued, committed together with whatever else waits (group commit),
// and only after the commit is durable does its completion run: once, never inside the call itself. Units take effect
// in the order they were submitted. Completions run where the owner's completion sink puts them (the io thread; in a
// simulation, the only thread). Submit from any thread.
// Errors: unavailable (queue full, or the writer is poisoned: nothing was stored), invalid_input, not_found, conflict,
// internal. After a failed COMMIT the store is poisoned for good: every waiter and every later call gets unavailable.
// Leases are (owner, token, until) on the store's own clock. A settle names its token and fails with conflict when the
// token has moved on.
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schemas/core/ids.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/core/time.hpp"
#include "schemas/domain/action.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/delivery.hpp"
#include "schemas/domain/directory.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "schemas/domain/push.hpp"

namespace lockhub::storage {

template <class T>
using completion = std::move_only_function<void(result<T>)>;

struct nothing {};

// --- pushes ------------------------------------------------------------------------------------------------------

struct push_record {
    account_id account;
    parsed_push push;
    std::string body;  // as received; sealed at rest when push.may_carry_pin
    time_point received_at{};
};

struct push_outcome {
    bool repeat = false;
    std::uint32_t stored_records = 0;  // 0 for a repeat
};

// --- lockapi -----------------------------------------------------------------------------------------------------

struct action_request {
    pms_id pms;
    hotel_no hotel;
    room_id room;
    std::string method;                       // "enableGuestPwd"
    std::array<std::byte, 16> request_key{};  // of the request without hmac: the same while open → the same action
    secret pin;
    bool manage = false;
    std::optional<time_point> valid_until;
    std::string operator_guid;
    std::string operator_name;
    bool callback_promised = true;
    bool only_if_online = true;  // do not open, answer lock_offline, when the lock is known to be off line
};

struct action_opened {
    enum class kind { opened, already_open, unknown_room, no_lock, lock_offline };
    kind what = kind::opened;
    action_id action;    // opened, already_open
    secret pin;          // already_open: the PIN of the open action
    account_id account;  // of the room's lock: all kinds but unknown_room and no_lock
    std::string lock_uuid;
    std::string cloud_home_id;
    std::string cloud_room_id;
};

// An action that is answered within its own request and promises no callback (lock off line: the dynamic PIN).
struct answered_action {
    action_request request;
    std::string note;  // for the operator: "dynamic password, lock off line"
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
};

struct command_settled {
    bool finished = false;  // the action has its final code now
    action_state action = action_state::open;
};

// --- deliveries --------------------------------------------------------------------------------------------------

struct delivery_lease_request {
    std::string owner;
    duration lease{};
    struct share {
        pms_id pms;
        std::size_t limit = 0;
    };
    std::vector<share> shares;
};

struct leased_delivery {
    delivery_id id;
    std::int64_t lease_token = 0;
    pms_id pms;
    delivery_kind kind = delivery_kind::event;
    std::string payload;        // without version, pmsId and hmac
    std::uint32_t attempt = 0;  // this one included
    time_point created_at{};
};

struct delivery_settlement {
    delivery_id id;
    std::int64_t lease_token = 0;
    delivery_state next = delivery_state::delivered;  // ready, delivered, held or dead
    time_point due_at{};                              // of ready
    bool count_attempt = true;                        // false: interrupted by a stop, or held back before sending
    time_point started_at{};
    time_point finished_at{};
    error_class why = error_class::none;
    int http_status = 0;
    std::string message;   // bounded, no secrets
    std::string response;  // copy, at most limits::response_copy_bytes
};

// When a PMS has its next delivery due, or an account its next command. Storage reports hints after each commit that
// made work ready; dispatch keeps the earliest per key and asks storage for a window when it comes. A lease that came
// back with fewer rows than a share's limit reports, for that key, when the earliest row it left behind is due:
// dispatch forgot the key's hints when it asked. Leased rows are due when their lease runs out.
struct due_hint {
    std::string key;  // pms id or account
    time_point due_at{};
};

// A callback sent lately: restores the rate windows after a restart.
struct recent_send {
    pms_id pms;
    time_point sent_at{};
    delivery_id delivery;
};

// --- configuration the store needs ---------------------------------------------------------------------------------

struct pms_policy {
    pms_id pms;
    bool enabled = true;           // false: its deliveries are inserted held
    bool takes_results = true;     // password_url is set; false: inserted held
    std::uint32_t event_mask = 0;  // bit per event_kind it subscribes to; 0: none
};
// PMS systems of the directory that stand in no policy: result deliveries and events are inserted held (pms_unknown).

// --- operators -----------------------------------------------------------------------------------------------------

// An empty or absent field does not filter.
struct delivery_filter {
    std::vector<std::int64_t> ids{};
    std::optional<delivery_state> state{};
    std::string pms{};
    std::string hotel{};
    std::string room{};
    std::string action{};
    std::string event{};  // "lock.opened"
    std::optional<error_class> why{};
    std::optional<time_point> created_from{};
    std::optional<time_point> created_until{};
};

enum class delivery_verb { retry, hold, release, discard };
std::string_view to_string(delivery_verb verb);

struct operator_change {
    delivery_verb verb = delivery_verb::retry;
    delivery_filter filter;
    std::string actor;  // who, for the audit row
    std::string reason;
    bool dry_run = false;  // count only
};
struct operator_changed {
    struct counts {
        std::uint64_t matched = 0;
        std::uint64_t skipped = 0;
    };
    std::uint64_t matched = 0;                  // rows the filter names and the verb may change
    std::uint64_t skipped = 0;                  // rows the filter names and whose state does not allow the verb
    std::map<delivery_state, counts> by_state;  // the same, by the state a row was in
};

// An operator's word on an unverifiable action.
struct action_verdict {
    action_id action;
    bool succeeded = false;
    std::string actor;
    std::string reason;
};

struct directory_change {
    std::vector<directory_row> rows;
    bool dry_run = false;
    std::string actor;
};
struct directory_changed {
    std::uint64_t hotels_added = 0, room_types_added = 0, rooms_added = 0, rooms_changed = 0, rooms_unchanged = 0;
    std::uint64_t locks_bound = 0, locks_unbound = 0;
};

struct expunge_request {
    time_point final_before{};
    std::size_t limit = 500;
};

struct writer_statistics {
    std::uint64_t commits = 0;
    std::uint64_t units = 0;
    std::uint64_t fsyncs = 0;  // syncs of the WAL and the database file the engine asked for; 0 where unknown
    std::uint64_t last_group_units = 0;
    std::chrono::microseconds last_commit{};
    std::size_t queued_units = 0;
    bool poisoned = false;
};

// Called by the store, where completions run.
struct store_events {
    std::function<void(const std::vector<due_hint>&)> deliveries_ready;
    std::function<void(const std::vector<due_hint>&)> commands_ready;
    std::function<void(const std::string& why)> poisoned;
    std::function<void(std::size_t units, std::chrono::microseconds took)> committed;  // after every group; for metrics
};

class store {
  public:
    virtual ~store() = default;

    virtual void set_events(store_events events) = 0;  // before the first unit
    virtual void set_policies(std::vector<pms_policy> policies,
                              completion<nothing> done) = 0;  // releases rows held for a policy that now allows them

    virtual void record_push(push_record record, completion<push_outcome> done) = 0;

    virtual void open_action(action_request request, completion<action_opened> done) = 0;
    virtual void record_answered_action(answered_action action, completion<action_id> done) = 0;

    virtual void lease_commands(command_lease_request request, completion<std::vector<leased_command>> done) = 0;
    virtual void settle_command(command_settlement settlement, completion<command_settled> done) = 0;

    virtual void lease_deliveries(delivery_lease_request request, completion<std::vector<leased_delivery>> done) = 0;
    // One result per settlement: applied, or refused because its token moved on.
    virtual void settle_deliveries(std::vector<delivery_settlement> settlements,
                                   completion<std::vector<bool>> done) = 0;

    // At start: takes back what other owners had leased (each counts as an attempt, class interrupted; commands in
    // `sending` become uncertain), and reports hints for everything that waits.
    virtual void recover(std::string owner, completion<nothing> done) = 0;
    virtual void recent_sends(time_point since, completion<std::vector<recent_send>> done) = 0;

    virtual void save_token(account_id account, access_token token, completion<nothing> done) = 0;
    virtual void load_tokens(completion<std::vector<std::pair<account_id, access_token>>> done) = 0;

    virtual void change_deliveries(operator_change change, completion<operator_changed> done) = 0;
    virtual void decide_action(action_verdict verdict, completion<nothing> done) = 0;
    virtual void change_directory(directory_change change, completion<directory_changed> done) = 0;
    virtual void expunge(expunge_request request, completion<std::uint64_t> done) = 0;

    // Comes back after everything submitted before it is durable: watchdog, readiness, orderly stop.
    virtual void round_trip(completion<nothing> done) = 0;

    virtual writer_statistics statistics() const = 0;  // any thread
};

}  // namespace lockhub::storage
