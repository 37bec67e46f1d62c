#include <algorithm>
#include <array>
#include <cctype>

#include "hub/config/document.hpp"

namespace lockhub::hub {

std::string place::text() const {
    return line == 0 ? source : source + ":" + std::to_string(line);
}

const setting* setting::find(std::string_view name) const {
    const auto at_name = std::ranges::find(members, name, &named_setting::name);
    return at_name == members.end() ? nullptr : &at_name->value;
}

setting* setting::find(std::string_view name) {
    return const_cast<setting*>(static_cast<const setting*>(this)->find(name));
}

setting empty_table(place at) {
    setting table;
    table.type = setting::kind::table;
    table.at = std::move(at);
    return table;
}

std::string_view describe(setting::kind type) {
    switch (type) {
        case setting::kind::text:
            return "a text";
        case setting::kind::integer:
            return "a whole number";
        case setting::kind::boolean:
            return "true or false";
        case setting::kind::list:
            return "a list";
        case setting::kind::table:
            return "a section";
        case setting::kind::other:
            return "a date or a number with a fraction";
    }
    return "something else";
}

void override_from_environment(setting& document, const environment& variables) {
    constexpr std::string_view prefix = "LOCKHUB_";
    constexpr std::array<std::string_view, 7> sections{"server",   "storage", "operator", "log",
                                                       "dispatch", "lockapi", "reconcile"};
    for (const auto& [name, value] : variables) {
        if (!name.starts_with(prefix)) continue;
        std::string lower = name.substr(prefix.size());
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (const auto section_name : sections) {
            if (!lower.starts_with(section_name) || lower.size() < section_name.size() + 2) continue;
            if (lower[section_name.size()] != '_') continue;
            const std::string key = lower.substr(section_name.size() + 1);
            setting* section = document.find(section_name);
            if (section == nullptr) {
                document.members.push_back({std::string(section_name), empty_table({})});
                section = &document.members.back().value;
            }
            setting given;
            given.type = setting::kind::text;
            given.text = value;
            given.at = {name, 0};
            given.from_environment = true;
            if (setting* written = section->find(key)) {
                *written = std::move(given);
            } else {
                section->members.push_back({key, std::move(given)});
            }
        }
    }
}

}  // namespace lockhub::hub
