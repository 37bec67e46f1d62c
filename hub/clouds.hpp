#pragma once
// The registry of lock clouds: every section of the configuration that names an account, turned into its codec.
// A new lock cloud adds one line here.
#include <memory>
#include <vector>

#include "hub/config/config.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "schemas/wire/cidr.hpp"

namespace lockhub::hub {

struct configured_cloud {
    std::shared_ptr<const lock_cloud> codec;
    bool private_addresses = false;
    call_rates_config rates{};
    duration log_poll_every{};     // of a cloud that pushes no openings; 0: never
    wire::cidr_list allow_from{};  // empty: anyone may push
};

// Throws std::invalid_argument for what load_config would have refused.
std::vector<configured_cloud> make_clouds(const config& settings);

}  // namespace lockhub::hub
