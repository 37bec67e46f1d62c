#pragma once
// When each PMS is asked for its directory. Spread, so that many PMS systems do not fall together. Pure; not
// thread-safe.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/jitter.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::hub {

class sync_schedule {
  public:
    struct entry {
        std::string pms;
        duration every{};  // above zero
    };

    explicit sync_schedule(std::uint64_t seed) : spread_(seed) {}

    // Replaces all entries. One that is there already with the same interval keeps its time; a new one comes first
    // within its interval, or within five minutes where that is longer.
    void set(const std::vector<entry>& entries, time_point now);
    // A PMS whose time has come, the longest due first. It is not due again before ended().
    std::optional<std::string> take_due(time_point now);
    // A pull ended: again after the interval ±10 %, after a failure in a quarter of an hour at the latest.
    void ended(const std::string& pms, bool succeeded, time_point now);

    // Of the earliest entry, time_point::max() where there is none.
    time_point next_at() const;
    // nullopt for a PMS without entry, or one that is being asked.
    std::optional<time_point> due_at(const std::string& pms) const;

  private:
    struct state {
        duration every{};
        time_point due_at{};
        bool taken = false;
    };
    std::map<std::string, state> entries_;
    dispatch::jitter spread_;
};

}  // namespace lockhub::hub
