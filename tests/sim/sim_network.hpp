#pragma once
// The network of a simulated world: the hub's calls reach the simulated lock clouds and PMS in memory, and what those
// push reaches whichever hub runs at that moment. One thread, virtual time, one random source.
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "dispatch/net/task_group.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/net/waiter.hpp"
#include "schemas/core/clock.hpp"
#include "tests/simulators/answer.hpp"
#include "tests/simulators/dingding_cloud.hpp"
#include "tests/simulators/gateway_box.hpp"
#include "tests/simulators/pms_system.hpp"
#include "tests/simulators/yeeuu_cloud.hpp"

namespace lockhub::sim {

using dispatch::task;

// What came back from the hub; status 0: nobody was there, or it went down before answering.
struct hub_answer {
    int status = 0;
    std::string body;
};
// One request to the hub that runs now.
using hub_door = std::function<task<hub_answer>(std::string path, std::string content_type, std::string body)>;

// http://cloud.sim, http://gateway.sim, http://yeeuu.sim, and everything else: the PMS.
struct sim_peers {
    simulators::dingding_cloud& cloud;
    simulators::gateway_box& gateway;
    simulators::yeeuu_cloud& yeeuu;
    simulators::pms_system& pms;
};

class sim_network {
  public:
    sim_network(dispatch::asio::io_context& io, const clock& time, dispatch::waiter_factory& waiters,
                simulators::random_source& random, sim_peers peers);

    // The hub's way out. A cut link ends calls under way and refuses new ones, as when the process is gone.
    class link : public dispatch::transport {
      public:
        explicit link(sim_network& network) : network_(network) {}
        task<dispatch::transport_result> send(wire::http_request request, dispatch::transport_options options) override;
        void cut();

      private:
        sim_network& network_;
        std::vector<dispatch::waiter*> under_way_;
        bool cut_ = false;
    };

    void set_door(hub_door door) { door_ = std::move(door); }  // empty: no hub runs
    hub_door& door() { return door_; }

    // Sends them when their time comes.
    void schedule(std::vector<simulators::scheduled_push> pushes);

    // Bodies of pushes the hub answered with 200, each once.
    const std::vector<std::string>& acknowledged() const { return acknowledged_; }
    std::uint64_t pushes_sent() const { return pushes_sent_; }

  private:
    task<void> carry(simulators::scheduled_push push);
    simulators::answer ask_peer(wire::http_request request);  // they see the path, as servers do

    const clock& time_;
    dispatch::waiter_factory& waiters_;
    simulators::random_source& random_;
    sim_peers peers_;
    dispatch::task_group couriers_;
    hub_door door_;
    std::vector<std::string> acknowledged_;
    std::uint64_t pushes_sent_ = 0;
};

}  // namespace lockhub::sim
