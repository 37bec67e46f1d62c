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
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
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
#include "storage/actions.hpp"
#include "storage/deliveries.hpp"
#include "storage/lock_polls.hpp"
#include "storage/operators.hpp"
#include "storage/provisioning.hpp"
#include "storage/reconciliation.hpp"

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

// --- configuration the store needs ---------------------------------------------------------------------------------

struct pms_policy {
    pms_id pms;
    bool enabled = true;            // false: its deliveries are inserted held
    std::uint32_t result_mask = 0;  // bit per delivery_kind of results it has a URL for; others are inserted held
    std::uint32_t event_mask = 0;   // bit per event_kind it subscribes to; 0: none
};
// PMS systems of the directory that stand in no policy: result deliveries and events are inserted held (pms_unknown).

// An account that stands in no policy serves every verb: its commands wait until it is configured again, or expire.
struct account_policy {
    account_id account;
    cloud_traits traits;
    // Calls at once for the locks behind one lock gateway: a command whose gateway has them already is not leased.
    std::size_t calls_per_gateway = 1;
};

// --- locks ---------------------------------------------------------------------------------------------------------

// What asking a lock cloud about one lock brought, at `at`. A lock nobody heard of is not_found.
struct lock_report {
    account_id account;
    std::string lock_uuid;
    time_point at{};
    lock_condition condition;
    std::vector<reported_opening> openings;  // those the log has already are dropped
};

// Through which lock gateway locks are reached, as their cloud lists them.
struct lock_gateways {
    account_id account;
    std::vector<reported_device> devices;  // those without gateway_uuid say nothing
};

// --- the store ---------------------------------------------------------------------------------------------------

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

// An action that went on: accepted by its lock cloud, or final. For requests that wait for it.
struct action_news {
    action_id action;
    action_state state = action_state::open;
    bool accepted = false;  // its last command is taken; the result comes later
    std::optional<int> final_code;
    std::string message;
};

// Called by the store, where completions run.
struct store_events {
    std::function<void(const std::vector<due_hint>&)> deliveries_ready;
    std::function<void(const std::vector<due_hint>&)> commands_ready;
    std::function<void(const std::vector<due_hint>&)> inventories_ready;  // by account
    std::function<void(const std::vector<action_news>&)> actions_moved;
    std::function<void(const std::string& why)> poisoned;
    std::function<void(std::size_t units, std::chrono::microseconds took)> committed;  // after every group; for metrics
};

class store {
  public:
    virtual ~store() = default;

    virtual void set_events(store_events events) = 0;  // before the first unit
    virtual void set_policies(std::vector<pms_policy> policies,
                              completion<nothing> done) = 0;  // releases rows held for a policy that now allows them
    virtual void set_accounts(std::vector<account_policy> accounts, completion<nothing> done) = 0;

    virtual void record_push(push_record record, completion<push_outcome> done) = 0;

    virtual void open_action(action_request request, completion<action_opened> done) = 0;
    virtual void record_answered_action(answered_action action, completion<action_id> done) = 0;
    virtual void reveal_pin(pin_question question, completion<pin_known> done) = 0;

    virtual void report_lock(lock_report report, completion<nothing> done) = 0;
    virtual void note_gateways(lock_gateways known,
                               completion<nothing> done) = 0;  // locks nobody heard of are left out

    // Logs that are polled: see lock_polls.hpp.
    virtual void list_polled_locks(account_id account, completion<std::vector<polled_lock>> done) = 0;
    virtual void record_openings(polled_openings read, completion<openings_recorded> done) = 0;

    virtual void lease_commands(command_lease_request request, completion<std::vector<leased_command>> done) = 0;
    virtual void settle_command(command_settlement settlement, completion<command_settled> done) = 0;

    virtual void lease_deliveries(delivery_lease_request request, completion<std::vector<leased_delivery>> done) = 0;
    // One result per settlement: applied, or refused because its token moved on.
    virtual void settle_deliveries(std::vector<delivery_settlement> settlements,
                                   completion<std::vector<bool>> done) = 0;

    // --- reconciliation. Locks whose comparison is due, each leased once until it is handed back or the lease ends.
    virtual void lease_inventories(inventory_lease_request request, completion<inventories_leased> done) = 0;
    virtual void wish_inventories(inventory_wish wish, completion<std::vector<leased_inventory>> done) = 0;
    // Settles doubts, notes differences, opens one repair at most. An unknown lock is not_found.
    virtual void apply_inventory(inventory_report report, completion<inventory_applied> done) = 0;
    virtual void fail_inventory(inventory_failure failure, completion<nothing> done) = 0;
    // conflict: its state or kind does not allow the verb.
    virtual void change_difference(drift_change change, completion<nothing> done) = 0;

    // At start: takes back what other owners had leased (each counts as an attempt, class interrupted; commands in
    // `sending` become uncertain), and reports hints for everything that waits.
    virtual void recover(std::string owner, completion<nothing> done) = 0;
    virtual void recent_sends(time_point since, completion<std::vector<recent_send>> done) = 0;

    virtual void save_token(account_id account, access_token token, completion<nothing> done) = 0;
    virtual void load_tokens(completion<std::vector<std::pair<account_id, access_token>>> done) = 0;

    virtual void change_deliveries(operator_change change, completion<operator_changed> done) = 0;
    virtual void decide_action(action_verdict verdict, completion<nothing> done) = 0;
    virtual void change_directory(directory_change change, completion<directory_changed> done) = 0;
    virtual void bind_lock(lock_binding binding, completion<directory_changed> done) = 0;
    virtual void record_audit(audit_entry entry, completion<nothing> done) = 0;
    virtual void change_places(places_change change, completion<places_changed> done) = 0;
    virtual void expunge(expunge_request request, completion<std::uint64_t> done) = 0;

    // Comes back after everything submitted before it is durable: watchdog, readiness, orderly stop.
    virtual void round_trip(completion<nothing> done) = 0;

    virtual writer_statistics statistics() const = 0;  // any thread
};

}  // namespace lockhub::storage
