#pragma once
// One process full of simulators: the io thread, the client that pushes, the servers, and an orderly end.
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "dispatch/net/asio_waiter.hpp"
#include "dispatch/net/client.hpp"
#include "hub/system/system_clock.hpp"
#include "tests/simulators/program/cloud_server.hpp"
#include "tests/simulators/program/gateway_server.hpp"
#include "tests/simulators/program/pms_server.hpp"
#include "tests/simulators/program/yeeuu_server.hpp"

namespace lockhub::simulators {

class simulation {
  public:
    explicit simulation(std::uint64_t seed);
    simulation(const simulation&) = delete;
    simulation& operator=(const simulation&) = delete;
    ~simulation();

    // They bind at once and throw boost::system::system_error when the port is taken.
    cloud_server& add_cloud(dingding_registration registration, std::uint16_t port);
    gateway_server& add_gateway(gateway_registration registration, std::uint16_t port);
    yeeuu_server& add_yeeuu(yeeuu_registration registration, std::uint16_t port);
    pms_server& add_pms(pms_registration registration, std::uint16_t port);

    dispatch::asio::io_context& io() { return io_; }
    dispatch::task_group& group() { return group_; }
    pauses& waits() { return waits_; }
    const clock& time() const { return time_; }
    random_source& random() { return random_; }
    dispatch::transport& client() { return *client_; }
    std::unique_ptr<dispatch::waiter> make_waiter() { return waiters_.make_waiter(); }

    // Until SIGINT, SIGTERM or end(); then `farewell` is awaited while the servers still answer, and all is closed.
    void run(std::function<task<void>()> farewell = {});
    void end();  // io thread; before run() too, which then ends at once

  private:
    task<void> live(std::function<task<void>()> farewell);

    dispatch::asio::io_context io_{1};
    hub::system_clock time_;
    random_source random_;
    dispatch::asio_waiters waiters_;
    pauses waits_;
    dispatch::task_group group_;
    std::unique_ptr<dispatch::client> client_;
    std::vector<std::unique_ptr<cloud_server>> clouds_;
    std::vector<std::unique_ptr<gateway_server>> gateways_;
    std::vector<std::unique_ptr<yeeuu_server>> yeeuus_;
    std::vector<std::unique_ptr<pms_server>> systems_;
    std::function<void()> end_;  // set while run() waits
    bool ended_ = false;
};

}  // namespace lockhub::simulators
