#pragma once
// `lockhub serve` as a child of the demo: its lines are passed on as they come. io thread only.
#include <functional>
#include <memory>
#include <string>

#include "tests/simulators/program/child_process.hpp"
#include "tests/simulators/program/simulation.hpp"

namespace lockhub::simulators {

class hub_child {
  public:
    hub_child(simulation& in, std::vector<std::string> arguments, std::function<void(const std::string&)> on_line);

    // Where it listens, "http://127.0.0.1:8080"; "" when it ended, or the demo was stopped, before it said so.
    task<std::string> listening();
    bool ended() const { return ended_; }
    // SIGTERM, and the exit code once it has ended; SIGKILL after half a minute.
    task<int> stop();

  private:
    task<void> pass_on();
    void read_line(const std::string& line);

    simulation& in_;
    child_process child_;
    std::function<void(const std::string&)> on_line_;
    std::string address_;
    bool ended_ = false;
    std::unique_ptr<dispatch::waiter> spoke_;
    std::unique_ptr<dispatch::waiter> end_;
};

// The first "http://host:port" or "https://…" of a line that says "listening", or "".
std::string listening_address(std::string_view line);

}  // namespace lockhub::simulators
