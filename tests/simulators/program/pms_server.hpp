#pragma once
// The simulated PMS behind a real socket, with its control calls under /sim/.
#include <functional>

#include "schemas/core/clock.hpp"
#include "tests/simulators/pms_system.hpp"
#include "tests/simulators/program/pauses.hpp"
#include "tests/simulators/program/plain_server.hpp"

namespace lockhub::simulators {

class pms_server {
  public:
    struct parts {
        dispatch::asio::io_context& io;
        dispatch::task_group& group;
        const clock& time;
        pauses& waits;
        random_source& random;
    };

    pms_server(parts with, pms_registration registration, std::uint16_t port);

    std::uint16_t port() const { return server_.port(); }
    pms_system& pms() { return pms_; }
    void set_observer(std::function<void(const callback_seen&)> told) { told_ = std::move(told); }
    void stop() { server_.stop(); }

    static const char* control_help();

  private:
    task<std::optional<wire::http_response>> handle(wire::http_request request);

    parts with_;
    pms_system pms_;
    std::function<void(const callback_seen&)> told_;
    plain_server server_;
};

}  // namespace lockhub::simulators
