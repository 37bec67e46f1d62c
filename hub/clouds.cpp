#include "hub/clouds.hpp"

#include <stdexcept>

namespace lockhub::hub {

std::vector<configured_cloud> make_clouds(const config& settings) {
    std::vector<configured_cloud> clouds;
    for (const auto& section : settings.dingding) {
        auto allow_from = wire::cidr_list::parse(section.allow_from);
        if (!allow_from) {
            throw std::invalid_argument(section.location + ": allow_from: " + allow_from.error().message);
        }
        clouds.push_back({.codec = dingding::make_cloud(section.account),
                          .private_addresses = section.private_addresses,
                          .rates = section.rates,
                          .allow_from = std::move(*allow_from)});
    }
    for (const auto& section : settings.gateway) {
        clouds.push_back({.codec = gateway::make_cloud(section.account),
                          .private_addresses = section.private_addresses,
                          .rates = section.rates});
    }
    for (const auto& section : settings.yeeuu) {
        clouds.push_back({.codec = yeeuu::make_cloud(section.account),
                          .private_addresses = section.private_addresses,
                          .rates = section.rates,
                          .log_poll_every = section.log_poll_every});
    }
    return clouds;
}

}  // namespace lockhub::hub
