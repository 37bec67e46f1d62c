// lockhub-bare: the hub's HTTP server with a handler that parses nothing and stores nothing. What lockhub's own figures
// are compared with.
#include <fmt/format.h>

#include <boost/asio/signal_set.hpp>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dispatch/net/asio_waiter.hpp"
#include "dispatch/net/task_group.hpp"
#include "hub/http/router.hpp"
#include "hub/http/server.hpp"
#include "hub/system/system_clock.hpp"

namespace {

namespace asio = boost::asio;
using namespace lockhub;

struct arguments {
    std::uint16_t port = 0;
    std::string answer = R"({"ErrNo":0,"ErrMsg":"success","count":0})";
    std::chrono::milliseconds slow{};
};

class fixed_answer final : public hub::handler {
  public:
    explicit fixed_answer(std::string answer) : answer_(std::move(answer)) {}

    dispatch::task<void> handle(const hub::request&, hub::response& out) override {
        out.body = answer_;
        co_return;
    }

  private:
    std::string answer_;
};

class slow_answer final : public hub::handler {
  public:
    slow_answer(dispatch::executor where, const lockhub::clock& time, const arguments& given)
        : time_(time), waiters_(where, time), answer_(given.answer), slow_(given.slow) {}

    dispatch::task<void> handle(const hub::request&, hub::response& out) override {
        const auto waiter = waiters_.make_waiter();
        co_await waiter->wait_until(time_.now() + slow_);
        out.body = answer_;
    }

  private:
    const lockhub::clock& time_;
    dispatch::asio_waiters waiters_;
    std::string answer_;
    duration slow_;
};

hub::route post_route(std::string path, std::shared_ptr<hub::handler> target) {
    hub::route out;
    out.path = std::move(path);
    out.methods = {"POST", "GET"};
    out.body_limit = limits::push_body_bytes;
    out.target = std::move(target);
    return out;
}

dispatch::task<void> stop(hub::server& running) {
    co_await running.stop(std::chrono::seconds(1));
}

void run(const arguments& given) {
    asio::io_context io(1);
    const hub::system_clock time;
    std::vector<hub::route> routes;
    routes.push_back(post_route("/*", std::make_shared<fixed_answer>(given.answer)));
    routes.push_back(post_route("/slow/*", std::make_shared<slow_answer>(io.get_executor(), time, given)));
    hub::server_options options;
    options.port = given.port;
    options.max_connections_per_address = limits::connections;
    auto server =
        hub::start_server(io, time, std::move(options), std::make_shared<const hub::router>(std::move(routes)));
    dispatch::task_group tasks(io.get_executor(), {});
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& ec, int) {
        if (!ec) tasks.spawn("stop", stop(*server));
    });
    fmt::print("listening on 127.0.0.1:{}\n", server->port());
    std::fflush(stdout);
    io.run();
}

template <class Number>
bool parse(std::string_view text, Number& into) {
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), into);
    return ec == std::errc() && end == text.data() + text.size();
}

std::optional<arguments> read_arguments(int count, char** values) {
    arguments out;
    std::int64_t slow_ms = 0;
    const bool good = count >= 2 && count <= 4 && parse(values[1], out.port) &&
                      (count < 4 || (parse(values[3], slow_ms) && slow_ms >= 0));
    if (!good) return std::nullopt;
    if (count > 2) out.answer = values[2];
    out.slow = std::chrono::milliseconds(slow_ms);
    return out;
}

}  // namespace

int main(int count, char** values) {
    const auto given = read_arguments(count, values);
    if (!given) {
        fmt::print(stderr,
                   "usage: lockhub-bare PORT [ANSWER [SLOW_MS]]\n"
                   "  PORT 0: any free port, printed; below /slow/ the answer comes after SLOW_MS\n");
        return 2;
    }
    try {
        run(*given);
        return 0;
    } catch (const std::exception& failure) {
        fmt::print(stderr, "lockhub-bare: {}\n", failure.what());
        return 1;
    }
}
