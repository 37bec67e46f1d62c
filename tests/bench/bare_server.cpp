// lockhub-bare: the hub's HTTP server with a handler that parses nothing and stores nothing. What lockhub's own figures
// are compared with.
#include <fmt/format.h>

#include <boost/asio/signal_set.hpp>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string_view>

#include "dispatch/net/task_group.hpp"
#include "hub/http/router.hpp"
#include "hub/http/server.hpp"
#include "hub/system_clock.hpp"

namespace {

namespace asio = boost::asio;
using namespace lockhub;

class fixed_answer final : public hub::handler {
  public:
    dispatch::task<void> handle(const hub::request&, hub::response& out) override {
        out.body = R"({"ErrNo":0,"ErrMsg":"success","count":0})";
        co_return;
    }
};

dispatch::task<void> stop(hub::server& running) {
    co_await running.stop(std::chrono::seconds(1));
}

void run(std::uint16_t port) {
    asio::io_context io(1);
    const hub::system_clock time;
    std::vector<hub::route> routes;
    routes.push_back({.path = "/*",
                      .methods = {"POST", "GET"},
                      .body_limit = limits::push_body_bytes,
                      .target = std::make_shared<fixed_answer>()});
    auto server = hub::start_server(io, time, {.port = port, .max_connections_per_address = limits::connections},
                                    std::make_shared<const hub::router>(std::move(routes)));
    dispatch::task_group tasks(io.get_executor(), {});
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& ec, int) {
        if (!ec) tasks.spawn("stop", stop(*server));
    });
    fmt::print("listening on 127.0.0.1:{}\n", server->port());
    std::fflush(stdout);
    io.run();
}

}  // namespace

int main(int count, char** arguments) {
    std::uint16_t port = 0;
    const std::string_view text = count == 2 ? arguments[1] : "";
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (count != 2 || ec != std::errc() || end != text.data() + text.size()) {
        fmt::print(stderr, "usage: lockhub-bare PORT   (0: any free port, printed)\n");
        return 2;
    }
    try {
        run(port);
        return 0;
    } catch (const std::exception& failure) {
        fmt::print(stderr, "lockhub-bare: {}\n", failure.what());
        return 1;
    }
}
