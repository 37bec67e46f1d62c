#include "hub/policies.hpp"

#include "hub/config/event_patterns.hpp"

namespace lockhub::hub {
namespace {

std::uint32_t result_mask(const pms_config& section) {
    std::uint32_t mask = 0;
    const auto note = [&mask](delivery_kind kind, const std::string& url) {
        if (!url.empty()) mask |= 1U << static_cast<unsigned>(kind);
    };
    note(delivery_kind::password_result, section.password_url);
    note(delivery_kind::make_card_result, section.make_card_url);
    note(delivery_kind::query_card_result, section.query_card_url);
    note(delivery_kind::return_card_result, section.return_card_url);
    return mask;
}

}  // namespace

std::vector<storage::pms_policy> storage_policies(const config& settings) {
    std::vector<storage::pms_policy> policies;
    for (const auto& section : settings.pms) {
        policies.push_back({pms_id(section.id), section.enabled, result_mask(section),
                            section.event_url.empty() ? 0U : event_mask(section.events)});
    }
    return policies;
}

std::vector<storage::account_policy> storage_accounts(const std::vector<configured_cloud>& clouds) {
    std::vector<storage::account_policy> accounts;
    for (const auto& cloud : clouds)
        accounts.push_back({cloud.codec->account(), cloud.codec->traits(), cloud.rates.calls_per_gateway});
    return accounts;
}

}  // namespace lockhub::hub
