#include "hub/config/event_patterns.hpp"

#include <algorithm>

#include "schemas/domain/lock_event.hpp"

namespace lockhub::hub {

namespace {

bool names_event(std::string_view pattern, std::string_view event) {
    if (!pattern.ends_with('*')) return pattern == event;
    const auto head = pattern.substr(0, pattern.size() - 1);
    return (head.empty() || head.ends_with('.')) && event.starts_with(head);
}

}  // namespace

std::vector<std::string> event_names() {
    std::vector<std::string> names;
    for (std::size_t kind = 0; kind < event_kind_count; ++kind)
        names.emplace_back(to_string(static_cast<event_kind>(kind)));
    return names;
}

std::vector<std::string> default_events() {
    auto names = event_names();
    std::erase(names, std::string(to_string(event_kind::other)));
    return names;
}

bool is_event_pattern(std::string_view pattern) {
    return std::ranges::any_of(event_names(), [&](const std::string& event) { return names_event(pattern, event); });
}

std::uint32_t event_mask(std::span<const std::string> patterns) {
    const auto names = event_names();
    std::uint32_t mask = 0;
    for (std::size_t kind = 0; kind < names.size(); ++kind) {
        const bool wanted =
            std::ranges::any_of(patterns, [&](const auto& pattern) { return names_event(pattern, names[kind]); });
        if (wanted) mask |= std::uint32_t{1} << kind;
    }
    return mask;
}

}  // namespace lockhub::hub
