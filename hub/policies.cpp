#include "hub/policies.hpp"

#include "hub/config/event_patterns.hpp"

namespace lockhub::hub {

std::vector<storage::pms_policy> storage_policies(const config& settings) {
    std::vector<storage::pms_policy> policies;
    for (const auto& section : settings.pms) {
        policies.push_back({pms_id(section.id), section.enabled, !section.password_url.empty(),
                            section.event_url.empty() ? 0U : event_mask(section.events)});
    }
    return policies;
}

}  // namespace lockhub::hub
