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

std::vector<directory_pms> directory_systems(const config& settings) {
    std::vector<directory_pms> systems;
    for (const auto& section : settings.pms) {
        directory_pms one;
        one.source.pms = pms_id(section.id);
        one.source.key = section.key;
        one.source.private_addresses = section.private_addresses;
        one.source.hotels_url = section.hotels_url;
        one.source.room_types_url = section.room_types_url;
        one.source.rooms_url = section.rooms_url;
        one.enabled = section.enabled;
        one.every = section.directory_sync_every;
        systems.push_back(std::move(one));
    }
    return systems;
}

}  // namespace lockhub::hub
