#pragma once
// What a fuzz target holds against the parser, beyond that it does not crash.
#include <cstdio>
#include <cstdlib>

namespace lockhub::fuzz {

// Stops the run, so that libFuzzer keeps the input that led here.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

}  // namespace lockhub::fuzz
