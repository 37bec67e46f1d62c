#pragma once
// Access tokens of lock-cloud accounts: kept in the store, refreshed ahead of their end, one refresh at a time an
// account (concurrent callers wait for it), durable before their first use. io thread only.
#include <functional>
#include <memory>
#include <string>

#include "dispatch/net/task.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

// One account as configured.
struct command_account {
    std::shared_ptr<const lock_cloud> cloud;
    bool private_addresses = false;
    // Calls it takes at once, commands and questions together; 0: limits::commands_in_flight_per_account of each.
    std::size_t calls_at_once = 0;
    // Commands, questions and methods called by hand in any second; 0: no ceiling. Tokens are asked for besides.
    std::size_t calls_per_second = 0;
};

class token_keeper {
  public:
    // All references outlive it. `on_failure` as task_group has it.
    token_keeper(executor where, storage::store& store, transport& network, waiter_factory& waiters, const clock& time,
                 duration timeout, task_group::failure_sink on_failure);
    ~token_keeper();  // after join()
    token_keeper(const token_keeper&) = delete;
    token_keeper& operator=(const token_keeper&) = delete;

    // Tokens of an earlier run. Before the first get().
    task<result<void>> load();

    // The current token; an empty one where the cloud needs none. In the last 10 % of its life (5 minutes at most) the
    // call still gets it and a refresh begins beside. Fails with unavailable, timeout or unauthentic (the cloud refused
    // our credentials); a failure is remembered for a few seconds, so that waiting commands do not hammer the cloud.
    task<result<access_token>> get(command_account account);

    // The cloud refused this token. Ignored when another one is current by now.
    void invalidate(const account_id& account, const access_token& refused);

    // Waits for refreshes under way.
    task<void> join();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::dispatch
