#pragma once
// Random bytes that are the same for the same seed. Any thread; the order of calls decides who gets which bytes.
#include <cstdint>
#include <mutex>

#include "schemas/core/clock.hpp"

namespace lockhub::test {

class seeded_entropy : public entropy {
  public:
    explicit seeded_entropy(std::uint64_t seed = 1) : state_(seed) {}

    void fill(std::span<std::byte> out) override {
        std::lock_guard lock(mutex_);
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (i % 8 == 0) word = next();
            out[i] = static_cast<std::byte>(word >> (8 * (i % 8)));
        }
    }

  private:
    std::uint64_t next() {  // splitmix64
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    std::mutex mutex_;
    std::uint64_t state_;
};

}  // namespace lockhub::test
