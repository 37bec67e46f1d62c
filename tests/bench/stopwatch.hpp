#pragma once
// Wall time, and the processor time of this process: on a busy machine only the second says something.
#include <time.h>

#include <chrono>

namespace lockhub::bench {

class stopwatch {
  public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count(); }
    double cpu_seconds() const { return cpu_now() - cpu_began_; }

  private:
    static double cpu_now() {
        timespec t{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
    }

    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    double cpu_began_ = cpu_now();
};

}  // namespace lockhub::bench
