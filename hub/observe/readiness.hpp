#pragma once
// Whether the service may be sent traffic: store sound, its writer answering, not on its way out. Plain state; io
// thread.
#include <string>

#include "schemas/core/time.hpp"

namespace lockhub::hub {

class readiness {
  public:
    void round_trip_done(time_point when) { last_round_trip_ = when; }
    void poisoned(std::string why) { poisoned_ = why.empty() ? "the store failed" : std::move(why); }
    void stopping() { stopping_ = true; }

    // Why not, as one sentence; "" when ready.
    std::string not_ready(time_point now) const;

  private:
    time_point last_round_trip_{};
    std::string poisoned_;
    bool stopping_ = false;
};

}  // namespace lockhub::hub
