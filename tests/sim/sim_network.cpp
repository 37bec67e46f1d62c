#include "tests/sim/sim_network.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace lockhub::sim {
namespace {

std::string path_of(const std::string& url) {
    const auto host = url.find("://");
    const auto path = url.find('/', host + 3);
    return url.substr(path);
}

dispatch::transport_result failed(error_class why, bool maybe_sent) {
    return std::unexpected(dispatch::transport_error{why, "simulated network", maybe_sent});
}

}  // namespace

sim_network::sim_network(dispatch::asio::io_context& io, const clock& time, dispatch::waiter_factory& waiters,
                         simulators::random_source& random, sim_peers peers)
    : time_(time),
      waiters_(waiters),
      random_(random),
      peers_(peers),
      couriers_(io.get_executor(), [](const std::string& name, const std::string& what) {
          throw std::runtime_error(name + ": " + what);
      }) {}

simulators::answer sim_network::ask_peer(wire::http_request request) {
    const std::string url = std::exchange(request.url, path_of(request.url));
    if (url.starts_with("http://cloud.sim/")) return peers_.cloud.handle(request, time_.now(), random_);
    if (url.starts_with("http://gateway.sim/")) return peers_.gateway.handle(request, time_.now(), random_);
    if (url.starts_with("http://yeeuu.sim/")) return peers_.yeeuu.handle(request, time_.now(), random_);
    return peers_.pms.handle(request, time_.now(), random_);
}

task<dispatch::transport_result> sim_network::link::send(wire::http_request request,
                                                         dispatch::transport_options options) {
    if (cut_) {
        co_return failed(error_class::interrupted, false);
    }
    auto pause = network_.waiters_.make_waiter();
    under_way_.push_back(pause.get());
    const auto began = network_.time_.now();
    const auto travel = duration(std::uniform_int_distribution<int>(1, 40)(network_.random_));
    co_await pause->wait_until(began + travel);
    dispatch::transport_result outcome = failed(error_class::interrupted, true);
    if (!cut_) {
        auto answer = network_.ask_peer(request);
        network_.schedule(std::move(answer.pushes));
        if (!answer.response && std::bernoulli_distribution(0.5)(network_.random_)) {
            // A proxy in front of the peer: what was done stays done, the caller sees an error page.
            answer.response = wire::http_response{502, {}, "<html>502 Bad Gateway</html>"};
        }
        const auto back = answer.delay + travel;
        const bool late = back >= options.timeout;
        co_await pause->wait_until(network_.time_.now() + std::min(back, options.timeout));
        if (cut_) {
            outcome = failed(error_class::interrupted, true);
        } else if (late) {
            outcome = failed(error_class::timeout, true);
        } else if (!answer.response) {
            outcome = failed(error_class::connection_lost, true);
        } else {
            outcome = std::move(*answer.response);
        }
    }
    std::erase(under_way_, pause.get());
    co_return outcome;
}

void sim_network::link::cut() {
    cut_ = true;
    for (auto* pause : under_way_) {
        pause->wake();
    }
}

void sim_network::schedule(std::vector<simulators::scheduled_push> pushes) {
    for (auto& push : pushes) {
        couriers_.spawn("push", carry(std::move(push)));
    }
}

task<void> sim_network::carry(simulators::scheduled_push push) {
    auto pause = waiters_.make_waiter();
    co_await pause->wait_until(push.at);
    ++pushes_sent_;
    if (!door_) {
        co_return;
    }
    const auto answer = co_await door_(path_of(push.registered_url), "application/json", push.body);
    if (answer.status == 200 && std::ranges::find(acknowledged_, push.body) == acknowledged_.end()) {
        acknowledged_.push_back(std::move(push.body));
    }
}

}  // namespace lockhub::sim
