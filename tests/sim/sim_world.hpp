#pragma once
// A hotel with its guests, lock clouds, PMS and hub, living through faults and crashes from one seed; and the laws it
// must keep whatever happens.
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/sim/sim_desk.hpp"
#include "tests/sim/sim_hub.hpp"
#include "tests/sim/sim_network.hpp"
#include "tests/sim/sim_room.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

namespace lockhub::sim {

// How the time of a life passes: mostly from one thing to the next, now and then a quiet while.
struct sim_pace {
    duration usual{};
    duration quiet{};
    double quiet_share = 0;
    std::size_t steps = 0;
};
inline constexpr sim_pace busy_hour{std::chrono::seconds(3), std::chrono::minutes(2), 0.1, 150};
inline constexpr sim_pace whole_week{std::chrono::seconds(20), std::chrono::hours(5), 0.25, 270};

class sim_world {
  public:
    sim_world(std::uint64_t seed, sim_pace pace);
    ~sim_world();

    // One random thing happens, then some time passes.
    void step();
    // All faults end and time passes until nothing waits any more, for a week at most.
    void settle();
    // Throws std::runtime_error naming the law that is broken. `settled`: also what holds only when nothing waits.
    void check_laws(bool settled);

    // Copies the database as it is now, to be looked at.
    void keep(const std::filesystem::path& target) const;

    bool over() const { return steps_ >= pace_.steps; }
    duration age() const { return time_.now() - born_; }
    std::uint64_t crashes() const { return crashes_; }
    std::uint64_t promised() const { return desk_.promised().size(); }
    std::uint64_t pushes_acknowledged() const { return network_.acknowledged().size(); }

  private:
    void import_directory();
    void start_hub(std::filesystem::path database);
    void crash();
    // One call of the store, driven to its end.
    template <class T>
    void stored(std::move_only_function<void(storage::completion<T>)> call);
    void something_at_a_door();
    void something_at_dingding(const sim_room& room);
    void somebody_changes_passwords_at(const sim_room& room);
    void something_at_yeeuu(const sim_room& room);
    void turn_a_knob();
    void end_all_trouble();
    void an_operator_retries_the_dead();
    void an_operator_resumes_repairs();
    void an_operator_decides();
    void check_actions(bool settled);
    void check_doors(bool settled);
    void check_last_pins();
    void check_openings();
    void check_remote_openings();
    void check_rights();
    void check_differences();
    bool has_pin(const sim_room& room, const promise& given);
    std::size_t pick(std::size_t below);
    bool chance(double p);
    const sim_room& any_room();

    dispatch::asio::io_context io_{1};
    test::virtual_time time_{io_};
    simulators::random_source random_;
    test::seeded_entropy entropy_;
    test::temporary_folder folder_;
    simulators::dingding_cloud cloud_;
    simulators::gateway_box gateway_;
    simulators::yeeuu_cloud yeeuu_;
    simulators::pms_system pms_;
    sim_network network_;
    sim_desk desk_;
    hub::config settings_;
    std::vector<sim_room> rooms_;
    std::multiset<std::string> deleted_at_doors_;  // names of passwords
    std::filesystem::path database_;
    std::unique_ptr<sim_hub> hub_;
    sim_pace pace_;
    time_point born_;
    std::size_t steps_ = 0;
    std::uint64_t crashes_ = 0;
    std::uint64_t runs_ = 0;
};

template <class T>
void sim_world::stored(std::move_only_function<void(storage::completion<T>)> call) {
    bool done = false;
    call([&done](const result<T>& outcome) {
        if (!outcome) throw std::runtime_error(outcome.error().message);
        done = true;
    });
    if (!time_.run_until([&done] { return done; }, std::chrono::minutes(1)))
        throw std::runtime_error("the store did not answer");
}

}  // namespace lockhub::sim
