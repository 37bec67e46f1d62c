#pragma once
// What becomes of a leased delivery. Pure: one attempt's outcome in, one settlement out.
#include <string>
#include <string_view>

#include "dispatch/core/lease_planner.hpp"
#include "dispatch/core/retry_schedule.hpp"
#include "dispatch/core/transport_result.hpp"
#include "storage/store.hpp"

namespace lockhub::dispatch {

struct delivery_attempt {
    time_point started_at{};
    time_point finished_at{};
    transport_result answer;
};

// Delivered, ready again when the schedule says, or dead after its last step. `random` is in [0, 1).
storage::delivery_settlement settle_attempt(const storage::leased_delivery& delivery, delivery_attempt attempt,
                                            const retry_schedule& schedule, double random);

// Not sent, and not counted as an attempt:
// waits for an operator or for its target to be configured;
storage::delivery_settlement hold_back(const storage::leased_delivery& delivery, std::string reason, time_point now);
// would break the rule for identical callbacks before `until`;
storage::delivery_settlement postpone(const storage::leased_delivery& delivery, time_point until, time_point now);
// the hub stops. The attempt may have begun.
storage::delivery_settlement give_back(const storage::leased_delivery& delivery, time_point now);

// What an attempt that ended so says about the target.
call_end end_of_call(error_class why);

}  // namespace lockhub::dispatch
