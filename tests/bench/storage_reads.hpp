#pragma once
// What the reads of the lockapi cost in a small directory and in a large one.
#include <filesystem>

namespace lockhub::bench {

// Prints processor time a call for 100 rooms and for 100,000, and how one compares with the other.
void measure_reads(const std::filesystem::path& folder);

}  // namespace lockhub::bench
