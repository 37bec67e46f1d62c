#pragma once
// Asks PMS systems for their hotels, room types and rooms, over the transport and under the rate rule of each PMS.
// io thread only.
#include <functional>
#include <memory>

#include "dispatch/directory_source.hpp"
#include "dispatch/net/task.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

// What keeps calls to one PMS under its rate rule; see deliverer::begin_call.
struct call_gate {
    std::function<time_point(const pms_id&)> begin;  // may be empty: no rule
    std::function<void(const pms_id&)> end;
};

struct directory_puller_options {
    call_gate gate{};
    duration call_timeout = limits::directory_call_timeout;
    duration pull_timeout = limits::directory_pull_timeout;
};

class directory_puller {
  public:
    // All references outlive it.
    directory_puller(transport& network, waiter_factory& waiters, const clock& time, directory_puller_options options);
    ~directory_puller();  // after every pull has returned
    directory_puller(const directory_puller&) = delete;
    directory_puller& operator=(const directory_puller&) = delete;

    // One pull of a PMS at a time (busy), and no more than limits::directory_pulls_per_pms in 30 s (too_often): each
    // repeats requests the PMS has seen. Every call has its time limit, and so have all together (timeout).
    task<directory_outcome> pull(directory_source source);

    // Pulls make no further call and return `interrupted`.
    void stop();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::dispatch
