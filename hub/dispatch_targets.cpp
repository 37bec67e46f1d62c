#include "hub/dispatch_targets.hpp"

namespace lockhub::hub {

std::vector<dispatch::delivery_target> delivery_targets(const config& settings) {
    std::vector<dispatch::delivery_target> targets;
    for (const auto& section : settings.pms) {
        dispatch::delivery_target target;
        target.pms = pms_id(section.id);
        target.enabled = section.enabled;
        target.key = section.key;
        target.sign = section.sign_callbacks;
        target.private_addresses = section.private_addresses;
        target.url(delivery_kind::password_result) = section.password_url;
        target.url(delivery_kind::make_card_result) = section.make_card_url;
        target.url(delivery_kind::query_card_result) = section.query_card_url;
        target.url(delivery_kind::return_card_result) = section.return_card_url;
        target.url(delivery_kind::event) = section.event_url;
        targets.push_back(std::move(target));
    }
    return targets;
}

}  // namespace lockhub::hub
