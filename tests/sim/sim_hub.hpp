#pragma once
// One run of the hub in a simulated world: the real engine, store and routes, without sockets, threads and a clock of
// their own. A crash leaves the files as they are on disk at that moment and nothing else.
#include <filesystem>
#include <memory>
#include <string>

#include "hub/engine.hpp"
#include "hub/lockapi/lockapi_reads.hpp"
#include "storage/sqlite/open.hpp"
#include "tests/sim/sim_network.hpp"
#include "tests/support/virtual_time.hpp"

namespace lockhub::sim {

class sim_hub {
  public:
    sim_hub(dispatch::asio::io_context& io, test::virtual_time& time, entropy& random, sim_network& network,
            std::filesystem::path database, const hub::config& settings, std::string owner);
    ~sim_hub();  // after stop()

    // Recovers and begins; drives virtual time until that is done.
    void start();
    // Commits one group if there is one: the step virtual time takes when nothing else can run.
    bool commit() { return store_->run_group(); }

    // The world forgets this hub: its calls end, its answers reach nobody. Whoever waits for it gets no answer.
    void cut_off();
    // Ends what runs and closes the store. Drives virtual time.
    void stop();

    storage::store& store() { return *store_; }
    task<hub_answer> request(std::string path, std::string content_type, std::string body);

  private:
    test::virtual_time& time_;
    sim_network::link link_;
    std::unique_ptr<storage::inline_store> store_;
    std::unique_ptr<storage::reader> reader_;
    hub::direct_reads reads_;
    hub::metrics counted_{"sim"};
    dispatch::task_group tasks_;
    std::unique_ptr<hub::engine> engine_;
    std::unique_ptr<hub::router> routes_;
    bool cut_ = false;
};

}  // namespace lockhub::sim
