#pragma once
// The hub's HTTP server in a thread of its own, with a few handlers, for tests that talk to it through blocking
// sockets.
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <thread>

#include "dispatch/net/task_group.hpp"
#include "dispatch/net/wake_signal.hpp"
#include "hub/http/server.hpp"
#include "tests/support/manual_clock.hpp"

namespace lockhub::test {

// Answers with what it was given: "POST /path?query type=… from=… body=…".
class echo_handler final : public hub::handler {
  public:
    dispatch::task<void> handle(const hub::request& in, hub::response& out) override;
};

class throwing_handler final : public hub::handler {
  public:
    dispatch::task<void> handle(const hub::request& in, hub::response& out) override;
};

// Answers with so many bytes.
class large_handler final : public hub::handler {
  public:
    explicit large_handler(std::size_t bytes) : bytes_(bytes) {}
    dispatch::task<void> handle(const hub::request& in, hub::response& out) override;

  private:
    std::size_t bytes_;
};

// Holds each request until it is let through. One request at a time.
class gated_handler final : public hub::handler {
  public:
    explicit gated_handler(dispatch::asio::io_context& io) : io_(io), gate_(io.get_executor()) {}
    dispatch::task<void> handle(const hub::request& in, hub::response& out) override;

    void wait_until_entered();  // from the test's thread; throws when it does not happen
    void let_through();         // from the test's thread

  private:
    dispatch::asio::io_context& io_;
    dispatch::wake_signal gate_;
    std::promise<void> entered_;
};

class running_server {
  public:
    // Without routes of its own: POST /echo (1000 bytes), GET /get, POST /throw, POST /gate, GET /large, POST /in/push
    // (its 405 in the vendor's words), POST /any/* (no length needed).
    explicit running_server(hub::server_options options = {});
    ~running_server();

    std::uint16_t port() const { return port_; }
    gated_handler& gate() { return *gate_; }

    // Runs `work` on the io thread and waits for it.
    void on_io_thread(std::function<void(hub::server&)> work);
    hub::server_statistics statistics();
    // Looks again and again, on the io thread, until it holds; throws after a while.
    void wait_for(std::function<bool(const hub::server_statistics&)> condition);

    std::future<void> stop(duration deadline);

    static constexpr std::size_t large_bytes = 8 * 1024 * 1024;

  private:
    dispatch::asio::io_context io_{1};
    manual_clock clock_;
    std::shared_ptr<gated_handler> gate_;
    dispatch::task_group tasks_;
    std::unique_ptr<hub::server> server_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopped_ = false;
    std::thread thread_;
};

}  // namespace lockhub::test
