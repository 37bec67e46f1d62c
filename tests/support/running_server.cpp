#include "tests/support/running_server.hpp"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <chrono>
#include <stdexcept>

namespace lockhub::test {
namespace {

constexpr auto patience = std::chrono::seconds(20);

void await(std::future<void> done, const char* what) {
    if (done.wait_for(patience) != std::future_status::ready) throw std::runtime_error(what);
    done.get();
}

dispatch::task<void> stop_server(hub::server& server, duration deadline, std::shared_ptr<std::promise<void>> done) {
    co_await server.stop(deadline);
    done->set_value();
}

std::shared_ptr<const hub::router> routes_with(std::shared_ptr<hub::handler> gate) {
    const auto echo = std::make_shared<echo_handler>();
    std::vector<hub::route> routes;
    routes.push_back({.path = "/echo", .methods = {"POST"}, .body_limit = 1000, .target = echo});
    routes.push_back({.path = "/get", .methods = {"GET"}, .target = echo});
    routes.push_back(
        {.path = "/throw", .methods = {"POST"}, .body_limit = 1000, .target = std::make_shared<throwing_handler>()});
    routes.push_back({.path = "/gate", .methods = {"POST"}, .body_limit = 1000, .target = std::move(gate)});
    routes.push_back(
        {.path = "/large", .methods = {"GET"}, .target = std::make_shared<large_handler>(running_server::large_bytes)});
    routes.push_back({.path = "/in/push",
                      .methods = {"POST"},
                      .body_limit = limits::push_body_bytes,
                      .target = echo,
                      .not_allowed_body = R"({"ErrNo":14001,"ErrMsg":"POST only"})"});
    routes.push_back({.path = "/any/*", .methods = {"POST"}, .body_limit = 10, .target = echo, .needs_length = false});
    return std::make_shared<const hub::router>(std::move(routes));
}

}  // namespace

dispatch::task<void> echo_handler::handle(const hub::request& in, hub::response& out) {
    out.content_type = "text/plain";
    out.body = fmt::format("{} {} path={} query={} type={} authorization={} from={} body={}", in.method, in.target,
                           in.path, in.query, in.content_type, in.authorization, in.client_address, in.body);
    co_return;
}

dispatch::task<void> throwing_handler::handle(const hub::request&, hub::response& out) {
    out.body = "half an answer";
    throw std::runtime_error("made up for the test");
    co_return;
}

dispatch::task<void> large_handler::handle(const hub::request&, hub::response& out) {
    out.body.assign(bytes_, 'x');
    co_return;
}

dispatch::task<void> gated_handler::handle(const hub::request& in, hub::response& out) {
    entered_.set_value();
    co_await gate_.wait();
    out.body = fmt::format("let through: {}", in.body);
}

void gated_handler::wait_until_entered() {
    await(entered_.get_future(), "no request reached the gate");
    entered_ = {};
}

void gated_handler::let_through() {
    dispatch::asio::post(io_, [this] { gate_.set(); });
}

running_server::running_server(hub::server_options options)
    : gate_(std::make_shared<gated_handler>(io_)),
      tasks_(io_.get_executor(), [](const std::string&, const std::string&) {}) {
    server_ = hub::start_server(io_, clock_, std::move(options), routes_with(gate_));
    port_ = server_->port();
    thread_ = std::thread([this] { io_.run(); });
}

running_server::~running_server() {
    gate_->let_through();
    if (!stopped_) stop(duration(0)).wait();
    thread_.join();
}

void running_server::on_io_thread(std::function<void(hub::server&)> work) {
    std::promise<void> done;
    auto finished = done.get_future();
    dispatch::asio::post(io_, [&] {
        work(*server_);
        done.set_value();
    });
    await(std::move(finished), "the io thread does not answer");
}

hub::server_statistics running_server::statistics() {
    hub::server_statistics now;
    on_io_thread([&](hub::server& server) { now = server.statistics(); });
    return now;
}

void running_server::wait_for(std::function<bool(const hub::server_statistics&)> condition) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!condition(statistics()))
        if (std::chrono::steady_clock::now() > until)
            throw std::runtime_error("what the test waits for did not happen");
}

std::future<void> running_server::stop(duration deadline) {
    stopped_ = true;
    const auto done = std::make_shared<std::promise<void>>();
    auto finished = done->get_future();
    dispatch::asio::post(io_, [this, deadline, done] { tasks_.spawn("stop", stop_server(*server_, deadline, done)); });
    return finished;
}

}  // namespace lockhub::test
