#include "tests/simulators/program/simulation.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdio>

namespace lockhub::simulators {

namespace asio = dispatch::asio;

namespace {

void report_failure(const std::string& name, const std::string& what) {
    fmt::print(stderr, "lockhub-sim: {} ended by an exception: {}\n", name, what);
}

}  // namespace

simulation::simulation(std::uint64_t seed)
    : random_(seed),
      waiters_(io_.get_executor(), time_),
      waits_(waiters_),
      group_(io_.get_executor(), report_failure),
      client_(dispatch::make_client(io_, time_, {.user_agent = "lockhub-sim", .ca_file = {}, .on_failure = {}})) {}

simulation::~simulation() = default;

cloud_server& simulation::add_cloud(dingding_registration registration, std::uint16_t port) {
    const cloud_server::parts parts{io_, group_, time_, waits_, *client_, random_};
    clouds_.push_back(std::make_unique<cloud_server>(parts, std::move(registration), port));
    return *clouds_.back();
}

gateway_server& simulation::add_gateway(gateway_registration registration, std::uint16_t port) {
    const gateway_server::parts parts{io_, group_, time_, waits_, random_};
    gateways_.push_back(std::make_unique<gateway_server>(parts, std::move(registration), port));
    return *gateways_.back();
}

yeeuu_server& simulation::add_yeeuu(yeeuu_registration registration, std::uint16_t port) {
    const yeeuu_server::parts parts{io_, group_, time_, waits_, random_};
    yeeuus_.push_back(std::make_unique<yeeuu_server>(parts, std::move(registration), port));
    return *yeeuus_.back();
}

pms_server& simulation::add_pms(pms_registration registration, std::uint16_t port) {
    const pms_server::parts parts{io_, group_, time_, waits_, random_};
    systems_.push_back(std::make_unique<pms_server>(parts, std::move(registration), port));
    return *systems_.back();
}

void simulation::run(std::function<task<void>()> farewell) {
    std::exception_ptr failure;
    asio::co_spawn(io_, live(std::move(farewell)), [&](const std::exception_ptr& ended) { failure = ended; });
    io_.run();
    if (failure) std::rethrow_exception(failure);
}

void simulation::end() {
    ended_ = true;
    if (end_) end_();
}

task<void> simulation::live(std::function<task<void>()> farewell) {
    asio::basic_signal_set<dispatch::executor> signals(io_.get_executor(), SIGINT, SIGTERM);
    end_ = [&signals] { signals.cancel(); };
    if (!ended_) {
        co_await signals.async_wait(asio::as_tuple(asio::use_awaitable_t<dispatch::executor>{}));
    }
    end_ = {};
    waits_.stop();
    if (farewell) {
        co_await farewell();
    }
    for (const auto& cloud : clouds_) cloud->stop();
    for (const auto& gateway : gateways_) gateway->stop();
    for (const auto& yeeuu : yeeuus_) yeeuu->stop();
    for (const auto& system : systems_) system->stop();
    co_await client_->stop();
    co_await group_.join();
}

}  // namespace lockhub::simulators
