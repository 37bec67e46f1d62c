#pragma once
// The `events` of a [[pms]] section: unified names ("lock.opened"), all of one kind ("lock.*"), or all there are ("*").
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockhub::hub {

std::vector<std::string> event_names();     // every unified event
std::vector<std::string> default_events();  // all but vendor.other
bool is_event_pattern(std::string_view pattern);

// Bit 1 << event_kind for every event one of the patterns names; what storage::pms_policy wants.
std::uint32_t event_mask(std::span<const std::string> patterns);

}  // namespace lockhub::hub
