#pragma once
// The kernel's random source: the only place that asks it.
#include "schemas/core/clock.hpp"

namespace lockhub::hub {

class system_entropy final : public entropy {
  public:
    void fill(std::span<std::byte> out) override;  // throws std::system_error
};

}  // namespace lockhub::hub
