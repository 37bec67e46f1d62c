#pragma once
// Two seams of the whole program, declared here so that every layer can take them; nothing in schemas/ calls them.
// The running hub implements them with the system's clock and random source, the simulation with a seed.
#include <chrono>
#include <cstddef>
#include <span>

#include "schemas/core/time.hpp"

namespace lockhub {

class clock {
  public:
    virtual ~clock() = default;
    virtual time_point now() const = 0;  // any thread

    // For how long something took: never set back, finer than now(). Where a clock has nothing finer, now() serves.
    virtual std::chrono::microseconds ticks() const { return now().time_since_epoch(); }
};

class entropy {
  public:
    virtual ~entropy() = default;
    virtual void fill(std::span<std::byte> out) = 0;  // any thread; throws when the system has no randomness to give
};

}  // namespace lockhub
