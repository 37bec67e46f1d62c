#pragma once
// Runs a checked request of the lockapi: picks its method and bounds its time. One task a request, on the io thread.
#include <array>
#include <cstddef>
#include <vector>

#include "hub/lockapi/context.hpp"

namespace lockhub::hub {

struct operations_seams {
    storage::store& store;
    entropy& random;
    const clock& time;
    dispatch::waiter_factory& waiters;
    lockapi_reads& reads;
    ask_cloud ask;
    dispatch::executor where;
    dispatch::task_group::failure_sink on_failure;  // a task ended by exception: a defect
};

class operations {
  public:
    // All seams outlive it.
    explicit operations(operations_seams seams);

    void configure(lockapi_settings settings) { context_.settings = std::move(settings); }

    // `key` names the request's fields without hmac: a repeat while its action is open gets the same actionId. What has
    // no answer within limits::lockapi_request_timeout is answered -4002 and goes on by itself.
    task<operation_answer> run(quhuhu::request request, std::array<std::byte, 16> key);

    // store_events::actions_moved.
    void note_actions(const std::vector<storage::action_news>& news) { context_.waits.note(news); }

    // Requests that wait for an action are answered at once.
    void stop() { context_.waits.stop(); }
    // After stop(), and after the transport has ended the calls that were still in flight.
    task<void> join() { return context_.tasks.join(); }

  private:
    lockapi_context context_;
};

}  // namespace lockhub::hub
