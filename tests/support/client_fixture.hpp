#pragma once
// The outbound client on an io_context of its own, with names that exist in the test alone.
#include <chrono>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dispatch/net/client.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_task.hpp"
#include "tests/support/scripted_peer.hpp"

namespace lockhub::test {

// "pms.test" and whatever a test adds resolve; "slow.test" takes until let_slow_lookups_end().
class client_fixture {
  public:
    client_fixture();
    ~client_fixture();

    void use(dispatch::client_options with);  // a new client; the lookup is the fixture's
    dispatch::transport_result send(wire::http_request request);
    static wire::http_request post(std::string url, std::string body = "a=1");
    static wire::http_request get(std::string url);
    void let_slow_lookups_end();

    dispatch::asio::io_context io{1};
    manual_clock time;
    std::map<std::string, std::vector<wire::ip_address>> names;
    std::unique_ptr<dispatch::client> client;
    dispatch::transport_options options{.timeout = std::chrono::seconds(10), .private_addresses = true};

  private:
    void stop_client();

    std::promise<void> slow_may_end_;
    std::shared_future<void> slow_ended_ = slow_may_end_.get_future().share();
    bool slow_released_ = false;
};

// Takes connections into its backlog and never reads from them.
class silent_listener {
  public:
    explicit silent_listener(dispatch::asio::io_context& io);
    ~silent_listener();
    std::uint16_t port() const;

  private:
    struct sockets;
    std::unique_ptr<sockets> sockets_;
};

// Its backlog is full: a further connect gets no answer at all.
class full_listener {
  public:
    explicit full_listener(dispatch::asio::io_context& io);
    ~full_listener();
    std::uint16_t port() const;

  private:
    struct sockets;
    std::unique_ptr<sockets> sockets_;
};

}  // namespace lockhub::test
