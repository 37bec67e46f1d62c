#pragma once
// Asks lock clouds what stands on their locks, on a schedule, soon after trouble and when an operator says so, and
// hands the answers to the store, which compares and repairs. io thread only.
//
// Bounds: limits::inventories_in_flight locks of one account at a time; further ones wait their turn.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/net/task.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/domain/command.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

// One lock, compared or not. Views are good during the call only.
struct inventory_told {
    std::string_view account;
    std::string_view lock_uuid;
    result<storage::inventory_applied> outcome;
};

struct reconciler_options {
    duration every = std::chrono::minutes(30);  // between comparisons of one lock; 0: only when an operator says so
    bool repair = true;
    duration question_timeout = std::chrono::minutes(1);
    std::function<void(const inventory_told&)> observer;  // may be empty
    task_group::failure_sink on_failure;
};

// What comparing by hand brought.
struct reconciled {
    std::size_t locks = 0;
    std::size_t compared = 0;
    std::size_t postponed = 0;  // a command of the lock is under way, or its PINs changed meanwhile
    std::size_t found = 0;
    std::size_t settled = 0;
    std::size_t repairs = 0;
    std::vector<std::string> failures{};  // a sentence each
};

class reconciler {
  public:
    // As command_runner::ask has it.
    using question = std::function<task<result<command_facts>>(account_id, vendor_command, time_point until)>;

    // All references outlive it.
    reconciler(executor where, storage::store& store, waiter_factory& waiters, const clock& time, entropy& random,
               question ask, reconciler_options options);
    ~reconciler();  // after join()
    reconciler(const reconciler&) = delete;
    reconciler& operator=(const reconciler&) = delete;

    // Those whose cloud tells what stands on a lock. Replaces all; at any time.
    void set_accounts(std::vector<account_id> accounts);
    // store_events::inventories_ready.
    void note_due(const std::vector<storage::due_hint>& hints);

    void start();
    // Compares the locks of a hotel, or of one room, now. not_found as store::wish_inventories has it; unavailable when
    // the hub stops meanwhile.
    task<result<reconciled>> check(pms_id pms, hotel_no hotel, room_id room);

    // Nothing further is asked. Then join(), after the questions that were still under way have ended.
    void stop();
    task<void> join();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::dispatch
