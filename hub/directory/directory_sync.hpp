#pragma once
// Keeps the directory as the PMS systems tell it: asks them on a schedule or when an operator says so, and applies what
// they say in one unit. Rooms keep their locks; rooms a PMS no longer names stay. io thread only.
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "dispatch/directory_puller.hpp"
#include "dispatch/net/task.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "hub/observe/metrics.hpp"
#include "hub/observe/service_report.hpp"
#include "schemas/core/clock.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

struct directory_pms {
    dispatch::directory_source source;  // without URLs: cannot be asked
    bool enabled = true;                // false: is not asked
    duration every{};                   // 0: only when an operator says so

    bool can_be_asked() const { return !source.hotels_url.empty(); }
};

struct directory_sync_seams {
    storage::store& store;
    dispatch::transport& transport;
    dispatch::waiter_factory& waiters;
    const clock& time;
    entropy& random;
    dispatch::executor where;
    dispatch::call_gate gate;
    metrics& counted;
};

struct directory_synced {
    std::size_t hotels = 0;
    std::size_t room_types = 0;
    std::size_t rooms = 0;
    std::size_t calls = 0;
    std::vector<std::string> hotels_without_rooms{};
    storage::directory_changed changed{};
};

// Failures are a pull's, and: unknown_pms, no_urls, disabled, interrupted, store.
using directory_sync_outcome = std::expected<directory_synced, dispatch::directory_failure>;

class directory_sync {
  public:
    // What the seams refer to outlives it.
    explicit directory_sync(directory_sync_seams seams);
    ~directory_sync();  // after join()
    directory_sync(const directory_sync&) = delete;
    directory_sync& operator=(const directory_sync&) = delete;

    void set_systems(std::vector<directory_pms> systems);  // replaces all; at any time

    void start();  // the schedule begins
    // Asks the PMS now; `dry_run`: and says what would change. Returns when that is known, or the hub stops.
    dispatch::task<directory_sync_outcome> sync(pms_id pms, bool dry_run, std::string actor);

    // No further call is made, callers of sync() get `interrupted`. Then join(), after the transport has ended the
    // calls that were still under way.
    void stop();
    dispatch::task<void> join();

    // Of each PMS that can be asked: what the last pull brought, and when the next one is due.
    std::vector<directory_report> reports() const;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::hub
