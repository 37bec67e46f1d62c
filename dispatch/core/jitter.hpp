#pragma once
// Cheap numbers that spread retries; the seed comes from the program's entropy once. Not for secrets.
#include <cstdint>

namespace lockhub::dispatch {

class jitter {
  public:
    explicit jitter(std::uint64_t seed) : state_(seed) {}

    // In [0, 1).
    double next() {  // splitmix64
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }

  private:
    std::uint64_t state_;
};

}  // namespace lockhub::dispatch
