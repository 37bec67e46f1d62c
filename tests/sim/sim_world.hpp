#pragma once
// A hotel with its guests, lock cloud, PMS and hub, living through faults and crashes from one seed; and the laws it
// must keep whatever happens.
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/sim/sim_hub.hpp"
#include "tests/sim/sim_network.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

namespace lockhub::sim {

class sim_world {
  public:
    explicit sim_world(std::uint64_t seed);
    ~sim_world();

    // One random thing happens, then some time passes.
    void step();
    // All faults end and time passes until nothing waits any more, for a week at most.
    void settle();
    // Throws std::runtime_error naming the law that is broken. `settled`: also what holds only when nothing waits.
    void check_laws(bool settled);

    std::uint64_t crashes() const { return crashes_; }
    std::uint64_t promised() const { return promised_.size(); }
    std::uint64_t pushes_acknowledged() const { return network_.acknowledged().size(); }

  private:
    void import_directory();
    void start_hub(std::filesystem::path database);
    void crash();
    void check_in();
    task<void> call_enable(std::string body);
    void something_at_a_door();
    void turn_a_knob();
    std::size_t pick(std::size_t below);
    bool chance(double p);
    const std::string& any_lock();

    dispatch::asio::io_context io_{1};
    test::virtual_time time_{io_};
    simulators::random_source random_;
    test::seeded_entropy entropy_;
    test::temporary_folder folder_;
    simulators::dingding_cloud cloud_;
    simulators::pms_system pms_;
    sim_network network_;
    dispatch::task_group guests_;
    hub::config settings_;
    std::vector<std::string> locks_;
    std::filesystem::path database_;
    std::unique_ptr<sim_hub> hub_;
    std::vector<std::string> promised_;  // actionIds the PMS was told of, with a callback promised
    std::uint64_t crashes_ = 0;
    std::uint64_t runs_ = 0;
    std::uint64_t guests_seen_ = 0;
};

}  // namespace lockhub::sim
