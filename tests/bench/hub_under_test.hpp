#pragma once
// A folder with everything `lockhub serve` needs, made for one figure: configuration, directory, database.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/served_program.hpp"

namespace lockhub::bench {

// Room i stands in this hotel under this name.
std::string hotel_no(std::size_t room);
std::string room_id(std::size_t room);

// PMS systems named system-0, system-1, …: the names that seed_outbox() uses, too.
std::string pms_name(std::size_t number);

struct hub_setup {
    std::size_t rooms = 1000;  // each with a lock of push_bodies
    bool shared_out = false;   // room i belongs to system i modulo pms_systems; else all to system-0
    std::size_t pms_systems = 1;
    std::uint16_t sink_port = 0;  // where their callbacks go; 0: they take none
};

class hub_under_test {
  public:
    // Writes the files and imports the directory. `folder` is made. Throws std::runtime_error.
    hub_under_test(std::filesystem::path programs, std::filesystem::path folder, const hub_setup& setup);

    std::filesystem::path database() const { return folder_ / "lockhub.db"; }
    std::vector<std::string> serve_command() const;

  private:
    void import_directory(const hub_setup& setup) const;

    std::filesystem::path programs_;
    std::filesystem::path folder_;
};

// What the running service says of itself at /metrics.
struct hub_counters {
    double commits = 0;
    double units = 0;
    double syncs = 0;
    double delivered = 0;   // attempts that ended well
    double lockapi_ok = 0;  // lockapi calls answered with code 0
};
hub_counters read_counters(std::uint16_t port);  // throws when the service does not answer

}  // namespace lockhub::bench
