#include "tests/bench/latency_histogram.hpp"

#include <algorithm>
#include <cmath>

namespace lockhub::bench {

// Values below 32 have a bucket each; above, the highest bit picks the group and the five bits after it the bucket.
std::size_t latency_histogram::bucket_of(std::uint64_t value) {
    if (value < sub_buckets) return static_cast<std::size_t>(value);
    const auto shift = static_cast<unsigned>(std::bit_width(value)) - sub_bits - 1;
    return (shift + 1) * sub_buckets + static_cast<std::size_t>(value >> shift) - sub_buckets;
}

std::uint64_t latency_histogram::upper_edge(std::size_t bucket) {
    if (bucket < sub_buckets) return bucket;
    const auto shift = bucket / sub_buckets - 1;
    const std::uint64_t first = (bucket % sub_buckets + sub_buckets) << shift;
    return first + ((std::uint64_t{1} << shift) - 1);
}

void latency_histogram::record(std::chrono::nanoseconds latency) {
    const auto value = static_cast<std::uint64_t>(std::max<std::chrono::nanoseconds::rep>(latency.count(), 0));
    ++buckets_[bucket_of(value)];
    ++count_;
    longest_ = std::max(longest_, value);
}

void latency_histogram::merge(const latency_histogram& other) {
    for (std::size_t i = 0; i < buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
    count_ += other.count_;
    longest_ = std::max(longest_, other.longest_);
}

std::chrono::nanoseconds latency_histogram::percentile(double share) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        seen += buckets_[i];
        if (seen >= wanted && seen > 0) return std::chrono::nanoseconds(std::min(upper_edge(i), longest_));
    }
    return {};
}

}  // namespace lockhub::bench
