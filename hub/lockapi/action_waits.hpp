#pragma once
// Requests that wait until their action is taken by its lock cloud, or has ended. io thread only.
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dispatch/net/task.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"
#include "schemas/core/ids.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

class action_waits {
  public:
    // Both outlive it and every wait.
    action_waits(dispatch::waiter_factory& waiters, const clock& time) : waiters_(waiters), time_(time) {}
    action_waits(const action_waits&) = delete;
    action_waits& operator=(const action_waits&) = delete;

    // store_events::actions_moved.
    void note(const std::vector<storage::action_news>& news);

    // The first news after the call. Begin to wait where open_action completes: later is too late. nullopt: none by
    // `until`; limits::lockapi_waits others wait already; or stop() came.
    dispatch::task<std::optional<storage::action_news>> wait(action_id action, time_point until);

    // Ends every wait, now and later.
    void stop();

    std::size_t waiting() const { return places_.size(); }

  private:
    struct place;

    dispatch::waiter_factory& waiters_;
    const clock& time_;
    std::unordered_multimap<std::string, place*> places_;  // by action; they live in wait()
    bool stopped_ = false;
};

}  // namespace lockhub::hub
