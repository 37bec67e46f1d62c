#pragma once
// A program started as a child, with its output on one pipe or in a file. It gets SIGKILL when the parent's thread that
// started it ends, so that nothing is left behind. One thread.
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace lockhub::simulators {

class child_process {
  public:
    // Throws std::system_error. `arguments` begin with the program's path; `environment` adds NAME=VALUE texts.
    static child_process start(std::vector<std::string> arguments, std::vector<std::string> environment = {});
    // The same, its output appended to a file: for children whose output nobody reads as it comes.
    static child_process start_logging(std::vector<std::string> arguments, const std::string& log_file);

    child_process(child_process&& other) noexcept;
    child_process& operator=(child_process&& other) noexcept;
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;
    ~child_process();  // SIGKILL and reap, when it still runs

    pid_t id() const { return pid_; }
    int output() const { return output_; }      // stdout and stderr, non-blocking
    int exit_signal() const { return pidfd_; }  // readable when the child has ended: for poll(2)

    void signal(int number) const;
    // Exit code, or 128 + the signal that ended it; nullopt when it still runs at the deadline.
    std::optional<int> wait(std::chrono::milliseconds limit);
    bool dumped_core() const { return dumped_core_; }  // of a child that has ended

    // The next whole line of output without its end, or nullopt at the deadline or the output's end.
    std::optional<std::string> read_line(std::chrono::milliseconds limit);
    // What has come by now, whole lines only.
    std::vector<std::string> lines_so_far();

  private:
    child_process() = default;
    static child_process start_on(std::vector<std::string> arguments, std::vector<std::string> environment, int output);
    bool fill();  // false at the end of the output

    pid_t pid_ = -1;
    int pidfd_ = -1;
    int output_ = -1;
    std::string pending_;
    std::optional<int> exit_code_;
    bool dumped_core_ = false;
};

struct finished_process {
    int exit_code = 0;
    std::string output;
};
// Runs to its end, or throws std::runtime_error when it has not ended after `limit`.
finished_process run_process(std::vector<std::string> arguments, std::chrono::milliseconds limit,
                             std::vector<std::string> environment = {});

}  // namespace lockhub::simulators
