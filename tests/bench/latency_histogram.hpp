#pragma once
// Counts latencies in buckets that are never wider than 1/32 of their value: percentiles without keeping the values.
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace lockhub::bench {

class latency_histogram {
  public:
    void record(std::chrono::nanoseconds latency);
    void merge(const latency_histogram& other);

    std::uint64_t count() const { return count_; }
    // The upper edge of the bucket below which that share (0 to 1) of the values lies; 0 when there are none.
    std::chrono::nanoseconds percentile(double share) const;
    std::chrono::nanoseconds longest() const { return std::chrono::nanoseconds(longest_); }

  private:
    static constexpr unsigned sub_bits = 5;
    static constexpr std::size_t sub_buckets = std::size_t{1} << sub_bits;

    static std::size_t bucket_of(std::uint64_t value);
    static std::uint64_t upper_edge(std::size_t bucket);

    std::array<std::uint64_t, (64 - sub_bits + 1) * sub_buckets> buckets_{};
    std::uint64_t count_ = 0;
    std::uint64_t longest_ = 0;
};

}  // namespace lockhub::bench
