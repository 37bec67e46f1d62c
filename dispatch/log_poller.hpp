#pragma once
// Reads the logs of locks whose cloud pushes no openings, so that they become events like any other's. What a page
// holds is durable before how far the log was read: a stop in the middle reads again, and repeats are known. io thread
// only.
//
// Bounds: limits::polls_in_flight locks of an account at a time; limits::poll_pages of one log in one poll, the next
// goes on. A lock whose last poll is still under way is passed over.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "dispatch/log_reader.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

struct polled_account {
    account_id account;
    duration every{};  // above zero
};

// One poll as it ended. Views are good during the call only.
struct log_poll_report {
    std::string_view account;
    std::string_view lock_uuid;
    std::uint32_t told = 0;    // openings that were new
    bool goes_on = false;      // the next poll reads more of it
    std::optional<error> why;  // it failed
};

struct log_poller_options {
    ask_cloud ask;
    std::function<void(const log_poll_report&)> observer;  // may be empty
    task_group::failure_sink on_failure;                   // a task ended by exception: a defect
};

class log_poller {
  public:
    // All references outlive it.
    log_poller(executor where, storage::store& store, waiter_factory& waiters, const clock& time,
               log_poller_options options);
    ~log_poller();  // after join()
    log_poller(const log_poller&) = delete;
    log_poller& operator=(const log_poller&) = delete;

    // Replaces all accounts; at any time.
    void set_accounts(std::vector<polled_account> accounts);

    void start();
    // Begins no further call.
    void stop();
    // After stop(), and after whoever answers questions has ended those that were still under way.
    task<void> join();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::dispatch
