#pragma once
// How often one PMS may call the lockapi (document 000, section 四.4): fewer than 30 calls in any second, fewer than 5
// identical ones in any 30 s. Exact at the boundary. Not thread-safe.
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "dispatch/core/identical_window.hpp"
#include "dispatch/core/rate_window.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/core/time.hpp"

namespace lockhub::hub {

// Outlives a configuration reload, so that reading the file again forgives nothing. Holds one entry for each configured
// PMS that ever called.
class call_rates {
  public:
    // nullopt: allowed, and counted. Otherwise the earliest time the call may come; it is not counted then.
    std::optional<time_point> admit(const std::string& pms, std::uint64_t request_hash, time_point now);

  private:
    struct windows {
        dispatch::rate_window overall{limits::pms_calls_per_second, std::chrono::seconds(1)};
        dispatch::identical_window<std::uint64_t> identical{limits::pms_identical_per_30s, std::chrono::seconds(30),
                                                            limits::pms_calls_per_second * 30};
    };
    std::unordered_map<std::string, windows> by_pms_;
};

}  // namespace lockhub::hub
