#pragma once
// Ctrl-C and SIGTERM during a benchmark: the folder goes, and so do the children, which die with the main thread.
#include <filesystem>
#include <thread>

namespace lockhub::bench {

class interruption {
  public:
    // One at a time. Until it goes, SIGINT and SIGTERM remove the folder and end the process with code 130.
    explicit interruption(std::filesystem::path folder);
    ~interruption();
    interruption(const interruption&) = delete;
    interruption& operator=(const interruption&) = delete;

  private:
    int read_end_ = -1;
    std::thread waiting_;
};

}  // namespace lockhub::bench
