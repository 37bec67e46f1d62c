#pragma once
// The hub without its edges: store, dispatcher and routes brought together over seams. The service runs it on sockets
// and the machine's clock; the simulation runs it in one thread on virtual time. io thread only.
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "dispatch/command_runner.hpp"
#include "dispatch/deliverer.hpp"
#include "dispatch/log_poller.hpp"
#include "dispatch/net/task_group.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "dispatch/reconciler.hpp"
#include "dispatch/token_keeper.hpp"
#include "hub/clouds.hpp"
#include "hub/config/config.hpp"
#include "hub/directory/directory_sync.hpp"
#include "hub/http/router.hpp"
#include "hub/lockapi/call_rates.hpp"
#include "hub/lockapi/operations.hpp"
#include "hub/observe/metrics.hpp"
#include "hub/observe/service_report.hpp"
#include "hub/provision/provisioning.hpp"
#include "hub/vendor/vendor_desk.hpp"
#include "schemas/core/clock.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

struct engine_seams {
    storage::store& store;
    dispatch::transport& transport;
    dispatch::waiter_factory& waiters;
    const clock& time;
    entropy& random;
    lockapi_reads& reads;
    dispatch::executor where;
    std::string owner;                          // names this run in leases
    std::function<void(std::string)> poisoned;  // the store failed: the process must end
    place_reads* places = nullptr;              // without it nothing is provisioned
};

class engine {
  public:
    // All seams and `counted` outlive it.
    engine(engine_seams seams, metrics& counted, const config& settings);
    ~engine();
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;

    // Takes back what an earlier run had leased, restores rate windows and tokens, and begins to deliver. Fails when
    // the store does.
    dispatch::task<result<>> start();

    // Pushes and lockapi, as the configuration in force has them.
    std::vector<route> routes() const;

    // Another configuration's lock clouds and PMS systems. Work under way goes on. Take routes() again afterwards.
    dispatch::task<result<>> apply(const config& settings);

    // Nothing new is leased; what is in flight gets until the deadline, then goes back without counting an attempt.
    dispatch::task<void> stop(duration deadline);
    // After stop(), and after the transport has ended the calls that were still in flight.
    dispatch::task<void> join();

    vendor_desk& vendors();  // as long as the engine

    std::vector<breaker_report> breakers() const;
    std::vector<pause_report> pauses() const;  // of every account
    directory_sync& directories();             // stopped before stop() by whoever serves its callers, else by stop()
    dispatch::reconciler& reconciliation();    // as directories()
    provisioning* provisions();                // nullptr without places to read; stopped as directories() is
    // A question to a lock cloud, as command_runner::ask has it.
    dispatch::task<result<command_facts>> ask(account_id account, vendor_command question);
    bool serves(const account_id& account) const;  // some section names it
    std::size_t deliveries_in_flight() const;
    std::size_t commands_in_flight() const;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::hub
