#pragma once
// Carries commands to the lock clouds and finds out what became of them: sends, asks after lost replies, polls for
// results that stay out. A command is sent only under its lease, which is the persisted intent. io thread only.
//
// Bounds: limits::commands_in_flight calls at once, limits::commands_in_flight_per_account to one account, and as many
// questions by ask() beside; or, of both together, what the account takes, and so many a second. Further questions wait
// their turn. After an answer that the cloud is busy the whole account waits: what would have to wait too long goes
// back, without counting an attempt and without a word to the breaker.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/cloud_talk.hpp"
#include "dispatch/core/breaker.hpp"
#include "dispatch/core/command_machine.hpp"
#include "dispatch/net/task.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "dispatch/token_keeper.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/wire/form.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

// One step of a command, as it ended. Views are good during the call only.
struct command_report {
    std::string_view account;
    std::string_view action;
    command_verb verb = command_verb::set_pin;
    command_state from = command_state::sending;  // sending, probing or polling
    command_state next = command_state::pending;
    std::string_view message;
    time_point due_at{};  // of pending, uncertain and awaiting
};

struct command_runner_options {
    std::string owner;  // names this run in leases
    command_rules rules;
    duration vendor_timeout = limits::vendor_timeout;
    std::function<void(const command_report&)> observer;  // after each step; may be empty
    task_group::failure_sink on_failure;                  // a task ended by exception: a defect
};

// Of one account, since start.
struct command_statistics {
    std::string account;
    std::uint64_t calls = 0;       // sends, probes, polls and questions
    std::uint64_t no_contact = 0;  // of those
    std::size_t in_flight = 0;
    breaker_state breaker = breaker_state::closed;
    time_point breaker_until{};  // open: when the next attempt may go; epoch otherwise
    std::uint32_t failures_in_a_row = 0;
    std::uint64_t busy_answers = 0;
    time_point paused_until{};  // its cloud is busy: no call before; epoch otherwise
};

class command_runner {
  public:
    // All references outlive it.
    command_runner(executor where, storage::store& store, transport& network, waiter_factory& waiters,
                   const clock& time, entropy& random, token_keeper& tokens, command_runner_options options);
    ~command_runner();  // after join()
    command_runner(const command_runner&) = delete;
    command_runner& operator=(const command_runner&) = delete;

    // Replaces all accounts; at any time. Commands of an account that is no longer there wait until it is again.
    void set_accounts(std::vector<command_account> accounts);

    // store_events::commands_ready.
    void note_due(const std::vector<storage::due_hint>& hints);

    void start();
    // Nothing new is leased. Returns when everything leased is settled; at the deadline, what was not yet sent goes
    // back without counting an attempt, and what was is asked about by the next run.
    task<void> stop(time_point deadline);
    // After stop(), and after the transport has ended the calls that were still in flight.
    task<void> join();

    // Asks within the caller's own request; for verbs that change nothing (broken invariant otherwise). Renews the
    // token once. Fails with conflict (the cloud refused: its text), timeout (of the call, or no turn by `until`),
    // unavailable (no contact, breaker open, limits::questions_waiting, or the cloud wants a retry), not_found (no such
    // account), unsupported or invalid_input (as lock_cloud::encode has it).
    task<result<command_facts>> ask(account_id account, vendor_command command, time_point until = time_point::max());

    // Calls a method of an account's cloud by its own name, once, for whoever asks by hand: outside every lane, and
    // under no intent of the hub's; the caller keeps the record of it. Counts as a question. `fields` as read_fields
    // has them. What failed is told apart: certainly not called, or called and the answer lost. not_found: no such
    // account, or no such method.
    task<call_result<method_called>> call_method(account_id account, std::string method, wire::form fields);

    std::vector<command_statistics> statistics() const;
    std::size_t in_flight() const;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::dispatch
