#pragma once
// The machine's clock: the only place that asks it.
#include "schemas/core/clock.hpp"

namespace lockhub::hub {

class system_clock final : public clock {
  public:
    time_point now() const override;
    std::chrono::microseconds ticks() const override;
};

}  // namespace lockhub::hub
