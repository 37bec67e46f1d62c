#pragma once
// The running program: sockets, threads, signals and files around the engine. One object a process.
#include <memory>

#include "hub/config/config.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::hub {

class service {
  public:
    // Makes missing key files, opens the database and binds nothing yet. Throws std::runtime_error with one sentence.
    service(config settings, const clock& time);
    ~service();
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    // Until SIGTERM or SIGINT (0), or until the store fails (3).
    int run();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace lockhub::hub
