#pragma once
// The files of the demo: a configuration and a directory, written once and then the user's own.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lockhub::simulators {

struct demo_ports {
    std::uint16_t hub = 8080;
    std::uint16_t cloud = 9101;
    std::uint16_t pms = 9201;
    std::uint16_t gateway = 19952;  // 0: a configuration without cards

    bool operator==(const demo_ports&) const = default;
};

struct demo_room {
    std::string room_id;
    std::string room_no;
    std::string lock_uuid;
    std::string rm_id;  // at the gateway
};

inline constexpr const char* demo_hotel = "H10086";
inline constexpr const char* demo_reader = "d0000000";
inline constexpr const char* demo_gateway = "gw-front";
inline constexpr const char* demo_home = "6500aa11bb22cc33dd44ee55";

const std::vector<demo_room>& demo_rooms();
std::string demo_config_text(const std::filesystem::path& directory, const demo_ports& ports);
std::string demo_directory_text();

// A port nobody listens on: `wanted`, or any other one.
std::uint16_t free_port(std::uint16_t wanted);

// Mode 0600: the configuration holds secrets, the cloud's memory PINs. Throws std::runtime_error.
void write_private(const std::filesystem::path& file, const std::string& text);
// True when it wrote, false when the file was there.
bool write_if_missing(const std::filesystem::path& file, const std::string& text);

}  // namespace lockhub::simulators
