#pragma once
// A program that is measured from outside: started as a child, it says where it listens, and is stopped in the end.
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulators/program/child_process.hpp"

namespace lockhub::bench {

class served_program {
  public:
    // Returns when it listens; throws std::runtime_error, with its last line, when it does not within a minute.
    explicit served_program(std::vector<std::string> arguments);
    ~served_program();  // SIGTERM, and SIGKILL when that is not enough
    served_program(const served_program&) = delete;
    served_program& operator=(const served_program&) = delete;

    std::uint16_t port() const { return port_; }
    std::chrono::nanoseconds start_up() const { return start_up_; }  // from fork to the line that it listens

    struct memory {
        std::uint64_t resident_kib = 0;
        std::uint64_t peak_kib = 0;
    };
    memory memory_now() const;
    std::chrono::duration<double> processor_time() const;  // user and system, of all its threads, so far

    // Gives way for that long at most; less when the program says something.
    void let_run(std::chrono::milliseconds span) { child_.read_line(span); }

  private:
    simulators::child_process child_;
    std::uint16_t port_ = 0;
    std::chrono::nanoseconds start_up_{};
};

// The bare server: answers every POST with `answer`; below /slow/ only after `slow`.
std::vector<std::string> bare_server_command(const std::string& programs, std::string_view answer,
                                             std::chrono::milliseconds slow = {});

}  // namespace lockhub::bench
